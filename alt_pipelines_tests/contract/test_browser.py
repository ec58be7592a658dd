"""The reader's pages in a real browser: headless Chromium renders them in light and dark, wide and narrow."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from alt_pipelines_tests.contract.bodies import JOB_ID
from alt_pipelines_tests.contract.conftest import running_server
from alt_pipelines_tests.contract.test_pages import finished_run
from alt_pipelines_tests.contract.test_tags import tag_article

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: apt-get install chromium")

FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars")


@pytest.fixture(scope="module")
def site(postgres: Path, alt_database_url: object, recap_database_url: object, tmp_path_factory: Any) -> Iterator[str]:
    with running_server(postgres.parent, tmp_path_factory.mktemp("browser") / "log") as (url, _process):
        yield url


def chromium(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", "--enable-logging=stderr", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)


def test_a_browser_renders_every_page_without_an_error_or_a_request_elsewhere(
    site: str, recap_engine: Engine, tmp_path: Path
) -> None:
    finished_run(recap_engine)
    for path in ("/", "/recaps", f"/recaps/{JOB_ID}", f"/recaps/{JOB_ID}/tech"):
        done = chromium(tmp_path, "--virtual-time-budget=3000", "--dump-dom", f"{site}{path}")
        assert "<h1>" in done.stdout
        problems = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
        assert problems == [], "the content security policy refuses nothing of our own, and nothing fails"


def test_the_latest_tags_arrive_by_themselves(site: str, alt_engine: Engine, tmp_path: Path) -> None:
    tag_article(alt_engine, "8b6f68c1-3c20-4c2c-b6b1-648a6f5104cd", [("export rules", 0.9)])
    done = chromium(tmp_path, "--virtual-time-budget=12000", "--dump-dom", f"{site}/")
    assert re.search(r'id="latest"[^>]*>\s*<ul class="articles">', done.stdout)


@pytest.mark.parametrize(("width", "dark"), [(500, False), (500, True), (1200, False)])
def test_a_page_is_drawn_in_its_colours_and_is_no_wider_than_the_window(
    site: str, recap_engine: Engine, tmp_path: Path, width: int, dark: bool
) -> None:
    import matplotlib.image

    finished_run(recap_engine)
    picture = tmp_path / "page.png"
    scheme = ("--blink-settings=preferredColorScheme=0",) if dark else ()
    address = f"{site}/recaps/{JOB_ID}/tech"
    chromium(tmp_path, f"--window-size={width},1600", *scheme, f"--screenshot={picture}", address)
    pixels = matplotlib.image.imread(picture)[:, :, :3]
    assert bool(pixels[-1, 2].mean() < 0.3) == dark, "the paper"
    assert (abs(pixels - pixels[-1, 2]).max(axis=2) > 0.2).mean() > 0.005, "there is ink"
    assert (abs(pixels[:, -4:] - pixels[-1, 2]).max(axis=2) > 0.2).mean() < 0.01, "nothing runs over the right edge"

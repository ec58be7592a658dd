"""Of two names of one thing, one is a tag."""

import pytest

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.tagging.extraction.same_thing import abbreviates

ONE_OF = [
    (
        {"国連食糧機関", "UFO"},
        "国連食糧機関が警告",
        "国連食糧機関(UFO)は干ばつで小麦が不足すると警告した。国連食糧機関は各国に備蓄を求めた。UFOの報告書は来月公表される。",
    ),
    (
        {"環境保全省", "環保省"},
        "環境保全省が調査 環保省は来月公表",
        "環境保全省は湖の水質を調べた。環境保全省の調査は十年ぶり。環保省は来月、結果を公表する。",
    ),
    (
        {"世界海洋组织", "WMO"},
        "世界海洋组织发布年度报告",
        "世界海洋组织（WMO）周一发布年度报告。WMO的专家说，海水温度再创新高。世界海洋组织呼吁各国减少排放。",
    ),
    (
        {"霧坂燈", "霧坂"},
        "青田文学賞に霧坂燈さん",
        "青田文学賞は霧坂燈さん(31)の小説に決まった。霧坂さんは図書館司書で、霧坂さんの小説は灯台守を描く。",
    ),
    (
        {"エリン・ハルト", "エリン"},
        "映画「エリン・ハルト」公開",
        "エリン・ハルトの生涯を描く映画が公開された。エリンは港町で育った。エリン・ハルトは医師だった。",
    ),
    (
        {"한국해양연구원", "KMRI"},
        "한국해양연구원, 수중 로봇 공개",
        "한국해양연구원(KMRI)이 수중 로봇을 공개했다. KMRI는 로봇이 6천 미터까지 내려간다고 밝혔다.",
    ),
]


@pytest.fixture(scope="module")
def extractor() -> TagExtractor:
    return TagExtractor(TaggingSettings(refine_budget=0.0), None, fallback=False)


@pytest.mark.parametrize(("names", "title", "text"), ONE_OF, ids=lambda value: "/".join(sorted(value))[:20])
def test_two_names_of_one_thing_are_one_tag(extractor: TagExtractor, names: set[str], title: str, text: str) -> None:
    tags = {tag.tag for tag in extractor.extract([RawArticle("1", title, text)])[0].tags}
    assert len(tags & names) == 1


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("経産省", ("経済", "産業", "省"), True),
        ("日銀", ("日本", "銀行"), True),
        ("欧州委", ("欧州", "委員", "会"), True),
        ("世锦赛", ("世界", "锦标赛"), True),
        ("環境", ("環境", "保全", "省"), False),
        ("北海大学", ("北海", "科技", "大学"), False),
        ("日本人", ("日本", "代表"), False),
    ],
)
def test_an_abbreviation_takes_the_beginnings_of_words(short: str, long: tuple[str, ...], expected: bool) -> None:
    assert abbreviates(_candidate((short,)), _candidate(long)) is expected


def _candidate(stems: tuple[str, ...]) -> Candidate:
    return Candidate(stems, "".join(stems), (0.0,) * 11)

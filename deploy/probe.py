"""`python -m deploy.probe URL`: exit with 0 if the URL answers 200. Health checks use it, so images need no curl."""

import sys
import urllib.error
import urllib.request

_SECONDS = 5


def main(url: str) -> int:
    """Request the URL once and return the exit code: 0 for status 200, 2 for a URL that is not HTTP, else 1."""
    if not url.startswith(("http://", "https://")):
        return 2
    try:
        with urllib.request.urlopen(url, timeout=_SECONDS) as answer:  # noqa: S310 - http only, see above
            return 0 if answer.status == 200 else 1
    except (urllib.error.URLError, OSError):
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

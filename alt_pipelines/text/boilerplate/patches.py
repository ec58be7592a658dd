r"""Removes what a patch in a mail or a commit has below its message: trailers, the summary of files, the difference.

    without_patch("Retry the read.\nSigned-off-by: Ruth Alder <ruth@alder.example>")  ->  "Retry the read.\n"

Each of these lines has a form that no sentence has. Out of scope: the message itself, and code in it (``code``).
"""

import re

_HANDS = (
    "signed-off|reviewed|acked|tested|reported|suggested|co-developed|co-authored|approved|requested|helped|mentored"
    "|debugged|reported-and-tested|reviewed-and-tested|acked-and-tested|analyzed|diagnosed|noticed|pointed-out"
    "|originally|inspired|improved|merged|submitted|committed|cherry-picked|assisted|generated|based-on-patch"
)
_TRAILER = re.compile(
    rf"^[ \t]*+(?:(?:{_HANDS})-by: [^\n]{{2,160}}"
    r"|(?:cc|to|bcc|from|in-reply-to|message-id): (?=[^\n]{0,160}\w@\w)[^\n]{2,160}"
    r"|(?:fixes|reverts|depends-on|cherry-picked from): (?:commit )?[0-9a-f]{7,40}\b[^\n]{0,160}"
    r"|(?:fixes|closes|resolves|refs|see-also|bug|buglink|link|change-id|base-commit|prerequisite-patch-id|issue):"
    r" ?(?:https?://\S{4,160}|(?:[\w./-]{0,60})#\d{1,7}|[A-Z][A-Z0-9]{1,9}-\d{1,6}|I?[0-9a-f]{20,64})"
    r")[ \t]*+$",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNS = ("-by: ", "ixes: ", "loses: ", "-Id: ", "Link: ")
_DIFFERENCE = re.compile(
    r"^(?:diff --git [^\n]{1,300}|index [0-9a-f]{7,40}\.\.[0-9a-f]{7,40}\b[^\n]{0,20}"
    r"|(?:---|\+\+\+) (?:[ab]/\S{1,200}|/dev/null)[^\n]{0,40}"
    r"|@@ -\d{1,7}(?:,\d{1,7})? \+\d{1,7}(?:,\d{1,7})? @@[^\n]{0,200}(?:\n[-+][^\n]*+)*+"
    r"|(?:new|deleted) file mode \d{6}|(?:old|new) mode \d{6}|similarity index \d{1,3}%|rename (?:from|to) \S{1,200}"
    r"|[ \t]*+(?:create|delete) mode \d{6} \S{1,200}"
    r"|[ \t]*+[\w./{}=>+ -]{1,160}\.?\w++ \| +\d{1,6} [-+]{1,80}"
    r"|[ \t]*+\d{1,5} files? changed(?:, \d{1,7} insertions?\(\+\))?(?:, \d{1,7} deletions?\(-\))?)[ \t]*+$",
    re.MULTILINE,
)


def without_patch(text: str) -> str:
    """Remove trailers and differences from a text whose lines are still those of the source."""
    if any(map(text.__contains__, _SIGNS)):
        text = _TRAILER.sub("", text)
    if "@@ -" in text or " changed, " in text:
        text = _DIFFERENCE.sub("", text)
    return text

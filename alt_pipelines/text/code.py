"""Detection of code, commands and stack traces in text.

Every pattern is linear: it enters a run only at the start, consumes it once and never backtracks.
"""

import re

_PATTERNS = re.compile(
    r"Traceback \(most recent call last\)"
    r"|\bFile \"[^\"\n]{1,300}+\", line \d"
    r"|^\s*+at [\w$.<>]++\([\w$.]*+(?::\d++)?+\)"  # a frame of a Java or JavaScript stack
    r"|(?<![\w.])(?:\w++\.)++\w*?(?:Error|Exception)(?!\w)(?::|$)"
    r"|^\s*+(?:[$>#]|>>>|PS>)\s*+\w[ \w./-]*? -{1,2}\w"  # a shell command with options
    r"|^\s*+(?:(?:export |async |public |private |static )*+(?:def|function|class|void|const|let|var) \w++ ?[(={:])"
    r"|^\s*+(?:import [\w.{}*, ]+(?: from ['\"]|;|$)|from [\w.]++ import |#include\s*+<"
    r"|(?:using|package) [\w.]++;)"
    r"|=>\s*+[{(]|\)\s*+\{|\};|\$\(|</\w++>|&&\s*+\w++\("
)
_SQL = [re.compile(word) for word in (r"\bSELECT\b", r"\bFROM\b", r"\bWHERE\b|;")]
_MARKS = re.compile(r"[{}<>=;|\\_$#@*^~`\[\]]")
_STATEMENT_MARKS = re.compile(r"[{}<>=;\\_$]")
_MAX_MARKS = 0.08  # of the characters; prose stays under 0.02
_FEWEST_MARKS = 4

_PATH = re.compile(r"(?:~|\.{1,2})?/\S+")
_OPTION = re.compile(rf"-{{1,2}}[A-Za-z][\w-]*(?:=\S*)?|{_PATH.pattern}")  # or a path
_PIPE = re.compile(r"[|&]{1,2}|>{1,2}")
_FILE = re.compile(r"[\w-]{1,60}\.[a-z][a-z\d]{0,4}", re.ASCII)
_TOOL = re.compile(r"[a-z][a-z\d]*(?:[.+-][a-z\d]+)*", re.ASCII)
_BEFORE_TOOL = frozenset(("$", "#", "sudo", "%", ">"))


def tool_of(code: str) -> str | None:
    """Return the program of a command with options, paths or pipes ("" if it is a path); None for other code.

    tool_of("python read.py --port /dev/ttyUSB0")  ->  "python";    tool_of("Smith & Sons")  ->  None
    """
    words = code.split()
    first = next((word for word in words if word not in _BEFORE_TOOL), "")
    if not (any(map(_OPTION.fullmatch, words[1:])) or _pipes_file(words[1:])):
        return None
    return first if _TOOL.fullmatch(first) else "" if _PATH.fullmatch(first) else None


def _pipes_file(words: list[str]) -> bool:
    """Whether one of the words is a pipe and another a file; a pipe alone is an "and" or an "or" as well."""
    return any(map(_PIPE.fullmatch, words)) and any(map(_FILE.fullmatch, words))


def is_code(text: str) -> bool:
    """Whether a sentence is code: by its share of code characters, or as a statement, a command or a stack frame."""
    return len(_MARKS.findall(text)) > _MAX_MARKS * len(text) or has_code(text)


def has_code(text: str) -> bool:
    """Whether a text contains a statement, a command or a stack frame."""
    return _PATTERNS.search(text) is not None or _is_sql(text)


def is_statement(line: str) -> bool:
    """Whether a whole line is leftover code: style sheets, scripts, JSON. Hashtags and table bars do not count."""
    if "=" not in line and ";" not in line and "{" not in line:
        return False
    marks = len(_STATEMENT_MARKS.findall(line))
    return marks >= _FEWEST_MARKS and marks > _MAX_MARKS / 2 * len(line)


def _is_sql(text: str) -> bool:
    at = 0
    for word in _SQL:
        match = word.search(text, at)
        if match is None:
            return False
        at = match.end()
    return True

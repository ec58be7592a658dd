"""Removes notation that is not language from running text: addresses, DOIs, paths of files, digests, statistics.

    without_notation("Fixed in commit 3f2a9c1b7e44.")          ->  "Fixed in commit  ; ."
    without_notation("Deaths fell: HR 0.62, 95% CI 0.4-0.9.")  ->  "Deaths fell:  ;  ; ."

A semicolon takes its place, because no phrase continues across it. The words of a label (CI, HR) stay wherever no
number follows them, and in texts without an interval of confidence or a p-value.
"""

import re

# acast.com/privacy; not Node.js/Express.
_ADDRESS = re.compile(r"(?<![\w@/.-])(?:[a-z0-9-]{1,40}\.){1,4}(?!(?:js|ts)/)[a-z]{2,12}/[\w./#?=&%+~-]{1,200}")
_EXTENSIONS = (
    "py|rs|rb|js|jsx|ts|tsx|go|java|kt|c|h|cc|cpp|hpp|cs|php|css|scss|html?|json|jsonl|ya?ml|toml|ini|cfg|conf|xml|md|rst"
    "|txt|csv|tsv|sql|sh|bat|ps1|env|lock|log|so|dll|exe|png|jpe?g|svg|gif|pdf|zip|gz|xz"
)
# Paths and globs of files: /etc/app.conf, ~/.config/app, C:\Users\me, src/main.rs, *.toml.
_PART = r"[A-Za-z0-9_.*?{}@+~-]{1,80}"
_PATH = re.compile(
    rf"(?<![\w/.)>:*-])(?:~|\.{{1,2}}|\$[A-Z_]{{2,20}})(?:/{_PART}){{1,20}}/?(?!\w)"
    rf"|(?<![\w/.)>:*-])(?=/[\w.-]{{2}}[/\w.-]{{0,80}}[a-z])(?:/{_PART}){{2,20}}/?(?!\w)"
    r"|(?<![\w/.)>:-])/(?:etc|dev|proc|sys|tmp|usr|var|opt|s?bin|home|root|boot|mnt|srv)(?![\w/-])"
    rf"|(?<![\w@/.*-])(?:[A-Za-z0-9_.-]{{1,40}}/){{1,8}}[\w*-]{{0,60}}\.(?:{_EXTENSIONS})\b(?![./@-]\w)"
    r"|(?<![\w*])\*{1,2}(?:/\*{1,2})?\.[a-z]\w{0,5}\b"
)
_WINDOWS_PATH = re.compile(
    r"(?<!\w)(?:[A-Za-z]:|%[A-Za-z]{2,20}%|\\(?=\\\w))\\"
    r"(?:[\w.$~()-](?:[\w.$~() -]{0,40}[\w.$~()-])?\\){0,20}[\w.$~*-]*"
)
_HEXADECIMAL = re.compile(r"(?<![\w.-])(?=[a-f]{0,39}\d)(?=\d{0,39}[a-f])[\da-f]{7,128}(?![\w-])")
_LONG_HEXADECIMAL = re.compile(r"(?<![\w.-])(?=[A-F]{0,39}\d)(?=\d{0,39}[A-F])[\dA-F]{32,128}(?![\w-])")
_MIXED = re.compile("[0-9][a-fA-F]")  # in every digest; a cheap test, because most texts have none
_DOI = re.compile(
    r"(?<!\w)(?:doi ?[:/]? ?)?(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/[\w.;()/:-]{1,120}", re.IGNORECASE
)
_CHANGE = re.compile(r"(?<=\d)(?=[a-f])|(?<=[a-f])(?=\d)")
_SHORT = 10  # characters; a shorter digest changes often between digits and letters, unlike a size or a part's number
_FEWEST_CHANGES, _FEWEST_CHANGES_IN_SHORT = 2, 3

_NUMBER = r"[-−–+±]?\d{0,6}(?:[.,·]\d{1,6})?%?"
_RANGE = rf"[(\[]?{_NUMBER}(?: ?(?:-|−|–|to|bis|à|a|;|,|и|до) ?{_NUMBER})?[)\]]?"
_INTERVAL = (
    r"(?:confidence intervals?|credible intervals?|konfidenzintervalle?|intervalles? de confiance"
    r"|intervalos? de (?:confianza|confiança)|intervall[oi] di confidenza|betrouwbaarheidsinterval"
    r"|доверительный интервал|довірчий інтервал|(?-i:CI|CrI|KI|IC|BI|BHI|ДИ|ДІ)|信頼区間|置信区间|신뢰구간)"
)
_CONFIDENCE = re.compile(
    rf"\b(?:\d\d(?:[.,]\d)? ?%(?:ige[sn]?)?[ -]?{_INTERVAL}|{_INTERVAL} ?(?:de |del |al )?\d\d(?:[.,]\d)? ?%)"
    rf"(?: ?[:=,(\[]{{1,2}}| was| of)? ?[(\[]?(?=[-−–+]?\d){_RANGE}",
    re.IGNORECASE,
)
_P_VALUE = re.compile(r"\b[pP](?:[- ]?values?)? ?[<>=≤≥] ?[01]?[.,]\d{1,6}")
# Ratios, deviations and sizes of samples, as abstracts write them before a number.
_MEASURE = re.compile(
    r"\b(?:a?(?:HR|OR|RR)|s?HR|IRR|PR|SMR|SIR|W?MD|SMD|NNT|NNH|ARR|RRR|SD|SE|SEM|IQR|AUC|AUROC|ICC|[nN]"
    r"|[tFrzdβχ]|η²|R²|R2|χ2)"
    rf"(?: ?[:=<>≤≥~≈,] ?| (?:was|of|is) | )(?=[-−–+±(\[]?\d){_RANGE}",
)


def without_notation(text: str) -> str:
    """Return a text with a semicolon instead of addresses with a path, paths, digests of files, and statistics."""
    if "/" in text:
        text = _ADDRESS.sub(" ; ", _DOI.sub(" ; ", text) if "10." in text else text)
    if "/" in text or "*." in text:
        text = _PATH.sub(" ; ", text)
    if "\\" in text:
        text = _WINDOWS_PATH.sub(" ; ", text)
    if _MIXED.search(text):
        text = _LONG_HEXADECIMAL.sub(" ; ", _HEXADECIMAL.sub(_unless_word, text))
    compared = any(map(text.__contains__, "<>=≤≥"))
    if not ((compared and _P_VALUE.search(text)) or ("%" in text and _CONFIDENCE.search(text))):
        return text
    return _MEASURE.sub(" ; ", _P_VALUE.sub(" ; ", _CONFIDENCE.sub(" ; ", text)))


def _unless_word(found: re.Match[str]) -> str:
    """Return what replaces a row of hexadecimal digits: itself if it may be a number with a unit or a name."""
    digits = found.group()
    fewest = _FEWEST_CHANGES if len(digits) >= _SHORT else _FEWEST_CHANGES_IN_SHORT
    return " ; " if len(_CHANGE.findall(digits)) >= fewest else digits

"""Detection of a file's encoding: byte order mark, declared encoding, valid UTF-8, else statistical detection."""

import codecs
import re

from charset_normalizer import from_bytes

SAMPLE_BYTES = 256 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
# Among encodings that fit the bytes equally well, the first of these is the most likely in practice.
_PREFERRED = ("cp932", "euc_jp", "iso2022_jp", "gb18030", "big5", "cp949", "cp1252", "iso8859_2", "cp1251", "koi8_r")
# Like browsers, read these names as supersets, which have the characters that files contain in practice.
_AS_FOUND = {"shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "iso-8859-1": "cp1252"}
_KANA = re.compile("[\u3041-\u30fc]")
_LEAST_KANA = 0.15  # of the non-ASCII characters; Japanese prose has a third or more


def detect_encoding(sample: bytes, markup: bool = False) -> str:
    """Return the codec of a file that begins with `sample`. For `markup`, a declared encoding is used."""
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if b"\x1b$B" in sample or b"\x1b$@" in sample:  # the shifts of ISO-2022-JP; its bytes are all ASCII
        return "iso2022_jp"
    if markup and (declared := _DECLARED.search(sample[:4096])):
        with_name = _codec(declared[1].decode("ascii"))
        if with_name and _decodes(sample, with_name):
            return with_name
    if _decodes(sample, "utf-8") or _is_damaged_utf8(sample):
        return "utf-8"
    return _detected(sample)


def _is_damaged_utf8(sample: bytes) -> bool:
    """Whether at least two thirds of the non-ASCII characters are valid UTF-8; damage is then reported per entry."""
    text = sample.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) - damaged >= 2 * damaged


def _detected(sample: bytes) -> str:
    if _is_euc_jp(sample):
        return "euc_jp"
    matches = list(from_bytes(sample))
    if not matches:
        return "utf-8"  # the readers then report errors per line
    best = matches[0]
    equal = [match for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence)]
    names = {name for match in equal for name in (match.encoding, *match.could_be_from_charset)}
    return next((name for name in _PREFERRED if name in names), best.encoding)


def _is_euc_jp(sample: bytes) -> bool:
    """Whether the sample is EUC-JP. EUC-KR shares its byte ranges, but only Japanese has kana in these rows."""
    if not _decodes(sample, "euc_jp"):
        return False
    text = sample.decode("euc_jp", "ignore")
    beyond = sum(character > "\x7f" for character in text)
    return beyond > 0 and len(_KANA.findall(text)) / beyond >= _LEAST_KANA


def _decodes(sample: bytes, name: str) -> bool:
    """Whether the sample is valid in this codec; its last character may be cut off."""
    try:
        codecs.getincrementaldecoder(name)("strict").decode(sample, final=False)
    except UnicodeError:
        return False
    return True


def _codec(name: str) -> str | None:
    try:
        return codecs.lookup(_AS_FOUND.get(name.lower(), name)).name
    except LookupError:
        return None

"""Removes readings and marks of emphasis that Japanese texts write as plain characters, as Aozora Bunko does.

    without_readings("｜灯台守《とうだいもり》の日誌［＃「日誌」に傍点］")  ->  "灯台守の日誌"     in NFKC
    without_readings("絵本《ぐりとぐら》")                              ->  unchanged: a title

Readings of HTML are left out by ``markup``.
"""

import re

from alt_pipelines.text.normal import nfkc
from alt_pipelines.text.scripts import HAN, HIRAGANA, KATAKANA

_KANA = "\u3041-\u3096\u30a1-\u30fa・ー"
_NOTE = re.compile(rf"\[#(?=[^\[\]\n]{{0,80}}[{_KANA}{HAN}])[^\[\]\n]{{1,80}}\]")
_MARKED = re.compile(rf"\|([^|《》\n]{{1,20}})《[{_KANA} ]{{1,30}}》")
_EMPHASIS = re.compile(r"《《([^《》\n]{1,30})》》")
# Not after a word for a work: 絵本《ぐりとぐら》 has a title.
_AFTER_KANJI = (
    rf"(?<=[{HAN}々])(?<![{HAN}][曲劇作品本詩歌画集誌編篇紙書伝記像図])"
    r"(?<!小説)(?<!童話)(?<!物語)(?<!番組)(?<!連載)(?<!戯曲)(?<!舞台)(?<!彫刻)(?<!写真)(?<!落語)(?<!狂言)(?<!映像)(?<!随筆)"
)
_READING = re.compile(rf"{_AFTER_KANJI}(?:《[\u3041-\u3096ー]{{1,12}}》|\[[\u3041-\u3096ー]{{1,12}}\])")
_READING_ANY = re.compile(rf"{_AFTER_KANJI}《[{_KANA}]{{1,16}}》")
_FEWEST = 2  # different kanji with readings in a text without the other marks; one alone may be before titles
_BRACKETED = re.compile(
    rf"(?<=[{HIRAGANA}{KATAKANA}{HAN}])\(([\u3041-\u3096ー・ ]{{2,30}})(?:[、,] ?([^()]{{0,60}}))?\)"
)
# What a remark in brackets begins with: 確保(そのうち、アプリに利用)
_REMARK = re.compile(
    "その|この|うち|ただ|なお|また|および|いわゆる|つまり|たとえば|もちろん|とくに|すなわち|あるいは|ほぼ|およそ"
)
_READ_AS = re.compile("=[\u3041-\u3096ー・ ]{2,30}")
# What an editor or author says in brackets about how the text is written, in Japanese, Chinese and Korean.
_EDITORIAL = re.compile(
    r"\((?:(?:傍点|圏点|太字|下線|強調|ルビ|ふりがな)(?:部?分?は|・|、)?(?:引用者|筆者|著者|訳者|編者|編集部|原文)?(?:による|ママ|まま)?"
    r"|原文(?:の)?(?:ママ|まま)|ママ|(?:文中|以下)?、?敬称略"
    r"|(?:着重号|黑体|粗体|下划线|重点|粗體|底線|重點)(?:为|為|系|係)?(?:引者|笔者|筆者|作者|编者|編者)(?:所)?加"
    r"|(?:강조|밑줄|굵은 글씨)(?:는|은)? ?(?:필자|인용자|역자|저자))\)"
)


def without_readings(text: str) -> str:
    """Remove readings, notes on the typesetting and editors' notes from an NFKC-normalised text. Linear time."""
    if text.isascii():
        return text
    if "《" in text or "[" in text:
        plain = _MARKED.sub(r"\1", _NOTE.sub("", _EMPHASIS.sub(r"\1", text)))
        if plain != text:
            text = _READING_ANY.sub("", plain)
        elif _has_readings(text):
            text = _READING.sub("", text)
    return _EDITORIAL.sub("", text) if "(" in text else text


def _has_readings(text: str) -> bool:
    """Whether a text has readings after several kanji, or the mark that begins what a reading is of."""
    if "《" not in text and "[" not in text:
        return False
    return len({text[found.start() - 1] for found in _READING.finditer(text)}) >= _FEWEST or bool(_MARKED.search(text))


def title_without_readings(title: str, content: str) -> str:
    """Return a title without readings in round brackets, nor those in other marks if its article's content has such."""
    read = _READING.search(title) is not None and _has_readings(nfkc(content))
    return without_bracketed_readings(_READING.sub("", title) if read else title)


def without_bracketed_readings(line: str) -> str:
    """Remove readings between round brackets from a line: 水無瀬透(みなせ・とおる)さん. Linear time."""
    return line if line.isascii() or "(" not in line else _BRACKETED.sub(_without_reading, line)


def _without_reading(match: re.Match[str]) -> str:
    if "\u3041" <= match.string[match.start() - 1] <= "\u3096" and "・" not in match.group(1):
        return match.group()  # それ(これ): another word, not a reading
    if match.group(2) and _REMARK.match(match.group(1)):
        return match.group()
    rest = _READ_AS.sub("", match.group(2) or "")
    return f"({rest})" if rest else ""

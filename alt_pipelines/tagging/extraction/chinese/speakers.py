"""People whom a Chinese text quotes: a name between a role or the start of a clause and a verb of speech.

    speakers("校長林志明說，", chinese("校長林志明說，"))  ->  {"林志明"}

The segmenter guesses names from characters and often takes their last one for the next word (林志|明說, 陈国|和|介绍).
Between a role and a verb of speech there is room for a name only, so both ends are known.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set

from alt_pipelines.tagging.extraction.chinese.frequencies import KNOWN, share
from alt_pipelines.tagging.extraction.chinese.words import GRAMMATICAL
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.scripts import HAN
from alt_pipelines.text.segmentation import Word, simplified, simplified_text
from alt_pipelines.text.stopwords import word_set

COMPOUND_SURNAMES = word_set("欧阳 司马 上官 诸葛 司徒 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 端木 轩辕 南宫")
SAID = re.compile(
    "(?:昨天|今天|昨日|今日|近日|日前|随后|同时|也|还|则|曾|并)?"
    "(?:说|表示|介绍|指出|回应|认为|称(?![号赞呼职])|透露|强调|坦言|告诉|解释|回忆|建议|呼吁|质疑|批评|提醒|补充|分析|感叹|宣布|直言|证实|承认"
    "|否认|提到|谈到)"
)
# Surnames that are also words: names only after a role.
_WORD_SURNAMES = frozenset("游方常文安易段左古单宁水洪连简池应米包路花车成官明曲党丰经仲巴谷")
_ROLE = frozenset("首长师员授任家者生记事监理席手官人士董帅练工徒主商农民客兵警医判将书")  # last characters of roles
_BODIES = frozenset("署局厅处")  # last characters of bodies and of no given name
_CLAUSE = frozenset("，。；：、！？“”「」『』《》（）()!?;:,\n \u3000")
PERSON = "nrf"  # tag of a name that is one by its place, whatever its first character
_NAME = 3  # characters of a full name
_CREDITED = re.compile(f"(?:^|: ?)([{HAN}]{{3,4}})(?=《)", re.MULTILINE)
_PART = re.compile(r"[^\n、,，/|·]+")  # of a list
_FULL_NAME = re.compile(f"[{HAN}]{{2,4}}")
_GUESSES = ("nr", "a", "n", "x")  # tags of names that the segmenter guesses
_PLACES = ("ns", "nt")  # tags that only the segmenter's dictionary gives


def speakers(text: str, words: Sequence[Word], surnames: Set[str]) -> set[str]:
    """Return the names of two to four characters before verbs of speech, of authors before a work, and of lists.

    ``words`` are the segmenter's; ``surnames`` the simplified characters that are surnames.
    """
    plain = simplified_text(text)
    starts = [word.start for word in words]
    found = {*_credited(text, words, starts, surnames), *_listed_people(text, words, surnames)}
    for match in SAID.finditer(plain):
        end = match.start()
        for size in (4, 3, 2):
            start = end - size
            role = start > 0 and plain[start - 1] in _ROLE
            if start < 0 or not _has_surname(plain[start:end], surnames | _WORD_SURNAMES if role else surnames):
                continue
            if start and not role and plain[start - 1] not in _CLAUSE:
                continue
            if not plain[start:end].isalpha() or plain[start:end].isascii():
                continue
            word = _word_at(words, starts, start)
            at = bisect_left(starts, start)
            if word is None and at and _is_known(words[at - 1].surface):
                continue  # 师|范大学 of 师范大学: a known word goes on here
            if word is None or _may_begin_name(word, plain[start:end], role=role):
                found.add(text[start:end])
            break
    return found


def after_roles(words: Sequence[Word], surnames: Set[str]) -> list[Word]:
    """Return the words, with those that the segmenter guessed after a role as names: 縣|長|游淑真, 學者|郑国圣.

    The guess may begin with the last character of the role (縣|長游淑真); then it is divided.
    """
    surnames = surnames | _WORD_SURNAMES
    out = list(words[:1])
    for word in words[1:]:
        before, form = out[-1], simplified(word.surface)
        if len(form) == 2 and _is_short_name(word, before, surnames):
            word = word._replace(pos=PERSON)
        if len(form) not in (3, 4) or form.isascii():
            out.append(word)
            continue
        known = frequency(form, "zh") >= KNOWN or word.pos in _PLACES  # 南京市|长江大桥 has no 市长
        if known or form[-1] in _BODIES:  # 機電|工程署
            out.append(word)
        elif (
            len(form) == _NAME
            and simplified(before.surface[-1:]) in _ROLE
            and before.pos == "n"
            and form[0] in surnames
        ):
            out.append(word._replace(pos=PERSON))
        elif form[0] in _ROLE and form[1] in surnames and _is_known(before.surface[-1:] + form[0]):
            out += [Word(word.surface[0], word.start, "k"), Word(word.surface[1:], word.start + 1, PERSON)]
        else:
            out.append(word)
    return out


def _listed_people(text: str, words: Sequence[Word], surnames: Set[str]) -> set[str]:
    """Return the names of a list, such as a cast, most of whose members the segmenter knows to be people.

    A list has one name per line, or commas between them; nothing else is in the lines or between the commas.
    """
    tags = {word.start: word for word in words}
    surnames = surnames | _WORD_SURNAMES
    found: set[str] = set()
    run: list[tuple[str, bool]] = []
    for part in _PART.finditer(f"{text}\n。"):
        form = part.group()
        word = tags.get(part.start())
        plain = simplified(form)
        if _FULL_NAME.fullmatch(form) and _has_surname(plain, surnames) and not _is_known(plain):
            run.append((form, word is not None and word.surface == form and word.pos.startswith("nr")))
            continue
        known = sum(person for _, person in run)
        if len(run) > 2 and known > 1 and 2 * known >= len(run):
            found.update(form for form, _ in run)
        run = []
    return found


def _credited(text: str, words: Sequence[Word], starts: Sequence[int], surnames: Set[str]) -> Iterator[str]:
    """Yield the names between a colon or the start of a line and the title of a work: 散文奖:顾时安《长街》.

    Not 江苏台 of 江苏台《新闻眼》: the segmenter knows 江苏.
    """
    for match in _CREDITED.finditer(text) if "《" in text else ():
        name = match.group(1)
        plain = simplified(name)
        first = _word_at(words, starts, match.start(1))
        if not (first and _is_known(first.surface)) and _has_surname(plain, surnames) and not _is_known(name):
            yield name


def _word_at(words: Sequence[Word], starts: Sequence[int], start: int) -> Word | None:
    """Return the word that begins at a place of the text, or None. ``starts``: where each of the words begins."""
    at = bisect_left(starts, start)
    return words[at] if at < len(words) and starts[at] == start else None


def _is_short_name(word: Word, before: Word, surnames: Set[str]) -> bool:
    """Whether a word of two characters that the segmenter takes for a name is one by the role before it: 裁判|傅明."""
    role = before.pos == "n" and simplified(before.surface[-1:]) in _ROLE
    form = simplified(word.surface)
    return role and word.pos in _GUESSES and form[0] in surnames and frequency(form, "zh") < KNOWN


def is_role(word: Word) -> bool:
    """Whether a noun may be the role of the person after it."""
    return word.pos in ("n", "l") and simplified(word.surface[-1]) in _ROLE


def _is_known(form: str) -> bool:
    return len(form) > 1 and share(form) >= KNOWN


def has_compound_surname(name: str) -> bool:
    """Whether a name of three or more characters begins with a surname of two."""
    return len(name) > 2 and simplified(name[:2]) in COMPOUND_SURNAMES


def _has_surname(name: str, surnames: Set[str]) -> bool:
    return has_compound_surname(name) or (len(name) < 4 and name[0] in surnames)


def _may_begin_name(word: Word, name: str, *, role: bool) -> bool:
    """Whether the segmenter's word at the start of a possible name is a part of a name and not a word by itself."""
    form = simplified(word.surface)
    if word.pos.startswith("nr") or has_compound_surname(name):
        return True
    if word.pos.startswith(GRAMMATICAL):
        return False
    if len(form) == 1:
        rest = name[1:]
        described = word.pos == "a" and len(rest) == 2  # 院长|严|跃进
        return word.pos not in ("d", "v", "a") or (role and (described or frequency(rest, "zh") < KNOWN))
    known = frequency(form, "zh") >= KNOWN
    return not known or (role and len(form) < len(name) and word.pos.startswith("n"))

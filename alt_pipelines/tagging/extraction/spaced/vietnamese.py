"""Vietnamese phrases: its words are written as separate syllables, most words have one or two of them.

    Ban Quản lý Đường sắt đô thị TP HCM  ->  Ban Quản lý Đường sắt | đô thị | TP HCM
    Vicofa Đỗ Xuân Lộc khuyến cáo        ->  Vicofa | Đỗ Xuân Lộc
    CEO Phạm Gia Bảo                     ->  Phạm Gia Bảo
    bão số 6, Quốc lộ 1                  ->  the number belongs to the name
    cổ phiếu TDG, mô hình Whisper        ->  TDG | Whisper

Only the first syllable of each word of an institution's name has a capital, so that such a name ends in a lower-case
syllable. A name of a person or a place has capitals only. One syllable is hardly ever a word, but an abbreviation or a
word that is not a Vietnamese syllable is a name by itself.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from alt_pipelines.tagging.extraction.features import LONGEST_SYLLABLES, Phrase
from alt_pipelines.tagging.extraction.languages import Language
from alt_pipelines.tagging.extraction.repeats import apart
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.text.stopwords import word_set

_FULL_NAME = 3  # syllables of a person's name
_JOINED = 6  # syllables of a name before "và"
_SHORTEST = 2  # letters
_NUMBERED = 3  # words: bão số 6
MOST_SYLLABLES = 5  # of a term of several words: tuyến đường sắt đô thị
_REST = 2  # syllables: a longer run that the text does not repeat holds several words
_ENOUGH = 8  # distinct phrases that an article keeps at least
_VERSION = re.compile(r"\d{1,3}(?:\.\d{1,3})?")
_NUMBER = "số"
# Nouns that end in "số": population, index, rate, sales.
_BEFORE_NUMBER = word_set("con chỉ dân doanh hệ một tham tỷ tổng điểm đa")
# What begins the name of an institution, also at the start of a sentence, and companies' legal forms after it.
_INSTITUTIONS = frozenset(
    pair.replace("_", " ")
    for pair in word_set(
        """
        bảo_tàng bệnh_viện chi_cục công_an câu_lạc cao_đẳng giáo_hội hiệp_hội học_viện hội_đồng liên_hoan liên_minh
        liên_đoàn ngân_hàng nhà_hát nhà_máy nhà_xuất sân_bay trung_tâm trường_đại tòa_án tập_đoàn tổng_công tổng_cục
        viện_kiểm vườn_quốc đài_truyền đảng_cộng đại_học đại_sứ ủy_ban
        """
    )
)
_LEGAL_FORMS = frozenset({"CP", "TNHH", "MTV"})
_REGION = "miền"
_REGIONS = frozenset({"miền bắc", "miền trung", "miền nam", "miền tây", "miền đông"})
_COMPANY = "công ty"  # before a company's name
# Offices, which are not part of the name after them and, without it, not a topic.
_OFFICES = frozenset(
    pair.replace("_", " ")
    for pair in word_set(
        """
        bí_thư bộ_trưởng chủ_nhiệm chủ_tịch cục_trưởng giám_đốc hiệu_trưởng luật_sư thủ_tướng thứ_trưởng tổng_thống
        viện_trưởng vụ_trưởng đại_biểu đạo_diễn ca_sĩ hậu_vệ thủ_môn tiền_vệ tiền_đạo trung_vệ trọng_tài nghệ_sĩ
        nghệ_nhân giáo_sư thiếu_tá thiếu_tướng thượng_tá thượng_úy trung_tá trung_tướng đại_tá đại_úy
        """
    )
)
# The commonest surnames, which nearly all Vietnamese have.
_SURNAMES = word_set(
    """
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đinh Trịnh Đoàn Trương Mai Lâm Cao Lương
    Hà Tạ Thái Châu Quách Tô Chu La Phùng Kiều Vương Từ Thạch Nghiêm Quang Tăng Mạc Doãn Văn Tống
    """
)
_TITLES = word_set("BS CEO CFO COO CTO GS HLV HĐQT HĐTV KS KTS LS NSND NSƯT PGS TS Ths ThS")  # before a person's name
_PLACES = frozenset({"TP", "TX", "TT", "UBND", "HĐND", "TAND", "CLB"})  # before a place's name
_TITLED = _TITLES | _LEGAL_FORMS
_NOT_ALONE = _TITLED | _PLACES | {"USD", "VND", "VNĐ", "EUR"}
_MARKS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_SYLLABLE = re.compile(
    f"(?:ngh?|nh|ch|gi|gh|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?[aeiouy{_MARKS}]{{1,3}}(?:ch|nh|ng|[cmnpt])?"
)


def syllables(run: list[Placed], again: Mapping[str, int], row: Language) -> Iterator[list[Placed]]:
    """Cut a run: names by their capitals, otherwise what the text repeats.

    A name begins and ends with a capital; a syllable between two capitals belongs to it (Công ty Môi trường Việt Nam).
    """
    low: list[Placed] = []
    at = 0
    while at < len(run):
        end = at if low and _ends_term(run, at, again) else _name_end(run, at, row)
        if end - at > 1 or _is_name_alone(run[at].token.text):
            end = max(end, at + 1)
            yield from _repeated_windows(low, again)
            name = _without_title(run[at:end])
            office = len(name) < end - at or _pair(low, len(low) - 2) in _OFFICES
            yield from _without_body(name, row) if office else _without_organisation(name)
            low, at = [], end
        else:
            low.append(run[at])
            at += 1
    yield from _repeated_windows(low, again)


def joins_institution(tokens: list[Token], index: int, run: Sequence[Placed], row: Language) -> bool:
    """Whether "và" is inside the name of an institution: Bộ Giáo dục và Đào tạo.

    The name begins with its kind; a lower-case syllable precedes "và", and a capital with another one follows.
    """
    after = tokens[index + 1 : index + 3]
    if tokens[index].text != "và" or len(after) < 2 or not (after[0].text[0].isupper() and after[1].text.islower()):
        return False
    before = [placed.token.text for placed in run[-_JOINED:]]
    named = any(word[0].isupper() and word.lower() in row.places for word in before)
    return named and before[-1].islower()


def numbers_a_name(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a number belongs to the words before it: bão số 6, Quốc lộ 1 (twice), "Nghị định 13 về".

    A number that counts precedes a noun in lower case; a number after "số" never counts.
    """
    before, number = tokens[index - 1], tokens[index]
    head = tokens[index - 2] if index > 1 else before
    if _VERSION.fullmatch(number.text) is None or before.text.lower() in reading.stop:
        return False
    if before.text == _NUMBER:
        return head.text[0].isalpha() and not (head.text.lower() in reading.stop or head.text.lower() in _BEFORE_NUMBER)
    named = before if before.text[0].isupper() else head
    if not named.text[0].isupper() or named.text.lower() in reading.stop:
        return False
    if named is head and index > _NUMBERED - 1 and tokens[index - _NUMBERED].text[0].isupper():
        return False  # Kim Phát lĩnh 14 năm tù
    if (before.text, number.text) in reading.numbered:
        return True
    after = tokens[index + 1].text if index + 1 < len(tokens) else "."
    return not before.opens and after != "%" and not (after.islower() and after not in reading.stop)


def without_rests(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return the phrases without those that are neither a name nor repeated, as long as enough are left.

    Only repetition shows that syllables are a word: "cất kho" is a verb and its object.
    """
    times = Counter(phrase.stems for phrase in phrases)
    kept = [phrase for phrase in phrases if times[phrase.stems] > 1 or _is_name(phrase)]
    return kept if len({phrase.stems for phrase in kept}) >= _ENOUGH else list(phrases)


def _is_name(phrase: Phrase) -> bool:
    """Whether a phrase ends in a capital, or has one or a number after the one it begins with: Ngân hàng Nhà nước."""
    first, *rest = [word.strip() for word in phrase.words]
    last = (rest or [first])[-1]
    return last[0].isupper() or (first[0].isupper() and any(not word[0].islower() for word in rest))


def _is_name_alone(word: str) -> bool:
    """Whether one word is a name: an abbreviation (TDG, HoSE) or a foreign word with a capital (Whisper, V-League)."""
    if len(word) < _SHORTEST or not word[0].isupper() or word in _NOT_ALONE:
        return False
    return not word[1:].islower() or not _is_syllable(word)


def _without_title(name: list[Placed]) -> list[Placed]:
    """Return a name without the titles before it, and a company's without its legal form: NSƯT Trần Mạnh Cầm."""
    start = 0
    while start < len(name):
        if _pair(name, start) in _OFFICES or (_pair(name, start) == _COMPANY and start + 2 < len(name)):
            start += 2
        elif name[start].token.text in _TITLED and start + 1 < len(name):
            start += 1
        else:
            break
    return name[start:]


def _pair(run: list[Placed], at: int) -> str:
    """Return two syllables, folded."""
    return " ".join([placed.token.text for placed in run[at : at + 2]]).lower()


def _without_organisation(name: list[Placed]) -> Iterator[list[Placed]]:
    """Yield a name; a person's full name apart from the foreign or composed name of an organisation before it."""
    if not name:
        return
    words = [placed.token.text for placed in name]
    person = len(words) > _FULL_NAME and all(word.istitle() and _is_syllable(word) for word in words[1:])
    organised = words[0] not in _PLACES and (words[0].isupper() or (words[0].istitle() and not _is_syllable(words[0])))
    if person and organised:
        yield name[:1]
        yield name[1:]
    elif size := _foreign_after(words):
        yield name[:size]
        yield name[size:]
    else:
        yield name


def _without_body(name: list[Placed], row: Language) -> Iterator[list[Placed]]:
    """Yield the name after an office: that of its holder apart from that of the body before it.

    Giám đốc | Sở Giao thông | Trần Quốc Bảo, but not Hiệu trưởng | Trường Đại học Trần Hưng Đạo.
    """
    words = [placed.token.text for placed in name]
    for size in (_FULL_NAME, _FULL_NAME + 1):
        body, person = words[:-size], words[-size:]
        kind = len(body) < 2 or _pair(name, len(body) - 2) in _INSTITUTIONS or body[-1].lower() in row.places
        if not kind and not body[-1].isupper() and person[0] in _SURNAMES and all(map(str.istitle, person)):
            yield name[:-size]
            yield name[-size:]
            return
    yield from _without_organisation(name)


def _foreign_after(words: list[str]) -> int:
    """Return where a foreign name of several words begins after a Vietnamese one: Nhật Bản | Sakura Capital; 0."""
    size = next((at for at, word in enumerate(words) if not _is_syllable(word)), 0)
    apart = size > 1 and len(words) - size > 1 and all(map(str.istitle, words))
    return size if apart and not any(map(_is_syllable, words[size:])) else 0


def _is_syllable(word: str) -> bool:
    return _SYLLABLE.fullmatch(word.lower()) is not None


def _name_end(run: list[Placed], start: int, row: Language) -> int:
    """Return the end of the name that begins here; ``start`` if none does. A number ends it."""
    if _is_numbered(run, start):
        return start + _NUMBERED
    if run[start].token.text == _REGION and _pair(run, start) in _REGIONS:
        return start + 2
    institution = _pair(run, start) in _INSTITUTIONS
    end = start
    at = start
    while at < min(start + LONGEST_SYLLABLES, len(run)):
        word = run[at].token.text
        if word[0].isupper():
            second = run[at + 1].token.text if at + 1 < len(run) else ""
            if at == start and run[at].token.opens and not (institution or second[:1].isupper()):
                return start
            at = end = at + 1
            if _continues(run, start, end, row):
                at = end = at + 1
        elif word[0].isdigit() and at > start:
            return at + 1 if at - end <= 1 else end
        elif at == start or at - end >= 1 + institution:
            break
        else:
            at += 1
    return end


def _ends_term(run: list[Placed], at: int, again: Mapping[str, int]) -> bool:
    """Whether a syllable with a number ends a term of several: đường sắt đô thị số 5, but not cơn bão số 6.

    The text has it more often with the syllable before it than with a number.
    """
    return _is_numbered(run, at) and again.get(_pair(run, at - 1), 0) > again.get(_pair(run, at), 0)


def _is_numbered(run: list[Placed], start: int) -> bool:
    """Whether a syllable with "số" and a number begins here: bão số 6."""
    if start + _NUMBERED > len(run) or run[start + 1].token.text != _NUMBER:
        return False
    return run[start + 2].token.text[0].isdigit()


def _continues(run: list[Placed], start: int, end: int, row: Language) -> bool:
    """Whether the syllable at ``end`` belongs to the word whose capital is before it: Đường sắt, in Ban Quản lý Đường.

    It does in the name of an institution, if that capital follows a lower-case syllable or the institution's kind.
    """
    if end - start < 2 or end >= len(run) or not run[end].token.text.islower():
        return False
    before, capital = run[end - 2].token.text, run[end - 1].token.text
    kind = (end - start == 2 and before.lower() in row.places) or before in _LEGAL_FORMS
    return (kind or before.islower()) and _is_syllable(capital) and _is_syllable(run[end].token.text)


def _repeated_windows(run: list[Placed], again: Mapping[str, int]) -> Iterator[list[Placed]]:
    """Cut a run into pieces that the text repeats, the longest and most frequent first; a rest of two syllables is one.

    A cut inside a word would divide what the text has together each time: khởi công | tuyến đường sắt đô thị.
    """
    if len(run) < _REST:
        return
    ends = apart([placed.token.text.lower() for placed in run], again, MOST_SYLLABLES)
    begun = 0
    for at, end in sorted(ends.items()):
        yield from _rest(run[begun:at])
        yield from _topic(run[at:end])
        begun = end
    yield from _rest(run[begun:])


def _rest(run: list[Placed]) -> Iterator[list[Placed]]:
    if 1 < len(run) <= _REST:
        yield from _topic(run)


def _topic(piece: list[Placed]) -> Iterator[list[Placed]]:
    """Yield a piece of a run unless it is an office, or the word for a company."""
    if len(piece) > _REST or _pair(piece, 0) not in _OFFICES | {_COMPANY}:
        yield piece

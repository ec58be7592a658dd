"""Japanese phrases of a shortlist that name again what another of its phrases names: parts of names, numbers, types."""

from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import Candidate

_LONGEST_GIVEN = 3  # characters
_NUMBERS = frozenset("数量額率")
_TYPES = frozenset("型用風")
_ADDRESS = ("さん", "氏", "選手", "容疑者", "被告")


def parts_of_names(forms: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield (part, name) of persons' names: ジェーン and ジェーン・エア, 石森 and 石森燈 (both with さん or an age)."""
    foreign = [(at, form.split("・")) for at, form in enumerate(forms) if "・" in form]
    for at, short in enumerate(forms):
        whole = [other for other, parts in foreign if short in parts]
        if len(whole) == 1:
            yield at, whole[0]
            continue
        for other, long in enumerate(forms):
            if long.startswith(short) and 0 < len(long) - len(short) <= _LONGEST_GIVEN and _addressed(short, text):
                if _addressed(long, text):
                    yield at, other
                break


def _addressed(name: str, text: str) -> bool:
    """Whether the text has a form of address or an age directly after a name."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if text.startswith(_ADDRESS, end):
            return True
        if text[end : end + 1] in ("(", "（") and text[end + 1 : end + 2].isdecimal():
            return True
        at = text.find(name, at + 1)
    return False


def measured(found: Sequence[Candidate]) -> Iterator[int]:
    """Yield the phrases that occur once, not in the title, and are a better one's number or type: 利用者数.

    Of a type, the better phrase may begin with the same words: ハイブリッド型 beside ハイブリッド車.
    """
    for at, candidate in enumerate(found):
        *first, last = candidate.stems
        if not first or last not in _NUMBERS | _TYPES or candidate.uses > 1:
            continue
        if candidate.evidence is not None and candidate.evidence.in_title == 1.0:
            continue
        what = tuple(first)
        if any(c.stems == what or (last in _TYPES and c.stems[: len(what)] == what) for c in found[:at]):
            yield at

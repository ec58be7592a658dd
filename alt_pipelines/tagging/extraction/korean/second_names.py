"""Korean phrases of a shortlist that name again what another of its phrases names: persons, and places."""

from collections.abc import Iterator, Sequence

_FULL_NAME = 3  # syllables
_DISTRICTS = frozenset("시군구도읍면동")


def second_names(forms: Sequence[str], text: str) -> Iterator[int]:
    """Yield second names of a person or a place: 최 부총리 beside 최상목, 경기 안양시 beside 안양.

    Of 청산군 and 청산, the second is yielded if the text has it only within 청산군.
    """
    firsts = {form.partition(" ")[0] for form in forms}
    places = {form: at for at, form in enumerate(forms)}
    for at, form in enumerate(forms):
        first, _, rest = form.partition(" ")
        if len(first) == 1 and rest and any(len(name) == _FULL_NAME and name[0] == first for name in firsts):
            yield at
        last = form.rpartition(" ")[2]
        if last[-1:] not in _DISTRICTS or len(last) < _FULL_NAME:
            continue
        short = places.get(last[:-1])
        if short is not None and text.count(last[:-1]) == text.count(last):
            yield short
        elif (short is not None and short < at) or (last != form and places.get(last, at) < at):
            yield at

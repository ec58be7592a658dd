"""English given names that are words too (Faith, Will, Rose), and the surnames after them that are words too: Short.

    mark_people([("Faith", "NN"), ("Short", "JJ"), ("says", "VBZ")])  ->  both words tagged ``NAME``

A word-by-word tagger gives such a surname its usual tag, which ends the name before it.
"""

from alt_pipelines.tagging.extraction.english.lexicon import usual_tag
from alt_pipelines.tagging.extraction.english.offices import OFFICES
from alt_pipelines.tagging.extraction.english.tagger import NAME, Tagged
from alt_pipelines.text.stopwords import DAYS, MONTHS, word_set

# Virtues, flowers, stones, months and seasons; short forms; words of landscape and trades.
WORDS_AND_NAMES = word_set(
    """
    amity charity clemency constance faith felicity grace honor honour hope joy mercy patience prudence temperance
    verity serenity harmony melody destiny trinity
    daisy fern hazel heather holly iris ivy jasmine laurel lily myrtle olive pansy poppy rose rosemary rowan saffron
    sage violet willow basil ginger
    amber beryl coral crystal jade opal pearl ruby
    april may june august autumn summer dawn eve
    art bill bob buck bud chip chuck dale dick dolly don drew frank gene jack jay jimmy kay ken kit kitty lance lee les
    mark matt mick miles nick pat peg penny pip ray rich rob rusty sandy skip sonny sue ted tom tony vic wade ward
    will woody
    brooke cliff clay dean earl forrest glen grant guy heath herb lane reed robin wren
    carter chase cooper fletcher hunter mason parker tanner taylor tyler
    victor sterling angel
    """
)

_MODALS = frozenset({"will", "may"})  # with a capital also at the start of a question
_HELD = OFFICES | word_set("mr mrs ms miss dr sir dame lord lady sergeant inspector detective officer lieutenant")
_NO_SURNAME = word_set("day days street road avenue park river island fool fools bank hill house city")


def mark_people(tagged: list[Tagged]) -> list[Tagged]:
    """Return a sentence of running text with the tag ``NAME`` on such a given name and the surname after it."""
    out = tagged
    for at, (word, _) in enumerate(tagged[:-1]):
        if not word.istitle() or word.lower() not in WORDS_AND_NAMES or not _is_person(tagged, at):
            continue
        out = list(tagged) if out is tagged else out
        out[at : at + 2] = [(word, NAME), (tagged[at + 1][0], NAME)]
        if out[at + 2 : at + 3] == [("of", NAME)]:
            out[at + 2] = ("of", "IN")  # Will Moon | of Mersey Docks
    return out


def _is_person(tagged: list[Tagged], at: int) -> bool:
    """Whether a surname follows a given name: after an office, or where a month or a modal verb is not meant."""
    low, (surname, pos) = tagged[at][0].lower(), tagged[at + 1]
    if not (surname.istitle() and surname.isalpha() and len(surname) > 1) or surname.lower() in DAYS:
        return False
    if at and tagged[at - 1][0].lower().rstrip(".") in _HELD:
        return True
    if low in MONTHS or surname.lower() in _NO_SURNAME or surname.lower() in _MODALS:
        return False
    return at > 0 or (low not in _MODALS and pos != "NNPS" and not (usual_tag(low) or "").startswith("VB"))

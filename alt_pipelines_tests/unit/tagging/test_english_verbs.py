"""English words that may be a noun or a verb get the tag that their sentence gives them.

The marked words are those of sentences written for this test. The model's limits were chosen on others.
"""

import pytest

from alt_pipelines.tagging.extraction.english.clauses import tag_sentence
from alt_pipelines.tagging.extraction.english.tokens import tokenise

VERBS = [
    "Grocers *fear* higher milk prices.",
    "The rower *leads* by two lengths.",
    "Ana Duarte *heads* to Lisbon on Monday.",
    "The surgeon *treats* knee injuries of dancers.",
    "Beavers *dam* small streams in autumn.",
    "The minister openly *backs* Veltria in the dispute.",
    "The Tribune *reports* there are no survivors.",
    "The bank plans to *free* capital for loans.",
    "The city will *double* parking fees.",
    "The storm *killed* 12 people near the harbor.",
    "The league *suspended* two referees.",
    "Teams *stun* champions every year.",
    "The study that *highlighted* poor hygiene was withdrawn.",
    "Fuel costs *weigh* on airlines.",
    "The clinic *estimates* that half of the patients recover.",
]
NOUNS = [
    "The *attacks* frightened shopkeepers.",
    "Two work *permits* were revoked.",
    "Harbor security *checks* take an hour.",
    "Harbor cruises and city *walks* are popular.",
    "Critics called the job *cuts* a scandal.",
    "A heart *attack* killed the tenor.",
    "Train *delays* and staff shortages annoy passengers.",
    "The committee's tax *plans* failed.",
    "The mayor's home *visits* began in May.",
    "Their *travel* plans changed.",
    "The oil *spill* spread to two bays.",
    "The concert *hall* needs a new roof.",
    "New visa *rules* for students start in June.",
    "The company's cash *reserves* grew.",
    "She sells *watch* straps and garden tools.",
]


def marked_tag(sentence: str) -> str:
    words = tokenise(sentence.replace("*", ""))[0]
    at = tokenise(sentence)[0].index("*")
    return tag_sentence(words)[at][1]


@pytest.mark.parametrize("sentence", VERBS)
def test_a_verb_is_a_verb(sentence: str) -> None:
    assert marked_tag(sentence) in ("VB", "VBP", "VBZ", "VBD")


@pytest.mark.parametrize("sentence", NOUNS)
def test_a_noun_is_a_noun(sentence: str) -> None:
    assert marked_tag(sentence) in ("NN", "NNS")

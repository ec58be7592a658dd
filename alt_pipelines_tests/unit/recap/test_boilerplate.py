"""Boilerplate of a request: what different stories share merges nothing, is never shown and is no term."""

from typing import Any

import pytest

from alt_pipelines.embedding.hashing import HashingEmbedder
from alt_pipelines.recap.corpus.boilerplate import find_boilerplate
from alt_pipelines.recap.pipeline import run_genre
from alt_pipelines.recap.story.result import GenreResult
from alt_pipelines.settings import RecapSettings
from alt_pipelines_tests.unit.recap.corpora import document, request

STORIES = {
    "tram": [
        "The new tram line of Velsund opened on Friday with free fares.\nIt links Velsund harbour to the airport.",
        "Velsund has opened its tram line after a delay of two years.\nThe trams of Velsund run every six minutes.",
        "Thousands rode the new Velsund tram on its first day.\nThe tram line cost the city 400 million crowns.",
    ],
    "beetle": [
        "A rare longhorn beetle was found in the oak forest of Arneby.\nBiologists had thought the beetle extinct.",
        "Biologists in Arneby discovered a longhorn beetle believed extinct.\nThe beetle lives in dead oak wood.",
        "The longhorn beetle of Arneby is back after sixty years.\nThe oak forest will be protected for the beetle.",
    ],
}
NOTES = [
    "Subscribe to our morning newsletter for the best stories of the day.",
    "You have read two of your five free articles this month.",
    "Published: 12.05.2026, {n}:15",
]


def corpus(at_the_head: bool) -> list[dict[str, Any]]:
    found = []
    for story, texts in STORIES.items():
        for number, text in enumerate(texts):
            notes = "\n".join(NOTES).format(n=number)
            found.append(document(f"{story}-{number}", f"{notes}\n{text}" if at_the_head else f"{text}\n{notes}"))
    return found


def run(documents: list[dict[str, Any]]) -> GenreResult:
    return run_genre(request(documents, hdbscan_min_cluster_size=3), RecapSettings(), HashingEmbedder())


@pytest.mark.parametrize("at_the_head", [True, False])
def test_notes_around_every_article_neither_merge_stories_nor_are_shown(at_the_head: bool) -> None:
    result = run(corpus(at_the_head))
    stories = sorted(sorted({a.split("-")[0] for a in story.article_ids}) for story in result.stories)
    assert stories == [["beetle"], ["tram"]]
    shown = " ".join(r.text for story in result.stories for r in story.representatives)
    said = " ".join(" ".join([*story.top_terms, story.label or ""]) for story in result.stories)
    assert not any(word in shown + said for word in ("newsletter", "free articles", "Published", "Subscribe"))
    assert result.diagnostics["sentences_boilerplate"] == 18


def test_sentences_shared_by_versions_of_one_report_are_not_boilerplate() -> None:
    shared = "The dam above Orlino broke at dawn and the water reached the market square within minutes."
    rests = [
        "Rescuers in Orlino searched for missing people below the broken dam.",
        "The broken dam of Orlino had been inspected in spring, the rescuers were told.",
        "People of Orlino climbed on roofs when the dam broke; rescuers came by boat.",
    ]
    assert not find_boilerplate([[shared, rest] for rest in rests])


def test_a_note_in_all_articles_of_two_tight_stories_is_boilerplate() -> None:
    """Each story's own likeness lifts the mean of all pairs above that of unlike articles."""
    note = "Readers who register today support this paper and its reporters."
    tight = [
        ["The harbour bridge of Karsk reopened on Monday.", "Its eastern piers cost 14 million crowns."],
        ["On Monday the harbour bridge of Karsk reopened.", "The eastern piers of it cost 14 million crowns."],
        ["A bear emptied a bakery in Valdasso last night.", "Twenty kilos of biscuits were gone by dawn."],
        ["Last night in Valdasso a bear emptied a bakery.", "By dawn twenty kilos of its biscuits were gone."],
    ]
    assert find_boilerplate([[*sentences, note] for sentences in tight]) == {note}
    assert find_boilerplate([[*tight[i % 2], note] for i in range(4)]) == frozenset()


def test_copies_of_one_article_are_not_boilerplate() -> None:
    assert not find_boilerplate([["One sentence of the agency.", "Another one."]] * 5)


def test_a_sentence_that_stories_share_represents_none_of_them() -> None:
    """Bulletins of one template: what they share is found once the stories are known."""
    places = {"Varnholm": "harbour", "Estrella": "valley", "Kitamori": "plateau"}
    documents = [
        document(
            f"{place}-{i}",
            f"A gas leak closed the {ground} of {place}, officers of {place} wrote in note {i}.\n"
            "Residents are asked to keep their windows closed until further notice.",
        )
        for place, ground in places.items()
        for i in range(3)
    ]
    result = run(documents)
    assert len(result.stories) == 3
    assert not any("windows" in r.text for story in result.stories for r in story.representatives)

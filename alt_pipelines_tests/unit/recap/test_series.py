"""Bulletins of one series: each goes with the reports of its event."""

import numpy as np

from alt_pipelines.recap.clustering.series import SeriesSettings, part_series

FORM = "The weather office warns of {what} in {where}.", "The warning is valid from Thursday evening until Friday noon."
STORIES = {
    "Norland": ("gales", "Gales in Norland closed the Kestrel bridge.", "Norland schools stay shut."),
    "Velsund": ("floods", "Floods in Velsund filled cellars at the harbour.", "Velsund pumps water."),
    "Arneby": ("frost", "Frost in Arneby killed the vines of Mr Osk.", "Arneby growers ask for help."),
}


def bulletin(place: str) -> list[str]:
    return [text.format(what=STORIES[place][0], where=place) for text in FORM]


def report(place: str) -> list[str]:
    return list(STORIES[place][1:])


def parted(labels: list[int], texts: list[list[str]], language: str = "en") -> list[int]:
    return part_series(np.array(labels), texts, [language] * len(texts), SeriesSettings()).tolist()


def test_each_bulletin_joins_the_report_of_its_event() -> None:
    texts = [bulletin(place) for place in STORIES] + [report(place) for place in STORIES]
    found = parted([0, 0, 0, -1, -1, -1], texts)
    assert found[:3] == found[3:]
    assert len(set(found)) == 3
    assert -1 not in found


def test_a_bulletin_without_a_report_is_left_alone() -> None:
    texts = [bulletin(place) for place in STORIES] + [report("Norland"), report("Velsund")]
    found = parted([0, 0, 0, 1, 2], texts)
    assert found[0] == found[3] != found[1] == found[4]
    assert found[2] == -1


def test_bulletins_that_no_report_follows_stay_together() -> None:
    assert parted([0, 0, 0], [bulletin(place) for place in STORIES]) == [0, 0, 0]


def test_versions_of_one_agency_report_stay_together() -> None:
    versions = [
        ["A ferry capsized off Thornholm on Tuesday.", "The Saint Olave carried 118 people.", f"Divers found {found}."]
        for found in ("four bodies near the quay", "the captain alive below deck", "a hole under the bow door")
    ]
    follow_up = [["Thornholm buries the dead of the Saint Olave.", "The captain of the ferry wept near the quay."]]
    assert parted([0, 0, 0, 0], versions + follow_up) == [0, 0, 0, 0]


def test_texts_of_one_sentence_are_not_read_as_bulletins() -> None:
    assert parted([0, 0, -1, -1], [bulletin("Norland")[:1], bulletin("Velsund")[:1], report("Norland"), ["Rain."]]) == [
        *(0, 0, -1, -1)
    ]

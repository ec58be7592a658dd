"""Articles in no story join the story whose own names they share, and no other."""

import numpy as np

from alt_pipelines.recap.clustering.adoption import AdoptionSettings, adopt_by_names

CUP = ("Yesterday Marlow Town beat Keswick Rovers.", "Ivo Brandt scored twice.")
SCORER = ("Two goals by Ivo Brandt won the cup tie.", "His side, Marlow Town, plays again on Monday.")
FIRE = ("A fire in Port Ellis closed the harbour.", "The mayor, Ada Quill, thanked the crews.")


def adopted(texts: list[tuple[str, ...]], labels: list[int]) -> list[int]:
    return [int(label) for label in adopt_by_names(np.array(labels), texts, AdoptionSettings())]


def test_a_report_in_other_words_joins_the_story_whose_names_it_shares() -> None:
    assert adopted([CUP, CUP, FIRE, FIRE, SCORER], [0, 0, 1, 1, -1]) == [0, 0, 1, 1, 0]


def test_two_shared_names_are_not_enough() -> None:
    text = ("The singer met Ivo Brandt in a hotel.", "Her tour ends next week.")
    assert adopted([CUP, CUP, text], [0, 0, -1]) == [0, 0, -1]


def test_names_of_two_stories_say_nothing() -> None:
    assert adopted([CUP, CUP, CUP, CUP, SCORER], [0, 0, 1, 1, -1]) == [0, 0, 1, 1, -1]


def test_one_sentence_has_too_few_names() -> None:
    assert adopted([CUP, CUP, (" ".join(SCORER),)], [0, 0, -1]) == [0, 0, -1]

"""Phrases in their context, with an encoder whose token states can be read: a token is one character."""

from collections.abc import Sequence

import numpy as np

from alt_pipelines.embedding.contexts import MOST_WINDOWS, PARTS, WINDOW, contexts, reader_of
from alt_pipelines.embedding.hashing import HashingEmbedder
from alt_pipelines.embedding.unigram import Pieces

SIZE = 2


class Characters:
    """Each character is a token; its state is its code, and 1."""

    dimension = SIZE
    phrase_layers = "of characters"

    def __init__(self) -> None:
        self.windows: list[int] = []

    def pieces(self, text: str) -> Pieces:
        return Pieces(text, [ord(c) for c in text], list(range(len(text))), str)

    def phrase_states(self, sequences: Sequence[Sequence[int]]) -> list[np.ndarray]:
        self.windows += [len(sequence) for sequence in sequences]
        return [np.array([[code, 1] for code in sequence], np.float32) for sequence in sequences]


def codes(vector: np.ndarray) -> list[float]:
    """The codes of a vector's parts: mean, first, last, before, after."""
    return [float(code) for code in vector[1:].reshape(PARTS, SIZE)[:, 0]]


def test_a_vector_has_the_phrase_its_ends_and_its_neighbours() -> None:
    (vectors,) = contexts(Characters(), ["xabcy"], [["abc"]])
    assert vectors.shape == (1, 1 + PARTS * SIZE)
    assert vectors[0, 0] == 0
    assert codes(vectors[0]) == [ord("b"), ord("a"), ord("c"), ord("x"), ord("y")]


def test_occurrences_are_averaged() -> None:
    (vectors,) = contexts(Characters(), ["babdad"], [["a"]])
    assert codes(vectors[0]) == [ord("a")] * 3 + [(ord("b") + ord("d")) / 2, (ord("b") + ord("d")) / 2]


def test_occurrences_inside_other_words_count_only_where_there_are_no_others() -> None:
    inside, whole, alone = (
        codes(contexts(Characters(), [text], [["a"]])[0][0])[3:] for text in ("xay", "xay▁a▁", "x.a.y")
    )
    assert inside == [ord("x"), ord("y")]
    assert whole == [ord("▁")] * 2
    assert alone == [ord(".")] * 2


def test_a_vowel_sign_goes_on_with_a_word() -> None:
    (vectors,) = contexts(Characters(), ["नदी▁नद▁पार"], [["नद"]])
    assert codes(vectors[0])[3:] == [ord("▁")] * 2


def test_in_scripts_without_spaces_occurrences_between_signs_are_not_preferred() -> None:
    (vectors,) = contexts(Characters(), ["東京都、京都。"], [["京都"]])
    assert codes(vectors[0])[3:] == [(ord("東") + ord("、")) / 2, (ord("、") + ord("。")) / 2]


def test_the_end_of_a_line_is_not_read_as_a_space() -> None:
    reader = Characters()
    reader.pieces = lambda text: texts.append(text) or Characters.pieces(reader, text)  # type: ignore[method-assign]
    texts: list[str] = []
    contexts(reader, ["Menu\nPlum cake\nLemon tart"], [["Plum cake"]])
    assert texts == ["Menu | Plum cake | Lemon tart"]


def test_at_the_ends_of_a_text_the_mean_of_all_tokens_stands_for_a_neighbour() -> None:
    (vectors,) = contexts(Characters(), ["ac"], [["ac"]])
    assert codes(vectors[0])[3:] == [ord("b"), ord("b")]


def test_a_phrase_that_the_text_does_not_have_is_marked() -> None:
    (vectors,) = contexts(Characters(), ["ac"], [["z", ""]])
    assert vectors[:, 0].tolist() == [1, 1]
    assert codes(vectors[0]) == [ord("b")] * PARTS


def test_of_a_long_text_only_the_windows_of_the_first_phrases_are_read() -> None:
    reader = Characters()
    marks = "abcdef"
    text = "".join(mark + "." * (WINDOW - 1) for mark in marks)
    (vectors,) = contexts(reader, [text], [list("fedcba")])
    assert reader.windows == [WINDOW] * MOST_WINDOWS
    assert vectors[:, 0].tolist() == [0] * MOST_WINDOWS + [1] * (len(marks) - MOST_WINDOWS)


def test_a_long_text_without_any_of_the_phrases_is_not_read() -> None:
    reader = Characters()
    (vectors,) = contexts(reader, ["." * (WINDOW * MOST_WINDOWS + 1)], [["a"]])
    assert reader.windows == []
    assert vectors[0].tolist() == [1] + [0] * PARTS * SIZE


def test_a_phrase_across_two_windows_is_read_where_both_are() -> None:
    (vectors,) = contexts(Characters(), ["." * (WINDOW - 1) + "abcd"], [["bc"]])
    assert codes(vectors[0])[1:] == [ord("b"), ord("c"), ord("a"), ord("d")]
    long = "." * (WINDOW - 2) + "abcd" + "." * WINDOW * MOST_WINDOWS
    (vectors,) = contexts(Characters(), [long], [["bc"]])
    assert vectors[0, 0] == 1, "only the window in which the phrase begins is read"


def test_texts_are_read_in_groups_with_the_same_vectors() -> None:
    class Groups(Characters):
        def phrase_states(self, sequences: Sequence[Sequence[int]]) -> list[np.ndarray]:
            most.append(len(sequences))
            return super().phrase_states(sequences)

    most: list[int] = []
    texts = [f"x{chr(ord('一') + number)}y" for number in range(50)]
    together = contexts(Groups(), texts, [[text[1]] for text in texts])
    assert sum(most) == 50
    assert max(most) < 50, "the states of all texts of a batch would take up to 1.5 MB each"
    assert [codes(vectors[0])[1] for vectors in together] == [ord(text[1]) for text in texts]


def test_texts_without_phrases_or_characters_have_no_vectors() -> None:
    found = contexts(Characters(), ["", "abc"], [["a"], []])
    assert [vectors.shape for vectors in found] == [(1, 1 + PARTS * SIZE), (0, 1 + PARTS * SIZE)]
    assert found[0][0, 0] == 1


def test_other_encoders_are_no_readers() -> None:
    assert reader_of(HashingEmbedder()) is None
    reader = Characters()
    assert reader_of(reader) is reader

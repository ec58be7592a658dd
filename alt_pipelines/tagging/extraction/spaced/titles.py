"""Romance, Dutch and Polish titles of works in quotation marks, whole: la novela «La sal tarda»  ->  La sal tarda.

What is between quotation marks begins with a capital and is not speech: it continues a sentence, or is an item of a
list or programme and has no verb ("20.30: «Mar de otoño»"; "«Faros del norte», Inés Lara"), or the body has what the
headline quotes, without quotation marks. Its words are not phrases of their own there.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from alt_pipelines.tagging.extraction.features import LONGEST_SPACED_NAME, Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article, Part, Words, words_of
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading, stretch
from alt_pipelines.tagging.extraction.spaced.tokens import Token, quotation_marks, quotations
from alt_pipelines.tagging.extraction.spaced.verbs import reads_as_verb
from alt_pipelines.tagging.extraction.words.verbs import is_verb
from alt_pipelines.text.stopwords import word_set

_MARKS = quotation_marks("«“„\"‘'")
# Personal pronouns and negations, which speech has: « Nous restons ici », «No nos vamos».
_SPEECH = {
    "fr": word_set("je j' j’ tu il ils elle elles on nous vous ne n' n’ me m' m’ te t' t’ se s' s’ rien c' c’ ça"),
    "es": word_set(
        "yo tú él ella ellos ellas nosotros nosotras vosotros vosotras usted ustedes no nos os me te se nunca nada"
    ),
    "pt": word_set("eu tu ele ela eles elas nós vós você vocês não me te se lhe lhes nos vos nunca nada"),
    "it": word_set("io tu lui lei noi voi loro non ci vi mi ti si mai niente"),
    "nl": word_set("ik jij je hij zij ze wij we jullie u niet nooit niets mij me ons hem hen hun"),
    "pl": word_set("ja ty my wy oni nie się mnie nas was"),
}
_SHORTEST = 2  # words
_BEFORE_ITEMS = frozenset({"\n", ":", "-", "–", "—", "•", "·", "|", ")"})
_AFTER_ITEMS = frozenset({",", "(", "-", "–", "—", "|", "·", "/"})


def with_titles(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the titles of several words, and without the parts of these titles."""
    return article.with_sequences(article.with_pieces(phrases, _titles), frozenset(_written_again(article)))


def _written_again(article: Article) -> Iterator[Words]:
    """Yield the titles that the headline quotes and that the body has without a quotation mark before them."""
    body = article.body.tokens
    quoted = {words_of(article.title.tokens, *span) for span in _quoted(article)}
    if not quoted:
        return
    sizes = {words[:_SHORTEST]: len(words) for words in sorted(quoted, key=len)}
    for start, (one, two) in enumerate(pairwise(body)):
        words = words_of(body, start, start + sizes.get((one.text, two.text), 0))
        if words in quoted and (start == 0 or body[start - 1].text not in _MARKS):
            yield words


def _quoted(article: Article) -> Iterator[tuple[int, int]]:
    """Yield where the words begin and end that the headline quotes and that are not speech: they have no verb."""
    headline, reading = article.title.tokens, article.reading
    for at, end in quotations(headline, _MARKS, LONGEST_SPACED_NAME):
        if end <= at + _SHORTEST or not headline[at + 1].text[0].isupper():
            continue
        if not any(_is_spoken(headline, one, reading) for one in range(at + 1, end)):
            yield at + 1, end


def _is_spoken(tokens: list[Token], at: int, reading: Reading) -> bool:
    """Whether a word is one of speech, or in lower case a verb, or a function word that joins no names."""
    word = tokens[at].text
    if word.lower() in _SPEECH.get(reading.code, ()):
        return True
    if not word.islower() or word in reading.row.links or word in reading.row.articles:
        return False
    return word in reading.stop or is_verb(word, reading.code) or reads_as_verb(tokens, at, reading)


def _titles(part: Part, reading: Reading) -> Iterator[list[Placed]]:
    """Yield the titles of a part, without their quotation marks."""
    tokens = part.tokens
    found = [*quotations(tokens, _MARKS, LONGEST_SPACED_NAME)] if any(mark in part.text for mark in _MARKS) else []
    numbered = _in_numbered_lines(tokens) if found else []
    for at, end in found:
        if end <= at + 2 or not tokens[at + 1].text[0].isupper():
            continue
        named = _continues(part, at)
        if named or _is_item(part, at, end, reading, numbered=numbered[at]):
            yield stretch(tokens, at + 1, end)


def _in_numbered_lines(tokens: Sequence[Token]) -> list[bool]:
    """Return for each token whether its line begins with a number or time."""
    numbered: list[bool] = []
    for at, token in enumerate(tokens):
        begins = at == 0 or tokens[at - 1].text[0] == "\n"
        numbered.append(token.text[0].isdigit() if begins else numbered[-1])
    return numbered


def _continues(part: Part, at: int) -> bool:
    """Whether a quotation mark is after a word or a comma of its sentence, with a space."""
    if not at:
        return False
    before = part.tokens[at - 1]
    return (before.text[-1].isalpha() or before.text == ",") and before.end < part.tokens[at].start


def _is_item(part: Part, at: int, end: int, reading: Reading, *, numbered: bool) -> bool:
    """Whether what is between two quotation marks, and has no verb, is an item of a list or programme.

    More follows it after a comma or in brackets, unless its line begins with a time.
    """
    tokens = part.tokens
    before = tokens[at - 1].text if at else "\n"
    if before[0] != "\n" and before not in _BEFORE_ITEMS and not (numbered and before[0].isdigit()):
        return False
    follows = tokens[end + 1].text if end + 1 < len(tokens) else "\n"
    if follows not in _AFTER_ITEMS and not (numbered and follows[0] == "\n"):
        return False
    if any(tokens[one].text.lower() in _SPEECH.get(reading.code, ()) for one in range(at + 1, end)):
        return False
    small = reading.row.links
    inner = [one for one in range(at + 2, end) if tokens[one].text.islower() and tokens[one - 1].text not in small]
    spoken = end + 2 < len(tokens) and tokens[end + 2].text.islower() and reads_as_verb(tokens, end + 2, reading)
    return not spoken and not any(
        reads_as_verb(tokens, one, reading) for one in inner if tokens[one].text not in reading.stop
    )

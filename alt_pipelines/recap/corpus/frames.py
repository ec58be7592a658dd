"""Find sentences of one form around the text of articles: notes and bylines that differ in a word, lines with a label.

    "An earlier version of this article gave a wrong date for the vote."
    "An earlier version of this article gave a wrong name for the minister."     one key for both
    "See also: Ten gardens for the spring"
    "See also: Why ferries are late"                                             one key for both

Only sentences before and after the text of an article count, where a site puts such notes. Bulletins of one template
have sentences of one form too, but these are their text. A speaker, a country or a section is a label too: one counts
only after text without a label, and only before a few words that are neither a sentence nor a quotation. Before a whole
sentence it is its subject, so sentences with different labels are never of one form.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from alt_pipelines.recap.corpus.likeness import REPEATED
from alt_pipelines.text.scripts import CJK, UNSPACED
from alt_pipelines.text.sentences import SENTENCE_ENDS
from alt_pipelines.text.stopwords import word_set

_FIRST, _LAST = 3, 5  # sentences at the beginning and the end of an article that are compared
_SHARE = 0.6  # minimum share of a sentence's words that all sentences of its form have in common
_LEAST = 16  # minimum letters of these words; a Chinese or Japanese letter counts twice
_LONGEST = 400  # characters of a compared sentence
_LABEL = re.compile(r"([^\W\d][^:：.!?。]{1,28}[^\W_]) ?[:：] ?(?=\S)")
_LABEL_WORDS = 4
_VALUE_WORDS, _VALUE_LETTERS = 5, 40  # most of what follows a label; a Chinese or Japanese letter counts twice
_QUOTES = tuple("\"'‘’‚‛“”„‟«»‹›「」『』《》〈〉＂＇–—―-")  # a dash begins speech too
_SAYING = word_set(
    """
    said says say saying told tells added adds asked asks wrote writes stated explained replied warned announced
    sagte sagt sagten erklärte erklärt teilte mit schrieb schreibt fügte hinzu betonte betont warnte
    dit déclare déclaré affirme affirmé explique expliqué écrit ajoute ajouté
    dijo dice dijeron declaró afirmó explicó añadió señaló aseguró escribió
    disse diz disseram declarou afirmou explicou acrescentou escreveu
    detto dichiarato affermato spiegato aggiunto scritto
    zei zegt zeiden verklaarde schreef voegde toe sa säger sade skrev förklarade
    powiedział powiedziała mówi dodał dodała napisał napisała oświadczył oświadczyła
    řekl řekla říká uvedl uvedla dodal dodala napsal napsala
    сказал сказала сказали говорит заявил заявила заявили добавил добавила сообщил сообщила написал написала пишет
    сказав сказала каже заявив заявила додав додала повідомив повідомила написав написала
    dedi söyledi belirtti açıkladı ekledi katanya ujarnya berkata mengatakan
    قال قالت وقال وقالت أضاف أضافت وأضاف وأضافت گفت گفتند افزود אמר אמרה אמרו הוסיף הוסיפה कहा बोले बताया
    """
)
_TOKEN = re.compile(rf"{CJK.pattern}|[{UNSPACED}]|\d+|[^\W\d]+|[^\w\s]")

Place = tuple[int, int]  # an article and the position of a sentence in it
Tokens = tuple[str, ...]


def with_frames(keys: Sequence[Sequence[str]], articles: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the keys of each article's sentences, with one common key for the sentences of one form.

    Args:
        keys: a key for each sentence, equal for sentences that count as the same.
        articles: the sentences of each article.
    """
    out = [list(found) for found in keys]
    framed = _framed(articles)
    owners: dict[str, set[int]] = defaultdict(set)
    for article, found in enumerate(keys):
        for key in found:
            owners[key].add(article)
    for article, sentences in enumerate(articles):
        common = [len(owners[key]) >= REPEATED for key in keys[article]]
        for at in _around(article, sentences, common, framed):
            out[article][at] = framed[article, at]
    return out


def _around(article: int, sentences: Sequence[str], common: Sequence[bool], framed: dict[Place, str]) -> Iterator[int]:
    """Yield the sentences of a form before and after the text. What ends like a sentence is not before the text."""
    for order in (range(len(sentences)), range(len(sentences) - 1, -1, -1)):
        for at in order:
            if (article, at) in framed and (order.step < 0 or not sentences[at].endswith(SENTENCE_ENDS)):
                if not common[at]:
                    yield at
            elif not common[at]:
                break


def word_tokens(text: str) -> list[str]:
    """Return the words, signs and single Chinese, Japanese or Thai letters of a text in lower case; a number is "0"."""
    return ["0" if token[0].isdigit() else token for token in _TOKEN.findall(text.casefold())]


def _framed(articles: Sequence[Sequence[str]]) -> dict[Place, str]:
    """Return the key of each sentence whose form or label three or more articles share."""
    if len(articles) < REPEATED:
        return {}
    places = [
        (article, at)
        for article, sentences in enumerate(articles)
        for at in sorted({*range(len(sentences))[:_FIRST], *range(len(sentences))[-_LAST:]})
        if len(sentences[at]) <= _LONGEST and not _is_speech(sentences[at])
    ]
    found: dict[Place, str] = {}
    labelled: dict[str, list[Place]] = defaultdict(list)
    begins = [_text_begins(sentences) for sentences in articles]
    for article, at in places:
        label = _label(articles[article][at]) if at > begins[article] else ""
        if label:
            labelled[label].append((article, at))
    for number, form in enumerate([*_forms(places, articles), *labelled.values()]):
        if len({article for article, _ in form}) >= REPEATED:
            found.update({place: f"\x00{number}" for place in form if place not in found})
    return found


def _text_begins(sentences: Sequence[str]) -> int:
    """Return the position of an article's first sentence without a label."""
    return next((at for at, sentence in enumerate(sentences) if not _LABEL.match(sentence)), len(sentences))


def _is_speech(sentence: str) -> bool:
    """Whether a sentence begins with a quotation, or has one or a verb of saying at its colon."""
    label = _LABEL.match(sentence)
    if not label:
        return sentence.startswith(_QUOTES)
    return label[1].casefold().split()[-1] in _SAYING or sentence.startswith(_QUOTES, label.end())


def _label(line: str) -> str:
    """Return the label of a line that has a few words after it; an empty string if there is none."""
    label = _LABEL.match(line)
    if not label:
        return ""
    words, value = label[1].casefold().split(), line[label.end() :].strip()
    short = len(value.split()) <= _VALUE_WORDS and len(value) + len(CJK.findall(value)) <= _VALUE_LETTERS
    return " ".join(words) if short and len(words) <= _LABEL_WORDS and not _ends_sentence(value) else ""


def _sentence_label(sentence: str) -> str:
    """Return the label of a whole sentence, whose subject it is (Ferry: Officials began an inquiry.); else ""."""
    label = _LABEL.match(sentence)
    return label[1] if label and _ends_sentence(sentence[label.end() :]) else ""


def _ends_sentence(value: str) -> bool:
    """Whether a text ends like a sentence, perhaps before a closing quotation mark or bracket."""
    return value.rstrip("".join(_QUOTES) + ")]） ").endswith(SENTENCE_ENDS)


def _forms(places: Sequence[Place], articles: Sequence[Sequence[str]]) -> list[list[Place]]:
    """Return the groups of sentences that begin and end with the same words: three neighbours in order must agree.

    Each is compared as its label and its words.
    """
    sentences: dict[Tokens, list[Place]] = defaultdict(list)
    for article, at in places:
        text = articles[article][at]
        sentences[_sentence_label(text.casefold()), *word_tokens(text)].append((article, at))
    parent = {tokens: tokens for tokens in sentences}

    def root(tokens: Tokens) -> Tokens:
        while parent[tokens] != tokens:
            parent[tokens] = parent[parent[tokens]]
            tokens = parent[tokens]
        return tokens

    for order in (sorted(sentences), sorted(sentences, key=lambda tokens: tokens[::-1])):
        for one, other in pairwise(order):
            if _alike(one, other):
                parent[root(other)] = root(one)
    groups: dict[Tokens, list[Place]] = defaultdict(list)
    for tokens, own in sentences.items():
        groups[root(tokens)] += own
    return list(groups.values())


def _alike(one: Tokens, other: Tokens) -> bool:
    """Whether two sentences have the same label and most of their words in common, from both ends."""
    if one[0] != other[0]:
        return False
    one, other = one[1:], other[1:]
    shorter = min(len(one), len(other))
    if shorter == 0 or (one[0] != other[0] and one[-1] != other[-1]):
        return False
    start = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    end = next((at for at in range(shorter - start) if one[-1 - at] != other[-1 - at]), shorter - start)
    if start + end < _SHARE * max(len(one), len(other)):
        return False
    common = one[:start] + one[len(one) - end :]
    return sum(2 * len(t) if CJK.match(t) else len(t) for t in common if t[0].isalpha()) >= _LEAST

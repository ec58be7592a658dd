"""Romance bodies whose name goes on after "and" or "for": Ministerio de Transportes y Movilidad Sostenible.

A common noun with a capital inside a sentence begins the name of a body. What follows the small words has a capital
and is a common noun too, so that two bodies (la Universidad de Jaén y Iberdrola) and two places stay apart. A name in
lower case goes on in lower case after "for", if the body is of a kind that is founded for a purpose (Istituto
regionale per la pesca, but not Ospedale civile | per gli accertamenti), and after "and" if "of" is repeated (Office
national de la montagne et de la neige).
"""

from collections.abc import Sequence

from alt_pipelines.tagging.extraction.features import LONGEST_SPACED_NAME, Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.tagging.extraction.words.verbs import is_word
from alt_pipelines.text.stopwords import word_set

_AND = frozenset({"y", "e", "et"})
_FOR = frozenset({"para", "per", "pour"})
_MOST_SMALL = 3  # small words: et de la
# Kinds of bodies that are named by their purpose.
_WITH_PURPOSE = word_set(
    """
    institut agence centre office bureau commission comité fondation banque fonds autorité département service
    consortium association fédération ligue union observatoire programme
    groupement syndicat entente
    istituto agenzia centro ufficio commissione comitato fondazione banca fondo autorità dipartimento servizio consorzio
    associazione federazione lega unione osservatorio programma
    instituto agencia oficina comisión comité fundación banco fondo autoridad departamento servicio consorcio asociación
    federación liga unión observatorio programa
    agência escritório comissão comitê fundação fundo autoridade serviço consórcio associação federação união
    observatório
    """
)
# Words with which names of towns and bays begin, and no body's: Mar del Plata, Ponte da Barca.
_OF_PLACES = word_set(
    """
    mar mare mer bahía baía baia baie playa praia spiaggia plage puerto porto port cabo capo cap isla ilha isola île
    villa vila ville puebla póvoa pobla aldea aldeia castillo castelo castello château torre tour puente ponte pont
    fuente fonte fontana fontaine pozo poço pozzo monte mont cerro serra sierra peña penha pico valle vale val campo
    laguna lagoa lago lac río rio rivière foz boca barra ribera ribeira riva rive taglio arroyo
    """
)


def with_continued(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the names of bodies in full, in place of their two parts."""
    starts = {phrase.start: phrase for phrase in phrases}
    rests = {phrase.start: rest for phrase in phrases if (rest := _rest(phrase, starts, article))}
    if not rests:
        return phrases
    inside = {rest.start for rest in rests.values()}
    kept = [phrase for phrase in phrases if phrase.start not in inside]
    return [
        _phrase(phrase.start, rest.start + len(rest.words), article) if (rest := rests.get(phrase.start)) else phrase
        for phrase in kept
    ]


def _rest(phrase: Phrase, starts: dict[int, Phrase], article: Article) -> Phrase | None:
    """Return the phrase that the name of a body goes on with; None for other phrases."""
    end = phrase.start + len(phrase.words)
    tokens = article.tokens
    if (
        end + 1 >= len(tokens)
        or not (tokens[end].text in _AND or tokens[end].text in _FOR)
        or not _is_body(phrase, article)
    ):
        return None
    low = phrase.words[-1].strip(" '’").islower()
    if low and tokens[end].text in _AND and tokens[end + 1].text not in article.row.links:
        return None
    if low and tokens[end].text in _FOR and phrase.words[0].lower() not in _WITH_PURPOSE:
        return None
    small = article.row.links | article.row.articles
    after = end + 1
    while after < min(len(tokens), end + _MOST_SMALL) and tokens[after].text in small:
        after += 1
    rest = starts.get(after)
    if rest is None or not (_is_low(rest, article) if low else _is_common(tokens[after], article.reading.code)):
        return None
    return rest if after + len(rest.words) - phrase.start <= LONGEST_SPACED_NAME else None


def _is_body(phrase: Phrase, article: Article) -> bool:
    """Whether a phrase is a body: a common noun with a capital inside a sentence, before a small word and a capital.

    In place of these, all its other words may be in lower case.
    """
    if phrase.words[0].lower() in _OF_PLACES:
        return False
    words = [word.strip() for word in phrase.words]
    linked = any(word in article.row.links for word in words) and words[-1][0].isupper()
    low = len(words) > 1 and all(map(str.islower, words[1:]))
    return (linked or low) and _is_common(article.tokens[phrase.start], article.reading.code)


def _is_low(phrase: Phrase, article: Article) -> bool:
    """Whether a phrase begins with a common noun in lower case."""
    return phrase.words[0].islower() and is_word(phrase.words[0], article.reading.code)


def _is_common(token: Token, code: str) -> bool:
    return token.text.istitle() and not token.opens and is_word(token.text.lower(), code)


def _phrase(first: int, last: int, article: Article) -> Phrase:
    part = article.title if first < article.body.first else article.body
    piece = [Placed(part.tokens[at - part.first], at - part.first, link=False) for at in range(first, last)]
    return article.phrase(piece, part)

"""Written Cantonese: its particles, pronouns and commonest verbs, which the segmenter's dictionary of Mandarin lacks.

    segmented("居民等咗北環綫二十年")  ->  居民/n 等/v 咗/ul 北環綫 ..., and not 咗北|環綫

A text is read so only if it has a character that Mandarin does not write.
"""

import re

from alt_pipelines.tagging.extraction.chinese.words import shifted
from alt_pipelines.text.language import CANTONESE
from alt_pipelines.text.segmentation import Word, chinese

_PRONOUNS = "[佢我你]哋|佢|嗰[個啲度陣]?|呢[個啲度陣]|啲|嘢|乜嘢?|咩|點解|點樣|邊[個度]"
_ADVERBS = "唔[好使係會該知到]?|未曾|冇|咁樣?|噉樣?|仲[有係要會]?|好[多耐似]|同埋|但係|即係|定係|淨係|硬係"
_TIMES = "而家|依家|[尋琴噚]日|聽日|今[日朝晚]|[尋琴噚]晚|成[日個]|嗰陣時?"
# 話 is the verb "say", except at the end or the beginning of nouns that Mandarin has too: 電話, 話題.
_SAY = "(?<![電說講對神笑童談東通白官傳佳訓情壞廢粗家])話(?![題劇筒語費事])"
_VERBS = f"[嚟攞睇瞓諗畀俾嗌攰啱]|[返過入出落上][去嚟]|(?<!關)係(?!數)|{_SAY}"
_ENDINGS = "[㗎噃喎囉嘞嘥咋吖嘛]"
_TAGS = {"aspect": "ul", "of": "uj", "at": "p", "pronoun": "r", "adverb": "d", "time": "t", "verb": "v", "ending": "y"}
_GRAMMAR = re.compile(
    f"(?P<aspect>咗)|(?P<of>嘅)|(?P<at>喺)|(?P<time>{_TIMES})|(?P<pronoun>{_PRONOUNS})|(?P<adverb>{_ADVERBS})"
    f"|(?P<verb>{_VERBS})|(?P<ending>{_ENDINGS})"
)


def segmented(text: str) -> list[Word]:
    """Return the segmenter's words, and those of Cantonese grammar as words of their own. Linear in the length."""
    if not CANTONESE.search(text):
        return chinese(text)
    out: list[Word] = []
    at = 0
    for match in _GRAMMAR.finditer(text):
        out += shifted(text[at : match.start()], at)
        out.append(Word(match.group(), match.start(), _TAGS[match.lastgroup or "ending"]))
        at = match.end()
    return [*out, *shifted(text[at:], at)]

"""Removes lines below an article in which its author introduces herself, or the site introduces the author.

    without_self_introductions("", [one, two, "Hi, I'm Ada Holm and this is my garden diary."])     ->  [one, two, ""]
    without_self_introductions("", [one, two, "The author of this post is Ada Holm, our baker."])   ->  [one, two, ""]

A line goes only from the second half of a text, and only if the rest does not mention the person. Linear time.
Out of scope: notes that name an occupation (``author_notes``), and labels with nothing but a name (``makers``).
"""

import re
import unicodedata
from collections.abc import Sequence

from alt_pipelines.text.sentences import SENTENCE_ENDS
from alt_pipelines.text.stopwords import NAME_PARTICLE

_PART = r"[^\W\d_a-zß-öø-ÿа-яёіїєґα-ωάέήίόύώ][\w'’-]{1,30}"
_NAME = rf"{_PART}(?: (?:{NAME_PARTICLE}|{_PART})){{0,3}}"
_HELLO = [
    "hi|hello|hey|hallo|moin|servus|bonjour|salut|coucou|¡?hola!?|ol[áa]|ciao|hoi|hej|hei|heisann|moi|cześć|ahoj|szia"
    "|sziasztok|bun[ăa]|привет|привіт|здравей(?:те)?|γεια(?: σας| σου)?|merhaba|selam|halo|xin chào|bok|pozdrav|živjo",
]
_I_AM = [
    "i['’]m|i am|my name is|ich bin|ich heiße|mein name ist|je suis|moi,? c['’]est|je m['’]appelle|(?:yo )?soy|me llamo"
    "|(?:eu )?sou|(?:io )?sono|mi chiamo|ik ben|mijn naam is|jag (?:heter|är)|mitt namn är|jeg (?:heter|er|hedder)"
    "|(?:minä )?olen|nimeni on|jestem|nazywam się|jsem|jmenuji se|volám sa|som|vagyok|a nevem|(?:eu )?sunt|mă numesc"
    "|меня зовут|я|мене звати|казвам се|аз съм|είμαι (?:η|ο)|με λένε|ben|adım|(?:nama )?saya|(?:tôi|mình) là"
    "|ja sam|zovem se|sem",
]
_AUTHOR_OF_THIS = [
    "(?:the )?author of this (?:post|article|piece|text|story) (?:is|was)|this (?:post|article|piece) was written by",
    "(?:die |der )?autor(?:in)? (?:dieses|des) (?:artikels|beitrags|textes) ist",
    "diese[rn]? (?:artikel|beitrag|text) (?:stammt von|schrieb|wurde (?:verfasst|geschrieben) von)",
    "de (?:auteur|schrijver) van dit (?:artikel|stuk|bericht) is|dit (?:artikel|stuk) is geschreven door",
    "l['’]auteure? de (?:cet article|ce texte|ce billet) est|cet article a été (?:écrit|rédigé) par",
    "(?:el autor|la autora) de (?:este (?:artículo|texto|post)|esta entrada) es",
    "(?:o autor|a autora) deste (?:artigo|texto|post) é"
    "|l['’]autor(?:e|a|rice)? (?:di|d['’]) ?(?:questo|aquest) (?:articolo|post|testo|article|text) [èé]s?",
    "autor(?:em|ką) (?:tego |niniejszego )?(?:wpisu|tekstu|artykułu) jest"
    "|autor(?:em|kou|om) (?:tohoto |tohto )?(?:článku|textu|príspevku|příspěvku) (?:je|byla?)",
    "(?:författare|forfatter) (?:till|til|av|af) (?:den här |denne )?(?:artikeln|texten|artiklen|artikkelen|teksten)"
    " (?:är|er)|(?:autorul|autoarea) (?:acestui )?articol(?:ului)? este",
    "автор(?:ка)? (?:этой |этого |цієї |цього |на )?(?:статьи|материала|текста|поста|статті|матеріалу|тексту|дописи"
    "|статията|текста) ?(?:—|–|-|:|е) ?",
    "bu (?:yazının|makalenin|haberin) yazarı ?:?|penulis artikel ini (?:adalah|ialah)",
    "tác giả bài viết(?: này)? (?:là|:)",
]
_ABOUT = [
    "about (?:the|our) author|über (?:den autor|die autorin)|over de auteur|à propos de l['’]auteure?",
    "sobre (?:el|la) autora?|sobre [oa] autora?|sobre l['’]autora?|(?:informazioni )?sull['’]autor(?:e|rice)",
    "om (?:författaren|forfatteren|skribenten)|kirjoittajasta|(?:o|og) autor(?:ze|ce|ovi|ke)|a szerzőről|despre autor",
    "об авторе|про автор(?:а|ку)|за автора|σχετικά με (?:τον|τη) συγγραφέα|yazar hakkında|tentang penulis|về tác giả",
    "عن الكاتبة?|על (?:המחבר|הכותב)ת?",
    "लेखक के बारे में|この記事を書いた人|(?:著者|筆者|執筆者|ライター)(?:プロフィール|紹介)",
    "(?:글쓴이|저자|필자) 소개|(?:关于)?作者(?:简介|介绍)|(?:關於)?作者(?:簡介|介紹)",
]


def _any(words: Sequence[str]) -> str:
    return unicodedata.normalize("NFKC", "|".join(words))


_INTRODUCTION = re.compile(
    rf"(?:(?i:{_any(_HELLO)})[,!.]? (?i:{_any(_I_AM)}) |(?i:{_any(_AUTHOR_OF_THIS)}) ?"
    rf"|(?P<about>(?i:{_any(_ABOUT)})) ?: ?)(?P<name>{_NAME})?"
)
_LONGEST = 250
_FEWEST_PARAGRAPHS = 2
_SHORTEST_PARAGRAPH = 60
_QUOTES = "\"“”„«»‹›'‘’「『"


def without_self_introductions(title: str, lines: Sequence[str]) -> list[str]:
    """Return the same lines, "" for the introductions of the author in their second half."""
    out = list(lines)
    paragraphs = [at for at, line in enumerate(out) if _is_paragraph(line)]
    if len(paragraphs) < _FEWEST_PARAGRAPHS:
        return out
    for at in range(paragraphs[1] + 1, len(out)):
        found = _INTRODUCTION.match(out[at]) if len(out[at]) <= _LONGEST else None
        if found is None or (found["name"] is None and found["about"] is None) or 2 * at < len(out):
            continue
        surname = [word for word in (found["name"] or "").split() if not word.islower()][-1:]
        if not any(word in other for word in surname for other in (title, *lines[:at], *lines[at + 1 :])):
            out[at] = ""
    return out


def _is_paragraph(line: str) -> bool:
    return len(line) >= _SHORTEST_PARAGRAPH and line.rstrip(_QUOTES + ")]").endswith(SENTENCE_ENDS)

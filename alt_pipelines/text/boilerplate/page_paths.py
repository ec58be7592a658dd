"""Paths from a site's first page to an article, in every language: "Inicio / Recetas / Cuchara".

    leads_from_home("You are here: News / Ferries")  ->  True
    leads_from_home("Start / Ziel / Dauer")          ->  False

Paths with arrows whose first step is another are recognised in ``page_heads``, by their position above the text.
"""

import re
import unicodedata

# What sites call their first page, in lower case; but not "Start", where a hike begins too, nor "Hem", also a name.
_HOME = """
home, homepage, startseite, zur startseite, startpagina, voorpagina, accueil, inicio, portada, início, página inicial,
inici, pagina iniziale, acasă, prima pagină, startsida, startsidan, hjem, forside, forsiden, etusivu, forsíða, avaleht,
esileht, sākums, sākumlapa, pradžia, titulinis, strona główna, główna, domů, úvod, úvodní stránka, hlavní stránka,
domov, úvodná stránka, kezdőlap, főoldal, címlap, naslovnica, naslovna, početna, početna stranica, начало,
начална страница, главная, главная страница, головна, почетна, насловна, αρχική, αρχική σελίδα, ana sayfa, anasayfa,
beranda, laman utama, trang chủ, หน้าแรก, トップ, トップページ, ホーム, 홈, 처음으로, 首页, 首頁, الرئيسية,
الصفحة الرئيسية, خانه, صفحه اصلی, דף הבית, עמוד הבית, होम, मुख्य पृष्ठ, হোম, মূলপাতা, முகப்பு
"""
_HOMES = frozenset(unicodedata.normalize("NFKC", " ".join(word.split())) for word in _HOME.split(","))
_YOU_ARE_HERE = [
    "you are here|sie sind hier|du bist hier|je bent hier|u bent hier|vous êtes ici|estás? (?:aquí|en)|está usted aquí",
    "você está (?:aqui|em)|(?:ti trovi|sei) (?:qui|in)|ets aquí|sunteți aici|du är här|du er her|olet tässä|þú ert hér",
    "asud siin|jūs esat šeit|jūs esate čia|jesteś tutaj|nacházíte se(?: zde)?|nachádzate sa(?: tu)?|ön itt (?:áll|jár)",
    "nahajate se tukaj|nalazite se ovdje|вы здесь|вы находитесь здесь|ви тут|вие сте тук|βρίσκεστε εδώ|buradasınız",
    "anda di sini|bạn đang ở đây|現在地|현재 위치|(?:当前|您的|您現在的|目前)位置|أنت هنا|شما اینجا هستید|אתם כאן",
]
_HERE = re.compile(rf"(?:{unicodedata.normalize('NFKC', '|'.join(_YOU_ARE_HERE))}) ?: ?", re.IGNORECASE)
_STEP = re.compile(" ?[>»›→/|·•<«‹] ?| [-–—] ")
_ARROW = re.compile("[>»›→]")
_FEWEST_STEPS = 3  # "Home / Away" is a match
_LONGEST_STEP = 40  # characters
_LONGEST = 120


def leads_from_home(line: str) -> bool:
    """Whether a line is such a path: it begins with the first page or says that the reader is here."""
    if len(line) > _LONGEST:
        return False
    here = _HERE.match(line)
    steps = [step.strip() for step in _STEP.split(line[here.end() :] if here else line)]
    if not here and (steps[0].casefold() not in _HOMES or line[-1] in ".!?"):
        return False
    fewest = 2 if here or _ARROW.search(line) else _FEWEST_STEPS
    return len(steps) >= fewest and all(0 < len(step) <= _LONGEST_STEP and not step[0].islower() for step in steps)

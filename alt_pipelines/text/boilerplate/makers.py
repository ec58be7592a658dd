"""Removes the lines that name who made an article: its author, its editor, the agencies that it is from.

    without_makers("", ["Uwe Sander | Staff reporter", article, "Le Quotidien avec AFP"])  ->  ["", article, ""]
    without_makers("", [article, "AFP denied the report on Monday."])                       ->  unchanged

Such a line stands before the text or at its end and consists of names, with a label or an agency. An author whom the
article mentions elsewhere is its subject and stays, and so does a label among other fields, as of a book or a film.
``credit_lines`` has credits of pictures and contacts, ``datelines`` those before a text; ``author_notes`` what is
said about an author.
"""

import re
import unicodedata
from collections.abc import Sequence

from alt_pipelines.text.boilerplate.consent_notes import without_consent_notes
from alt_pipelines.text.boilerplate.field_labels import is_pointer
from alt_pipelines.text.boilerplate.invitations import without_invitations
from alt_pipelines.text.boilerplate.offers import without_offers
from alt_pipelines.text.boilerplate.reader_notes import without_reader_notes
from alt_pipelines.text.boilerplate.services import AGENCY
from alt_pipelines.text.scripts import HAN, HIRAGANA
from alt_pipelines.text.sentences import SENTENCE_ENDS
from alt_pipelines.text.stopwords import NAME_PARTICLES, word_set

_AND = r"(?: ?[,/|&+·•、・] ?|,? (?:and|und|et|y|e|en|och|og|i|a|și|и|та|και|ve|و|और|dan|và) )"
_WITH = (
    r"(?:(?:with|avec|mit|con|com|met|med|z|s|με|from|via|by|nach|according to|source|theo)"
    r"(?: (?:reports?|files|information|material(?:ien)?|informaci[oó]n(?:es)?|informações|informazioni|les? agences?"
    r"|πληροφορίες)(?: (?:from|by|von|der|de|d[aoe]|di|από))?)?"
    r"|по (?:материалам|информации|данным|сообщению)|за (?:матеріалами|інформацією|даними)|وكالة|نقلا عن|به نقل از)"
)
_AGENCIES = rf"(?:{AGENCY})(?:{_AND}(?:{AGENCY})){{0,3}}"
# Agencies that are the whole line: "AFP", "(Reuters, AP)", "— ANSA", "Mit Material von dpa".
_WHOLE = re.compile(rf"[-–—]{{0,2}} ?[(\[/]?(?:(?i:{_WITH}) )?{_AGENCIES}[)\]/]?\.?")
# After the names of a paper or of an author: "Le Quotidien avec AFP", "Redacción / EFE", "Lucía Marqués (EFE)".
_LAST_AGENCIES = re.compile(
    rf"(?: ?[/|·•(,–—-] ?(?:(?i:{_WITH}) )?|,? (?i:{_WITH}) |{_AND})(?<![^\W\d_]){_AGENCIES}\)?$"
)
# The last characters of a text that such agencies may end; a cheap test, because few texts have them.
_LAST_OF_AGENCIES = frozenset({")", *(name[-1] for name in AGENCY.split("|"))})
# The same after the last sentence of a paragraph: "..., said the mayor. (رويترز)", "... am Montag. — dpa".
_CLOSING_AGENCIES = re.compile(
    rf"(?<=[.!?…。؟।۔»”\"]) ?(?:\((?:(?i:{_WITH}) )?{_AGENCIES}\)|[-–—]{{1,2}} ?{_AGENCIES}|/{_AGENCIES}/)$"
)
# Kinds of work before the name of who did it. Those of the first list have a colon or the like, those of the second
# have none.
_LABELS = unicodedata.normalize(
    "NFKC",
    r"text|words|story|author|reporter|reporting|editor|editing|written by|edited by|reported by|compiled by"
    r"|interview(?:er)?|autor(?:in|en|a|e|es|i|ka|ki)?|redaktion|redaktör|redaktor|redakteur(?:in)?|bericht|protokoll"
    r"|texte|auteure?s?|reportage|texto|reportagem|edição|edición|redacción|redação|redazione|testo|testi|autrice"
    r"|tekst|auteurs?|redactie|door|skribent|tekijä|teksti|toimittaja|kirjoittaja|opracowanie|oprac\.|szöveg|szerző"
    r"|írta|текст|авторы?|автор(?:ка|и)|корреспондент|редактор|беседовала?|подготовила?|кореспондент(?:ка)?"
    r"|κείμενο|συντάκτης|ρεπορτάζ|haber|yazan|yazar|editör|muhabir|metin"
    r"|كتبت?|إعداد|تحرير|بقلم|المحرر|نویسنده|خبرنگار|گزارشگر|تهیه و تنظیم|מאת|כתב(?:ה|ת)?|עריכה"
    # is, et, lv, lt, sl, hr, sr, bg, ro, ca
    r"|höfundur|texti|blaðamaður|frétt|toimetaja|teksti autor|artikli autor|(?:teksta )?autors|sagatavo(?:ja|jusi)"
    r"|autor(?:ius|ė)|parengė|tekstas|avtor(?:ica)?|besedilo|zapisala?|piše|pripravila?|napisa(?:o|la)|autorica"
    r"|пише|написао|аутор|текстът|автор на (?:текста|статията)|a scris|scris de|autoarea?|autoria|redacció"
    r"|rédaction|propos recueillis|zodpovedá|spracovala?|pripravil|připravila?|zpracovala?|napsala?|autorka"
    r"|(?:article|artículo|articolo|artigo|artikel|artikkel) (?:de|par|por|di|von|av|af)"
    r"|लेखक|लेखिका|संवाददाता|रिपोर्टर|penulis|pewarta|oleh|wartawan|tác giả|thực hiện|ผู้เขียน|เขียนโดย|ผู้สื่อข่าว"
    r"|เรื่อง|ライター|編集|文責|編集者|글|취재|글쓴이|편집"
    r"|piše|pišu|napisa(?:o|la)|snimi(?:o|la)|pripremi(?:o|la)|autor teksta|skrifar|höfundur|blaðamaður|parengė|parašė"
    r"|sagatavoja|teksti autor|redactor|a consemnat"
    # Who answers for a paper by law.
    r"|editor-in-chief|(?:responsible|managing) editor|chefredakteur(?:in)?|verantwortlich(?:er redakteur)?"
    r"|v\.i\.s\.d\.p\."
    r"|direct(?:eur|rice) de la (?:publication|rédaction)|direttore responsabile|direttrice responsabile"
    r"|director(?:a)? responsable|diretor(?:a)? responsável|verantwoordelijke uitgever|hoofdredact(?:eur|rice)"
    r"|ansvarig utgivare|ansvarshavende (?:chef)?redaktør|ansvarlig redaktør|chefredaktör|vastaava (?:pää)?toimittaja"
    r"|päätoimittaja|redaktork?a? naczeln[ya]|šéfredaktork?a?|főszerkesztő|felelős szerkesztő|redactor-șef"
    r"|главный редактор|головн(?:ий|а) редактор(?:ка)?|sorumlu (?:yazı işleri )?müdürü?|genel yayın yönetmeni",
)
_PICTURES = (
    r"photos?|pictures|fotos?|bilder|images|foto's|beeld|bild|zdjęcia|kuvat|фото|사진|clichés|fotografies|fotografije"
    r"|fotografías|fotografias|fotografie|fotky|snímky|snimi(?:o|la|li)|posnela?|myndir|ljósmyndir|fotod|attēli"
    r"|nuotraukos|fényképek|fotók|снимки|світлини|фотографии|иллюстрации|φωτογραφίες|fotoğraflar|تصوير|צילום|صور"
)
_ALSO = rf"(?: ?(?:and|und|et|y|e|en|och|og|ja|i|&|[/+·]) ?(?:{_PICTURES}))?"
_LABELLED = re.compile(rf"(?:{_LABELS}|{_PICTURES}){_ALSO} ?[:=/] ?", re.IGNORECASE)
_WRITTEN_BY = re.compile(
    r"(?:written|edited|reported|compiled|translated|(?:text|words|story)(?: and (?:photos?|pictures))?|photos?"
    r"|pictures) by |(?:geschrieben|aufgezeichnet|protokolliert|text) von "
    r"|(?:texte|écrit|rédigé|propos recueillis|recueilli) (?:de|par) "
    r"|(?:escrito|redactado|editado|texto) (?:por|de) |(?:scritto|testo|servizio) (?:da|di) |a cura di "
    r"|(?:recipe|rezept|recette|receta|receita|ricetta|recept) (?:by|von|de|di|van|av) "
    r"|(?:geschreven|tekst) door |(?:skriven|skrevet|text|tekst) a[vf] "
    r"|(?:napisała?|napsala?|napísala?|írta|γράφει [οη]|(?:jutun |tekstin )?kirjoitti) "
    r"|(?:articol )?(?:scris|text) de |κείμενο (?:του|της) "
    r"|(?:беседовала?|подготовила?|подготовили|підготувала?) |بقلم |(?:ditulis )?oleh |เขียนโดย ?"
    r"|(?:글|취재) ?[·/] ?사진 ",
    re.IGNORECASE,
)
BY = re.compile(r"(?:by|von|par|por|di|door|av|af|od|от|від|από) ", re.IGNORECASE)
# What a line may say after a name about the author's place on the staff.
_STAFF = re.compile(
    r" ?(?:[,|·•–—-]|\() ?(?:(?:the|our|senior|chief|deputy|political|sports?|science|business|local|news"
    r"|freie[r]?|associate"
    r"|staff|managing|contributing|special|foreign|city|education|health|environment|technology|arts?|culture) ){0,3}"
    r"(?:staff|reporter|writer|correspondent|editor|columnist|contributor|journalist|redakteur(?:in)?"
    r"|korrespondent(?:in)?|journaliste|rédact(?:eur|rice)|redactora?|periodista|repórter|jornalista|giornalista"
    r"|redacteur|verslaggever|reporter(?:in|ka)?|toimittaja|корреспондент|обозреватель)\)?$",
    re.IGNORECASE,
)
# In small letters after a name: "Jan Berg, freier Journalist".
_ROLE = re.compile(r"(?<=\w), ([^\W\d_]{2,20})(?: [^\s,.:;]{1,20}){0,3}$")
MAIL = re.compile(r"[ ,/|(<]{1,3}[\w.+-]{1,64}@[\w.-]{1,80}[)>]?$")
_REFERENCE = re.compile(
    r"(?:(?:with )?[^.!?]{2,80} )?contributed (?:(?:reporting|additional reporting|writing) )?to (?:this|the) "
    r"(?:report|story|article)(?: from [^.!?]{2,40})?\.?",
    re.IGNORECASE,
)
TIME_TO_READ = re.compile(
    r"(?:lesezeit|leestijd|temps de lecture|tiempo de lectura|tempo de leitura|tempo di lettura|lästid|læsetid|lukuaika"
    r"|czas czytania|doba čtení|время чтения|час читання|reading time) ?:? ?(?:ca?\. ?)?\d{1,3} ?[^\W\d_]{1,8}\.?"
    r"|\d{1,3} (?:min(?:ute)?s?|minuti|minuten)\.? (?:read|lesen|de lecture|de lectura|de leitura|di lettura|leestijd)",
    re.IGNORECASE,
)
# The line below a bare name that tells when the article was published.
PUBLISHED_WORD = (
    r"published|updated|posted|publiée?|mis à jour|veröffentlicht|aktualisiert|stand|publicado|actualizado"
    r"|atualizado"
    r"|pubblicato|aggiornato|gepubliceerd|geplaatst|bijgewerkt|publicerad|uppdaterad|udgivet|opdateret|publisert"
    r"|oppdatert"
    r"|aangepast|julkaistu|päivitetty|opublikowano|publikacja|publikováno|megjelent|publicat|опубликовано|обновлено|опубліковано"
    r"|yayınlan\w+|güncellen\w+|δημοσιεύτηκε"
)
PUBLISHED = re.compile(rf"(?:{PUBLISHED_WORD})\b[^\d]{{0,20}}\d[^.!?]{{0,60}}$", re.IGNORECASE)
_FIELD = re.compile(r"[^\W\d_][^:\n]{0,30}: ?[^\W\d_]|[^\W\d_]+ed by ")
# What a page says of its article beside the makers: its source, its pictures.
_PAGE_FIELD = re.compile(
    r"(?:source|quelle|fuente|fonte|bron|källa|kilde|lähde|źródło|zdroj|forrás|sursa|источник|джерело|kaynak|sumber|nguồn"
    r"|fot\.|foto|photo)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"[\d:;!?…。、؟،।()\[\]\"«»“”/|=#@]")
_KANA_WITHIN = re.compile(f"[{HIRAGANA}](?=[{HAN}])|(?:だ|です|ます)$")  # in a Japanese clause, not in a name
_ALONE = re.compile(r"[^.!?]{2,80}contributed |[(\[/].*[)\]/]\.?$|[-–—]")
_OUTLET_WORDS = word_set(
    "la le les l' el los il lo the der die das de redaktion rédaction redacción redazione redactie"
)
_SPLIT_NAMES = re.compile(_AND)
_SPLIT_PARTS = re.compile(
    rf" ?[|·•] ?|; ?|\. (?=(?:{_LABELS}|{_PICTURES}) ?:)| / (?=(?:{_PICTURES}) ?:)"
    r"|, (?=(?:photos?|pictures|fotos?|bilder) )|/(?=(?:構成|取材|撮影|編集|執筆|文責|文)[:=])",
    re.IGNORECASE,
)
# A field of a recording or a post beside its makers: 収録:2025年8月
_DATED = re.compile(r"[^\W\d_]{1,6} ?: ?\d[\d年月日./: -]*")
_DESK = re.compile(
    r"\(?(?:編集部|編集局|制作部|広報部|편집부|편집국|[编編][辑輯]部)(?:員|スタッフ)?[・/ :·]"
    # Of any desk or role, if brackets are around the line: (文化部・高畑梓)
    r"|\((?=[^()]{3,30}\)$)[^()・。、]{1,10}(?:部|局|班|委員|長|記者|手|부|국|기자)[・·/]"
)  # and a name
_DESK_LINE = re.compile(
    r"(?:[^\W\d_]{2,10} ?: ?)?(?:redactie|redaktion|rédaction|redacción|redazione|redação|redakcja|редакция)"
    r"(?: [^.!?:]{2,30})?",
    re.IGNORECASE,
)
_OUTLET = re.compile(
    r"(?:(?:[^\W\d_a-zà-ỹ][^\W\d_.]{0,9} ){1,4}\()?Theo (?:[^\W\d_a-zà-ỹ][^\W\d_.]{0,20} ?){1,5}\)?$"
)  # the paper that a Vietnamese text is from
_FIRST_LINES = 3
_LAST_LINES = 4
_LONGEST = 100
_LONGEST_NAME = 40
_MOST_NAMES = 5
_MOST_FIELD_WORDS = 4  # of the label of a field
_NOTHING: frozenset[str] = frozenset()
_LAST_CHARACTERS = 60  # of a line, in which its agencies are
_SHORTEST_PROSE = 60


def without_makers(title: str, lines: Sequence[str]) -> list[str]:
    """Return the same lines, "" for those that only name makers, and without agencies at their ends. Linear time."""
    out = [_without_closing_agency(line) if line and line[-1] not in ".!?。" else line for line in lines]
    written = [at for at, line in enumerate(out) if line]
    if len(written) < 2:
        return out
    names = [_made(out[at], last=False) if place < _FIRST_LINES else None for place, at in enumerate(written)]
    if names[0] is None and PUBLISHED.match(out[written[1]]):
        names[0] = names_of(out[written[0]], fewest=2)
    for place in range(max(1, len(written) - _LAST_LINES), len(written)):
        names[place] = _made(out[written[place]], last=True)
    for place in range(len(written) - 1, -1, -1):
        named, at = names[place], written[place]
        if named is None:
            continue
        before = [out[other] for other in written[max(0, place - 1) : place]]
        after = [out[other] for other in written[place + 1 : place + 2]]
        if named:
            others = [*lines[:at], *lines[at + 1 :]]
            last = [name.split()[-1] for name in named]
            made = not any(map(_is_field, [*before, *after])) and not mentions(last, title, others)
        else:
            below_names = place > 0 and bool(names[place - 1])
            made = _ALONE.match(out[at]) is not None or _stands_apart(before, after, below_names=below_names)
        if made:
            out[at] = ""
    return out


def _stands_apart(before: Sequence[str], after: Sequence[str], *, below_names: bool) -> bool:
    """Whether a line of agencies is the first, above a text, or the last of a text, and not in a list."""
    if not before:
        return any(map(_is_prose, after))
    follows = below_names or all(_is_prose(line) or is_site_note(line) for line in before)
    return all(map(is_site_note, after)) and follows


def _without_closing_agency(line: str) -> str:
    found = _CLOSING_AGENCIES.search(line, max(0, len(line) - _LAST_CHARACTERS))
    return line[: found.start()] if found and found.start() else line


def is_site_note(line: str) -> bool:
    """Whether a line is removed as one that points elsewhere, offers or asks something."""
    if is_pointer(line):
        return True
    rest = without_consent_notes(without_offers(without_invitations(line, _NOTHING), _NOTHING), _NOTHING)
    return not without_reader_notes(rest, _NOTHING)


def _is_prose(line: str) -> bool:
    return not line or len(line) >= _SHORTEST_PROSE or line.rstrip("\"'”’»)]").endswith(SENTENCE_ENDS)


def _made(line: str, *, last: bool) -> list[str] | None:
    """Return the names of the persons that a line of makers names; None for another line."""
    if len(line) > _LONGEST:
        return None
    if len(line) > _SHORTEST_PROSE and line[-1] in ".!?" and not ("contributed" in line or _LABELLED.match(line)):
        return None
    if last and _DESK_LINE.fullmatch(line):
        return []
    if _REFERENCE.fullmatch(line) or _WHOLE.fullmatch(line) or (last and _OUTLET.match(line)):
        return []
    names: list[str] = []
    for part in _SPLIT_PARTS.split(line):
        found = [] if TIME_TO_READ.fullmatch(part) or _DATED.fullmatch(part) else makers_of(part)
        if found is None:
            return _signed(line, last=last)
        names += found
    return names


def makers_of(part: str) -> list[str] | None:
    """Return the names after a label of a kind of work, or those before an agency; None without one of them."""
    colon = _LABELLED.match(part) or _DESK.match(part)
    label = colon or _WRITTEN_BY.match(part)
    rest = part[label.end() :] if label else part
    if colon and (role := _ROLE.search(rest)) is not None and role[1].islower():
        rest = rest[: role.start()]
    if "@" in rest:
        rest = MAIL.sub("", rest)
    agencies = _last_agencies(rest)
    if label is None and agencies is None:
        return None
    if label is not None and colon is None and part[-1] == "." and part.lower() == part.upper():
        return None  # a sentence in a script without capital letters
    if label is not None and _WHOLE.fullmatch(rest):
        return []
    return names_of(rest[: agencies.start()] if agencies else rest, fewest=1 if colon else 2)


def _signed(line: str, *, last: bool) -> list[str] | None:
    """Return the names of a byline with a place on the staff; [] for a paper with an agency; otherwise None."""
    agencies = _last_agencies(line)
    staff = agencies or _STAFF.search(line)
    if staff is None:
        return None
    rest = line[: staff.start()]
    by = BY.match(rest)
    found = names_of(rest[by.end() :] if by else rest, fewest=2)
    if found is not None or not last or agencies is None:
        return found
    outlet = [word for word in rest.split() if word.casefold() not in _OUTLET_WORDS]
    return [] if len(outlet) < _MOST_NAMES and all(word[0].isupper() for word in outlet) else None


def _last_agencies(text: str) -> re.Match[str] | None:
    """Return the agencies that end a text, from the sign or word before them on."""
    return _LAST_AGENCIES.search(text) if text[-1:] in _LAST_OF_AGENCIES else None


def names_of(text: str, *, fewest: int) -> list[str] | None:
    """Return the names, each of at least ``fewest`` words, that a text consists of; None if it has other words."""
    parts = [part.strip(" .()") for part in _SPLIT_NAMES.split(text)]
    return parts if len(parts) <= _MOST_NAMES and all(_is_name(part, fewest) for part in parts) else None


def _is_name(text: str, fewest: int) -> bool:
    if not 2 <= len(text) <= _LONGEST_NAME or _NO_NAME.search(text):
        return False
    words = text.split()
    if text.lower() == text.upper():  # a script without capital letters
        return len(words) <= 3 and _KANA_WITHIN.search(text) is None
    capital = [word for word in words if word not in NAME_PARTICLES]
    return fewest <= len(capital) <= 4 and all(word[0].isupper() for word in capital)


def _is_field(line: str) -> bool:
    """Whether a line is a field, as of a book or a film, and no credit."""
    if len(line) > _LONGEST or _FIELD.match(line) is None or _PAGE_FIELD.match(line) or is_site_note(line):
        return False
    return line.partition(":")[0].count(" ") < _MOST_FIELD_WORDS and _made(line, last=True) is None


def mentions(names: Sequence[str], title: str, lines: Sequence[str]) -> bool:
    """Whether an article mentions one of its makers in its title or its other ``lines``."""
    return any(name in text for name in names for text in (title, *lines))

"""Labels of lines that point to other articles ("Read also: ..."), in every language that the pipelines read.

    points_elsewhere("Baca juga: Harga emas hari ini")  ->  True
    points_elsewhere("Lesen Sie auch")                  ->  True   the label alone, above its links
    points_elsewhere("She reads also: novels, plays")   ->  False

``field_labels.is_pointer`` adds labels that file an article, such as tags and categories, and those that point only
with a title after them.
"""

import re
import unicodedata
from collections.abc import Sequence

from alt_pipelines.text.boilerplate.east_asian_ends import RELATED_LABEL
from alt_pipelines.text.scripts import CJK
from alt_pipelines.text.sentences import split_line

_LABELS = [
    # en, de, nl
    r"you (?:may|might) also like|read (?:more|also|next)|also read|see also",
    r"dieses thema im programm|mehr zum thema|lesen sie (?:auch|dazu|mehr|hierzu)(?: auch)?|lies auch|siehe auch"
    r"|das könnte (?:sie|dich|euch|ihnen) (?:auch|ebenfalls) (?:interessieren|gefallen)",
    r"lees (?:verder|meer|ook)|bekijk ook|zie ook|luister ook",
    # sv, da, no, fi
    "läs (?:mer|också|även)|se (?:även|också)|læs (?:også|mere)|se også|les (?:mer|meir|også)"
    "|lue (?:myös|lisää)|lisää aiheesta|katso myös|kuuntele myös",
    # fr, es, ca, pt, it, ro
    "(?:à )?lire (?:aussi|également|la suite)|à (?:écouter|découvrir) aussi|voir (?:aussi|également)"
    "|nos autres articles|la rédaction vous (?:conseille|recommande)",
    "(?:lee|lea|leer|mira|mire|ver|vea|escucha) también|también (?:te )?puede interesar(?:te|le)?|le puede interesar"
    "|te puede interesar|te recomendamos|(?:noticias?|contenidos?) relacionad[ao]s?",
    "(?:llegiu|llegeix|vegeu|mira) també|et pot interessar",
    "(?:leia|veja|ouça|confira|assista) também|(?:leia|veja) mais|leia ainda|saiba mais"
    "|(?:notícias|matérias) relacionadas",
    "(?:leggi|guarda|vedi|ascolta) anche|ti potrebbe(?:ro)? interessare(?: anche)?"
    "|potrebbe(?:ro)? interessarti(?: anche)?|articoli correlati",
    "(?:citește|citiți|citeşte|vezi|vedeți) și|citeşte şi|te-ar putea interesa",
    # pl, cs, sk, hu, bg, ru, uk
    "(?:czytaj|zobacz|przeczytaj|sprawdź|posłuchaj) (?:też|także|również|więcej)|czytaj dalej",
    "(?:čtěte|přečtěte si|podívejte se) (?:také|též|i)|mohlo by vás zajímat|související (?:články|témata)",
    "(?:čítajte|prečítajte si|pozrite si) (?:aj|tiež)|mohlo by vás zaujímať|súvisiace články",
    "olvass[ae]? (?:el )?(?:még|tovább|ezt is)|ez is érdekelhet(?:i)?|kapcsolódó cikk(?:ek)?|lásd még",
    "(?:прочетете|вижте|четете) (?:още|също)|още по темата|свързани (?:новини|статии)",
    "(?:читайте|смотрите|слушайте) (?:также|ещ[её]|по теме)|(?:материалы?|ещ[её]|новости) по теме"
    "|см\\. также|вам может быть интересно",
    "(?:читайте|дивіться|слухайте) (?:також|ще)|(?:також|ще) читайте|матеріали (?:за|на цю) тем(?:ою|у)"
    "|вас може зацікавити",
    # tr, el
    "ilginizi çekebilir|bunlar da ilginizi çekebilir|ilgili haber(?:ler)?|benzer haberler|(?:bunu|şunu) da okuyun"
    "|ayrıca (?:okuyun|bakınız)|bakmadan geçmeyin",
    "(?:διαβάστε|δείτε|ακούστε) (?:επίσης|ακόμ[ηα]|και|περισσότερα)|σχετικά (?:άρθρα|νέα|θέματα)",
    # ar, fa, he
    "[اإ]قر(?:أ|أوا|ا|ئي) (?:[أا]يضا|المزيد|كذلك)|(?:شاهد|شاهدوا|طالع) [أا]يضا|(?:مواضيع|موضوعات|أخبار|مقالات) ذات صلة"
    "|قد يعجبك [أا]يضا|قد يهمك(?: [أا]يضا)?",
    "(?:بیشتر|همچنین) (?:بخوانید|ببینید)|(?:این (?:مطلب|خبر) را )?(?:هم|نیز) بخوانید|(?:مطالب|اخبار|خبرهای) مرتبط",
    "(?:קרא|קראו|ראו|צפו) (?:עוד|גם)|לקריאה נוספת|(?:כתבות|ידיעות) (?:נוספות|קשורות)|עוד בנושא"
    "|(?:כתבות ש)?אולי יעניינו? (?:אותך|אתכם)",
    # hi, id, vi, th, lo, km
    "(?:यह|ये|इसे|इन्हें) ?भी (?:पढ़ें|पढ़े|पढ़िए|देखें)|और पढ़ें|संबंधित (?:खबर|ख़बर|ख़बरें|खबरें|लेख)",
    "baca (?:juga|selengkapnya)|(?:lihat|simak|tonton|dengarkan) juga|(?:artikel|berita) terkait",
    "(?:mời )?(?:xem|đọc|nghe) (?:thêm|tiếp)|(?:tin|bài)(?: viết)? liên quan|có thể bạn quan tâm",
    "อ่าน(?:เพิ่มเติม|ต่อ|ข่าวเพิ่มเติม|ข่าวอื่น)|(?:อ่าน|ดู)?(?:ข่าว|บทความ|เรื่อง)(?:อื่นๆ?)?ที่(?:เกี่ยวข้อง|น่าสนใจ)|ดูเพิ่มเติม",
    "ອ່ານ(?:ເພີ່ມເຕີມ|ຕໍ່)|អាន(?:បន្ថែម|បន្ត)",
    # is, et, lv, lt
    "lestu (?:líka|einnig|meira|næst)|sjá (?:einnig|nánar)|tengdar (?:fréttir|greinar)|tengt efni",
    "(?:loe|vaata|kuula) (?:ka|veel|lisaks|lähemalt)|seotud (?:artiklid|lood|uudised)"
    "|veel samast (?:rubriigist|teemast)|veel samal teemal",
    "(?:lasi|lasiet|skaties|klausies) (?:arī|vēl|vairāk|tālāk)|saistītie raksti",
    "taip pat (?:skaitykite|skaityk|žiūrėkite|perskaitykite)|susiję straipsniai"
    "|(?:skaitykite|skaityk|žiūrėkite) (?:taip pat|daugiau|toliau)",
    # sl, hr, sr, mk, sq
    "(?:preberite|preberi|berite|beri|poglejte|poslušajte) (?:tudi|še|več)"
    "|(?:sorodn|povezan)[ei] (?:članki|novice|vsebine)",
    "(?:pročitajte|pročitaj|pogledajte|čitajte|poslušajte) (?:i|još|više|također|takođe)(?: ovo)?"
    "|(?:povezan|sličn)[ei] (?:vijesti|vesti|članci)|možda (?:će )?vas (?:i )?(?:zanima|zanimati)",
    "(?:прочитајте|погледајте|читајте) (?:и|још|повеќе)|(?:повезане|поврзани) (?:вести|содржини)",
    "lexo (?:edhe|më shumë|gjithashtu)|lajme të ngjashme",
    # Others that are like the one of the site.
    "(?:related|similar) (?:articles|stories|posts|news|reading)|recommended (?:articles|stories|reading|for you)"
    "|you (?:may|might) (?:also )?be interested in|(?:other|more) top stories|top stories(?: now)?",
    "(?:ähnliche|weitere|verwandte) (?:artikel|beiträge|meldungen)|gerelateerde (?:artikelen|berichten)",
    "(?:relaterade|relaterede|relaterte) (?:artiklar|nyheter|artikler|nyheder|saker)|aiheeseen liittyvää",
    "articles (?:similaires|liés|connexes|associés)|vous (?:aimerez|aimeriez) (?:peut-être|aussi)"
    "|(?:ça|cela) (?:peut|pourrait)(?: aussi)? vous (?:intéresser|plaire)",
    "(?:artículos|artigos|articles|contenidos?|conteúdos?) (?:relacionad[oa]s?|relacionats)|notícies relacionades"
    "|recomendamos(?:-lhe)? também|també et (?:pot|pots) interessar|(?:notizie|contenuti) correlat[ei]",
    "(?:articole|știri|ştiri) (?:similare|asemănătoare|recomandate)|(?:vă|îți) recomandăm(?: și)?",
    "(?:powiązane|podobne|polecane) (?:artykuły|wpisy)|(?:inni|klienci) czytali (?:też|również|także)"
    "|może (?:cię|ciebie|państwa) (?:też )?zainteresować",
    "ez(?:t)? is olvas(?:d|sa|sd) el|olvas(?:d|sa) el ezt is|további (?:cikk|hír)(?:ek|eink)|ajánlott cikkek",
    "похожие (?:статьи|материалы|записи|новости)|что (?:ещ[её] )?почитать(?: ещ[её])?|вам будет интересно"
    "|схожі (?:новини|матеріали|статті)|також цікаво",
    "benzer (?:yazılar|içerikler|tarifler)|önerilen (?:haberler|yazılar)|(?:artikel|berita) lainnya"
    "|tin cùng chuyên mục|(?:אולי )?(?:תאהבו|יעניין אתכם) גם|عناوين ذات صلة",
]
# The same that a sentence may begin with too: "Zum Thema: der Minister schwieg."
_SPOKEN = [
    # Lists of what is read most.
    r"most (?:read|popular|viewed)(?: now)?|trending(?: now)?|meistgelesen(?:e artikel)?|am häufigsten gelesen"
    r"|(?:les )?(?:articles? )?les? plus lus?|lo más (?:leído|visto)|(?:as )?mais lidas|(?:i )?più letti|meest gelezen"
    r"|mest lästa?|mest læste|mest leste|najczęściej czytane|nejčtenější|самое читаемое|en çok okunan(?:lar)?",
    "in case you missed it|further reading|keep reading|mehr dazu|passend dazu|zum thema",
    "mehr zu diesem thema|meer over dit onderwerp",
    "sur le même (?:sujet|thème)|pour aller plus loin|más sobre este tema|més informació|per approfondire",
    r"up next|what to read next|luetuimmat|loetumad|lasītākie|skaitomiausi|mest lesið|legolvasottabb(?:ak)?"
    "|cele mai citite|el més llegit|најчитаније|najčitanije|najbolj brano|най-четени|çok okunanlar|terpopuler"
    "|đọc nhiều(?: nhất)?|الأكثر قراءة",
    "pe aceeași temă|polecamy(?: także)?|по теме|(?:за|на цю) тем(?:ою|у)|بخوانید",
]
_MARKS = r"[•*·»→>▶►(\[ -]*"
_LABEL = unicodedata.normalize("NFKC", "|".join(_LABELS))
_SPOKEN_LABEL = unicodedata.normalize("NFKC", "|".join(_SPOKEN))
_POINTING = re.compile(
    rf"{_MARKS}(?:{_LABEL})(?: ?[:|»>→…]| (?P<dash>[-–—]) |$)"
    rf"|{_MARKS}(?P<spoken>{_SPOKEN_LABEL})(?: ?[:|»>→…]|$)",
    re.IGNORECASE,
)
# A label that ends with a colon, and the East Asian ones behind a mark, above lines that are titles.
_ABOVE_TITLES = re.compile(
    rf"{_MARKS}(?:{_LABEL}) ?:|(?:[■▼◆●▶【] ?)(?:{RELATED_LABEL})】? ?:?|(?:{RELATED_LABEL}) ?:",
    re.IGNORECASE,
)
# A label that stands alone.
_ALONE = re.compile(
    rf"{_MARKS}(?:{_LABEL}|(?P<spoken>{_SPOKEN_LABEL})|{RELATED_LABEL}) ?[:…»>!]{{0,3}}",
    re.IGNORECASE,
)
_SENTENCE_END = tuple(".!?。…؟।۔:")
_FEWEST_LETTERS = 6  # of a title in Chinese or Japanese
_AFTER_LABEL = re.compile("[:|»>→…–—-]")
_DASH = re.compile(" [-–—] ")
_ARABIC_MARKS = re.compile("[\u064b-\u0652]")  # vowel signs and tanween, which labels have or leave out
_LONGEST_LABEL = 60
_LONGEST_TITLE = 110
_FEWEST_WORDS = 4  # of a title
_FEWEST_TITLE_WORDS = 3  # of a title among others below a label
_MOST_LISTED = 10
_FEWEST_OF_TITLES = 0.5  # of the lines below a label
LONGEST_POINTER = 160  # characters with the title of the other article; a longer line tells something


def points_elsewhere(line: str) -> bool:
    """Whether a line begins with such a label and is no sentence, or is one."""
    if len(line) > LONGEST_POINTER:
        return False
    head = line[:_LONGEST_LABEL]
    if len(line) > _LONGEST_LABEL and _AFTER_LABEL.search(head) is None:
        return False
    if not head.isascii() and _ARABIC_MARKS.search(head):
        head = _ARABIC_MARKS.sub("", head)
    found = _POINTING.match(head)
    if found is None or (found.end() == len(head) and len(line) > _LONGEST_LABEL):
        return False
    rest = head[found.end() :] + line[_LONGEST_LABEL:]
    if found["dash"] is not None:
        return not reads_on(rest) and _DASH.search(rest) is None
    return found["spoken"] is None or not reads_on(rest)


def heads_titles(line: str) -> bool:
    """Whether a line is such a label and nothing else, so that links below it are titles of other articles."""
    return len(line) <= _LONGEST_LABEL and _ABOVE_TITLES.fullmatch(line) is not None


def is_label(text: str) -> bool:
    """Whether a text is such a label and nothing else."""
    return _label_alone(text) is not None


def heads_list(label: str, lines: Sequence[str]) -> bool:
    """Whether a text is such a label and nothing else, and the lines of the list below it may be titles.

    Titles are longer than the names of dishes or of hotels, which a heading may recommend too.
    """
    found = _label_alone(label) if 0 < len(lines) <= _MOST_LISTED else None
    if found is None or not all(map(_may_be_title, lines)):
        return False
    fewest = _FEWEST_TITLE_WORDS if found["spoken"] is None else _FEWEST_WORDS
    titles = sum(len(line.split()) >= fewest or len(CJK.findall(line)) >= _FEWEST_LETTERS for line in lines)
    return titles >= (_FEWEST_OF_TITLES if found["spoken"] is None else 1) * len(lines)


def _label_alone(text: str) -> re.Match[str] | None:
    if not 1 < len(text) <= _LONGEST_LABEL:
        return None
    return _ALONE.fullmatch(unicodedata.normalize("NFKC", text))


def _may_be_title(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and not line[:1].islower() and line[-1:] not in ".。।:;,"


def is_title(line: str) -> bool:
    """Whether a line may be the title of another article: a few words that do not end as a sentence does."""
    if len(line) > _LONGEST_TITLE or line.rstrip("\"'”’»)]」』").endswith(_SENTENCE_END):
        return False
    words = len(line.split())
    return words >= _FEWEST_WORDS or len(CJK.findall(line)) >= _FEWEST_LETTERS


def without_last_pointer(line: str) -> str:
    """Return a line without a label and a title after its last sentence: "... he said. Read also: Fares rise"."""
    end = line[-LONGEST_POINTER:]
    if ":" not in end or line[-1] in _SENTENCE_END:
        return line
    last = split_line(end)[-1]
    if len(last) == len(end) or not points_elsewhere(last.strip()) or heads_titles(last.strip()):
        return line
    if reads_on(last.partition(":")[2]):
        return line
    return line[: len(line) - len(last)].rstrip()


def without_marked_pointer(line: str) -> str:
    """Return a line without such a label and a title after their mark: "... >> See also: The weir"."""
    head, mark, tail = line.rpartition(" >> ")
    return head if mark and points_elsewhere(tail) else line


def reads_on(rest: str) -> bool:
    """Whether what follows a label goes on or ends as a sentence does, and not as a title."""
    rest = rest.strip()
    return rest[:1].islower() or rest.rstrip("\"'”’»)]")[-1:] in tuple(".!?。…؟।")

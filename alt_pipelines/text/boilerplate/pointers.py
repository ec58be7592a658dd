"""Labels of lines that point to other articles ("Read also: ..."), in every language that the pipelines read.

    points_elsewhere("Baca juga: Harga emas hari ini")  ->  True
    points_elsewhere("Lesen Sie auch")                  ->  True   the label alone, above its links
    points_elsewhere("She reads also: novels, plays")   ->  False

``field_labels.is_pointer`` adds labels that file an article, such as tags and categories, and those that point only
with a title after them.
"""

import re
import unicodedata

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
    "pe aceeași temă|polecamy(?: także)?|по теме|(?:за|на цю) тем(?:ою|у)|بخوانید",
]
_MARKS = r"[•*·»→>▶►(\[ -]*"
_LABEL = unicodedata.normalize("NFKC", "|".join(_LABELS))
_POINTING = re.compile(
    rf"{_MARKS}(?:{_LABEL})(?: ?[:|»>→…]| (?P<dash>[-–—]) |$)"
    rf"|{_MARKS}(?P<spoken>{unicodedata.normalize('NFKC', '|'.join(_SPOKEN))})(?: ?[:|»>→…]|$)",
    re.IGNORECASE,
)
# A label that ends with a colon, and the East Asian ones behind a mark, above lines that are titles.
_ABOVE_TITLES = re.compile(
    rf"{_MARKS}(?:{_LABEL}) ?:|(?:[■▼◆●▶【] ?)(?:{RELATED_LABEL})】? ?:?|(?:{RELATED_LABEL}) ?:",
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

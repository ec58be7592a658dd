"""Labels of lines that point to other articles ("Read also: ..."), in every language that the pipelines read.

points_elsewhere("Baca juga: Harga emas hari ini")  ->  True
points_elsewhere("Lesen Sie auch")                  ->  True   the label alone, above its links
points_elsewhere("She reads also: novels, plays")   ->  False

``field_labels.is_pointer`` has the labels that also file an article, such as tags and categories.
"""

import re
import unicodedata

_LABELS = [
    # en, de, nl
    r"you (?:may|might) also like|in case you missed it|further reading|keep reading",
    r"lesen sie (?:auch|dazu|mehr|hierzu)(?: auch)?|lies auch|mehr dazu|siehe auch|passend dazu|zum thema"
    r"|das könnte (?:sie|dich|euch|ihnen) (?:auch|ebenfalls) (?:interessieren|gefallen)|mehr zu diesem thema",
    r"lees (?:verder|meer)|bekijk ook|zie ook|luister ook|meer over dit onderwerp",
    # sv, da, no, fi
    "läs mer|se även|se också|læs (?:også|mere)|se også|les (?:mer|meir)|lue (?:myös|lisää)|katso myös|kuuntele myös",
    # fr, es, ca, pt, it, ro
    "(?:à )?lire (?:également|la suite)|à (?:écouter|découvrir) aussi|voir (?:aussi|également)"
    "|sur le même (?:sujet|thème)|pour aller plus loin|nos autres articles",
    "(?:lee|lea|leer|mira|mire|ver|vea|escucha) también|también (?:te )?puede interesar(?:te|le)?|le puede interesar"
    "|te recomendamos|(?:noticias?|contenidos?) relacionad[ao]s?|más sobre este tema",
    "(?:llegiu|llegeix|vegeu|mira) també|et pot interessar|més informació",
    "(?:veja|ouça|confira|assista) também|veja mais|leia ainda|saiba mais|(?:notícias|matérias) relacionadas",
    "(?:guarda|vedi|ascolta) anche|ti potrebbe(?:ro)? interessare(?: anche)?|potrebbe(?:ro)? interessarti(?: anche)?"
    "|per approfondire|articoli correlati",
    "(?:citește|citiți|citeşte|vezi|vedeți) și|citeşte şi|pe aceeași temă|te-ar putea interesa",
    # pl, cs, sk, hu, bg, ru, uk
    "(?:czytaj|zobacz|przeczytaj|sprawdź|posłuchaj) (?:też|także|również|więcej)|czytaj dalej|polecamy(?: także)?",
    "(?:čtěte|přečtěte si|podívejte se) (?:také|též|i)|mohlo by vás zajímat|související (?:články|témata)",
    "(?:čítajte|prečítajte si|pozrite si) (?:aj|tiež)|mohlo by vás zaujímať|súvisiace články",
    "olvass[ae]? (?:el )?(?:még|tovább|ezt is)|ez is érdekelhet(?:i)?|kapcsolódó cikk(?:ek)?|lásd még",
    "(?:прочетете|вижте|четете) (?:още|също)|още по темата|свързани (?:новини|статии)",
    "(?:читайте|смотрите|слушайте) (?:также|ещ[её]|по теме)|(?:материалы?|ещ[её]|новости) по теме|по теме"
    "|см\\. также|вам может быть интересно",
    "(?:читайте|дивіться|слухайте) (?:також|ще)|(?:також|ще) читайте|(?:матеріали )?(?:за|на цю) тем(?:ою|у)"
    "|вас може зацікавити",
    # tr, el
    "ilginizi çekebilir|bunlar da ilginizi çekebilir|ilgili haber(?:ler)?|benzer haberler|(?:bunu|şunu) da okuyun"
    "|ayrıca (?:okuyun|bakınız)|bakmadan geçmeyin",
    "(?:διαβάστε|δείτε|ακούστε) (?:επίσης|ακόμ[ηα]|και|περισσότερα)|σχετικά (?:άρθρα|νέα|θέματα)",
    # ar, fa, he
    "[اإ]قر(?:أ|أوا|ا|ئي) (?:[أا]يضا|المزيد|كذلك)|(?:شاهد|شاهدوا|طالع) [أا]يضا|(?:مواضيع|موضوعات|أخبار|مقالات) ذات صلة"
    "|قد يعجبك [أا]يضا|قد يهمك(?: [أا]يضا)?",
    "(?:بیشتر|همچنین) (?:بخوانید|ببینید)|(?:این (?:مطلب|خبر) را )?(?:هم|نیز) بخوانید"
    "|(?:مطالب|اخبار|خبرهای) مرتبط|بخوانید",
    "(?:קרא|קראו|ראו|צפו) (?:עוד|גם)|לקריאה נוספת|(?:כתבות|ידיעות) (?:נוספות|קשורות)|עוד בנושא"
    "|(?:כתבות ש)?אולי יעניינו? (?:אותך|אתכם)",
    # hi, id, vi, th, lo, km
    "(?:यह|ये|इसे|इन्हें) ?भी (?:पढ़ें|पढ़े|पढ़िए|देखें)|और पढ़ें|संबंधित (?:खबर|ख़बर|ख़बरें|खबरें|लेख)",
    "baca (?:juga|selengkapnya)|(?:lihat|simak|tonton|dengarkan) juga|(?:artikel|berita) terkait",
    "(?:mời )?(?:xem|đọc|nghe) (?:thêm|tiếp)|(?:tin|bài)(?: viết)? liên quan|có thể bạn quan tâm",
    "อ่าน(?:เพิ่มเติม|ต่อ|ข่าวเพิ่มเติม|ข่าวอื่น)|(?:ข่าว|บทความ)ที่เกี่ยวข้อง|ดูเพิ่มเติม",
    "ອ່ານ(?:ເພີ່ມເຕີມ|ຕໍ່)|អាន(?:បន្ថែម|បន្ត)",
]
_POINTING = re.compile(
    rf"[•*·»→>▶►(\[ -]*(?:{unicodedata.normalize('NFKC', '|'.join(_LABELS))})(?: ?[:|»>→…]| [-–—] |$)", re.IGNORECASE
)
_ARABIC_MARKS = re.compile("[\u064b-\u0652]")  # vowel signs and tanween, which labels have or leave out
_LONGEST_LABEL = 60


def points_elsewhere(line: str) -> bool:
    """Whether a line begins with such a label, or is one."""
    head = line[:_LONGEST_LABEL]
    if not head.isascii() and _ARABIC_MARKS.search(head):
        head = _ARABIC_MARKS.sub("", head)
    found = _POINTING.match(head)
    return found is not None and (found.end() < len(head) or len(line) <= _LONGEST_LABEL)

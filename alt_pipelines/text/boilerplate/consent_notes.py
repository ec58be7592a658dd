"""Removes sentences of consent and of unsubscribing, and those about the program that a page's files are read with.

    without_consent_notes("Gracias. He leído y acepto la política de privacidad.", about)  ->  "Gracias."
    without_consent_notes("The regulator fined the firm for its privacy policy.", about)    ->  unchanged

A sentence of consent or of unsubscribing speaks of the reader or for the reader, which a report about a policy does
not. ``reader_notes`` decides by the share of a site's words; here, a pair of expressions decides.
"""

import re
from collections.abc import Set
from operator import itemgetter

from alt_pipelines.text.boilerplate.service_words import REPORTED
from alt_pipelines.text.sentences import split_line
from alt_pipelines.text.stopwords import word_set

# What a reader agrees to, and how a form says so for the reader or to the reader.
_POLICY = re.compile(
    r"privacy (?:policy|notice|statement)|terms (?:of (?:use|service)|and conditions)|data protection (?:policy|notice)"
    r"|datenschutz(?:erklärung|bestimmungen|hinweise\w?|richtlinien?)|nutzungsbedingungen|agb\b"
    r"|politique de (?:confidentialité|protection des données)|conditions (?:générales|d['’]utilisation)"
    r"|(?:pol[ií]tica|aviso) de (?:privaci?dad|privacidade|protección de datos)|aviso legal|términos y condiciones"
    r"|termos (?:de uso|e condições)|(?:informativa|normativa) (?:sulla )?privacy|termini e (?:le )?condizioni"
    r"|privacy(?:beleid|verklaring)|algemene voorwaarden|integritetspolicy\w*|användarvillkor\w*|privatlivspolitik\w*"
    r"|personvern\w+|tietosuoja\w+|käyttöehdo\w+|polityk\w{1,12} prywatności|regulamin\w*|osobních údajů"
    r"|osobných údajov|adatvédelmi \w{1,12}|adatkezelési \w{1,12}|politica de confidențialitate|termenii și condițiile"
    r"|политик\w{1,12} конфиденциальности|персональных данных|пользовательск\w{1,12} соглашени\w{1,12}"
    r"|політик\w{1,12} конфіденційності"
    r"|персональних даних|πολιτική απορρήτου|όρους χρήσης|gizlilik (?:politika|sözleşme|bildirim)\w{1,12}|kvkk\b"
    r"|kişisel verilerin|سياسة الخصوصية|الشروط والأحكام|حریم خصوصی|قوانین و مقررات|מדיניות הפרטיות|תנאי השימוש"
    r"|गोपनीयता नीति|नियम और शर्तें|kebijakan privasi|syarat dan ketentuan|chính sách (?:bảo mật|quyền riêng tư)"
    r"|điều khoản sử dụng|นโยบายความเป็นส่วนตัว|プライバシーポリシー|個人情報(?:の取り?扱い|保護方針)|利用規約"
    r"|개인정보 ?(?:수집|처리|취급)\w*|이용약관|[隐隱]私(?:政策|[权權]政策|[条條]款)|用[户戶][协協][议議]"
)
_CONSENT = re.compile(
    r"\bI (?:have read(?:,| and\b| &)|(?:agree|accept|consent)(?! that\b))"
    r"|\byou (?:agree|accept|consent|acknowledge|are agreeing)\b"
    r"|\bich (?:akzeptiere|stimme)\b|\bich habe (?=.*\b(?:gelesen und|zur kenntnis))|\bich bin (?=.*\beinverstanden)"
    r"|\b(?:sie|du) (?:akzeptieren|stimmen|akzeptierst|stimmst)\b"
    r"|\b(?:stimmen sie|stimmst du|es gelten (?:die|unsere))\b"
    r"|\bj['’](?:ai lu et|accepte)\b|\bvous (?:acceptez|reconnaissez)\b"
    r"|\bhe leído y\b|\bacepto\b|\bestoy de acuerdo\b|\bacepta(?:s|ndo) (?:la|nuestr\w|los)\b"
    # "Al registrarse acepta la política"; another subject before the verb is somebody in a report.
    r"|(?:^\W*|usted |[aei](?:r|rse|rte|ndo),? (?:[^\s,]+,? ){0,3})acepta (?:la|nuestr\w|los)\b"
    r"|\bli e (?:aceito|concordo)\b|\b(?:aceito|concordo)\b|\bvocê (?:aceita|concorda)\b"
    r"|\bho (?:letto e|preso visione)\b|\baccetto\b"
    r"|\bik (?:ga akkoord|accepteer)\b|\bik heb (?=.*\bgelezen en\b)|\bu? ?gaat u? ?akkoord\b"
    r"|\bjag (?:godkänner|accepterar|samtycker|har läst)\b"
    r"|\bjeg (?:accepterer|godtar|godkender|samtykker|har læst|har lest)\b"
    r"|\bhyväksyn\b|\bakceptuję\b|\bzapoznał[ae]m się\b|\bwyrażam zgodę\b|\bsouhlasím\b|\bsúhlasím\b"
    r"|\b(?:elfogadom|elolvastam|hozzájárulok)\b"
    r"|\b(?:sunt de acord|am citit și|accept (?:termenii|politica|prelucrarea))\b"
    r"|\b(?:соглашаетесь|соглашаюсь|я согласен|даю согласие|принимаете)\b|^\W*согласен\b"
    r"|\b(?:погоджуєтесь|погоджуєтеся|погоджуюсь|приймаєте)\b"
    r"|\b(?:συμφωνώ|αποδέχομαι|διάβασα)\b|\b(?:okudum|onaylıyorum|kabul ed(?:iyorum|iyorsunuz|ersiniz))\b"
    r"|أوافق|قرأت|توافق على|می‌?پذیرم|موافقم|אני (?:מאשר|מסכים|מסכימה)|קראתי|सहमत (?:हूं|हूँ|हैं)|स्वीकार करता"
    r"|\bsaya (?:setuju|menyetujui|telah membaca)\b|\banda (?:setuju|menyetujui)\b|tôi (?:đồng ý|đã đọc)|bạn đồng ý"
    r"|ข้าพเจ้า|ฉันยอมรับ|(?:^|คุณ|ท่าน|ถือว่า|ได้อ่านและ|โปรด)(?:ยอมรับ|ยินยอม)"
    r"|に同意(?:します|いたします|のうえ|の上|する$)|동의(?:합니다|함|해)|(?:[阅閱][读讀]|[并並])同意",
    re.IGNORECASE,
)
# How a site points to a policy of its own.
_OWN_POLICY = re.compile(
    r"\b(?:more|mehr|näheres|details?|info\w*|plus|más|mais|più|meer)\b.{0,50}"
    r"(?<!about )(?<!über )(?<!of )(?<!von )\b(?:our|unsere[rn]?|notre|nuestra|nossa|nostra|onze)\b"
)
_LONGEST_POINTER = 120
# How a letter of a list ends; each alternative speaks of mail that the reader gets.
_UNSUBSCRIBE = re.compile(
    r"\b(?:if you (?:no longer|don['’]t|do not) (?:wish|want)|you (?:are receiving|received|get|are getting) this"
    r" (?:e-?mail|newsletter|message)|to (?:unsubscribe|stop receiving))\b"
    r"|\b(?:wenn|falls|sollten) (?:sie|du) \S{0,12} ?(?:newsletter|e-?mails?|nachrichten)\b[^.]{0,40}\bnicht (?:mehr"
    r"|länger)\b|\bsi vous ne (?:souhaitez|voulez|désirez) plus recevoir\b|\bpour (?:vous désabonner|se désabonner"
    r"|vous désinscrire)\b"
    r"|\bsi (?:ya )?no (?:desea|deseas|quiere|quieres) (?:seguir )?recib\w+|\bpara (?:darse|darte) de baja\b"
    r"|\b(?:se|caso) (?:você )?não (?:deseja|queira|quer|quiser|pretende)\b[^.]{0,12} receber\b"
    r"|\bse non (?:desideri|desidera|vuoi|vuole) (?:più )?ricevere\b|\bper (?:cancellarti|annullare l['’]iscrizione)\b"
    r"|\b(?:wilt|wil) (?:u|je) (?:deze|onze|geen) [^.]{0,30}(?:nieuwsbrief|e-?mails?)\b"
    r"|\b(?:vill du|ønsker du|vil du) (?:inte|ikke) (?:längre|lenger|længere)\b"
    r"|\bjos et (?:enää )?halua\b|\b(?:jeśli|jeżeli) nie chcesz (?:już |więcej )?otrzymywać\b|\baby (?:się wypisać"
    r"|zrezygnować z)\b"
    r"|\b(?:pokud|ak) (?:si )?(?:již|už|nadále)? ?(?:nepřejete|neprajete|nechcete)\b|\bha nem szeretne (?:több"
    r"|további)\b|\bdacă nu (?:mai )?(?:doriți|dorești) să (?:mai )?primi\w+"
    r"|\b(?:если вы|якщо ви) (?:больше )?(?:не хотите|не желаете|не хочете|не бажаєте) (?:больше |більше )?"
    r"(?:получать|отримувати)|\b(?:чтобы|щоб) (?:отписаться|відписатися)"
    r"|\bαν δεν (?:επιθυμείτε|θέλετε)\b|\balmak istemiyorsan\w*|\babonelikten çık\w+|\baboneliğinizi iptal\b"
    r"|\b(?:(?:u|je|jij) ontvangt (?:deze|dit|onze)|(?:sie|du) (?:erhalten|bekommen|erhältst|bekommst) diese[ns]?"
    r"|vous (?:recevez|avez reçu) cet?(?:te)?"
    r"|(?:recibes?|has recibido|ha recibido|recebeu?|está (?:a )?receb\w+) est[ea]"
    r"|(?:ricevi|riceve|hai ricevuto|ha ricevuto) quest[aoe]|du (?:får|modtager|mottar) (?:det här|detta|denne|dette)"
    r"|saat tämän|otrzymujesz (?:tę|ten|tego)|(?:dostáváte|dostávate|obdrželi jste|dostali ste) t[eu]nto|primiți acest"
    r"|вы (?:получили|получаете) (?:это|эту)|ви (?:отримали|отримуєте) (?:цей|цього)|bu e-?postayı|λαμβάνετε αυτό"
    r"|anda menerima (?:e-?mail|surel|pesan) ini|bạn nhận được (?:e-?mail|thư) này)\b"
    r"|إذا (?:كنت )?لا (?:ترغب|تريد)[^.]{0,20} (?:تلقي|استلام)|لإلغاء الاشتراك|برای لغو (?:اشتراک|عضویت)"
    r"|להסרה מ(?:ה)?רשימ|אם אינך מעוני|सदस्यता (?:समाप्त|रद्द) कर"
    r"|\bjika (?:anda )?tidak ingin (?:lagi )?menerima\b|\bnếu (?:bạn )?không muốn nhận\b|หากไม่ต้องการรับ"
    r"|(?:수신|받기)를? 원(?:하지|치) 않으|(?:若|如果?)(?:您|你)?(?:不想|不希望|无需|無需)再?(?:收到|接收|订阅|訂閱)",
    re.IGNORECASE,
)
_MAILED = word_set(
    """
    mail e-post newsletter nieuwsbrief nyhedsbrev nyhetsbrev boletín boletim bülten uutiskir hírlev infolettre courriel
    correo messag unsubs désabonn désinscri baja iscrizione cancellar wypisać zrezygnować iptal abonelik zpráv správ
    wiadomości mesaje nachricht surel thư
    рассыл розсил письм лист отпис відпис ενημερωτικ μηνύματα
    رسائل البريد الاشتراك اشتراک عضویت רשימ דוא सदस्यता อีเมล 메일 邮件 郵件 電子報
    """
)
# Beginnings of words of the sentences that are examined, because most lines have none of them.
_stem = itemgetter(slice(5))
_STEMS = word_set(
    """
    priva prywa
    gizli daten nutzu agb confi condi aviso legal térmi termo termi terms voorw integ använ perso tieto käytt
    regul osobn adatv adatk конфи конфі персо польз απορρ όρους kvkk kişis syara bảo quyền điều adobe acrob
    mail email e-mai e-pos newsl nieuw nyhed nyhet bolet bülte рассы розси письм лист листи uutis hírle infol
    courr corre messa unsub désab désin baja iscri cance wypis zrezy отпис відпи iptal abone zpráv správ wiado
    mesaj nachr ενημε μηνύμ surel thư
    """
)
# Parts of those in scripts whose words have prefixes, or no spaces between them.
_SIGN = re.compile(
    "(?:خصوص|والأحكام|مقررات|رسائل|البريد|اشتراك|اشتراک|عضویت|פרטיות|תנאי|רשימ|דוא|गोपनीयता|शर्तें|सदस्यता"
    "|ความเป็นส่วนตัว|อีเมล|プライバシー|個人情報|利用規約|adobe|acrobat|개인정보|이용약관|메일|리더|隐私|隱私|用户协|用戶協"
    "|邮件|郵件|電子報)"
)
_OTHER_SCRIPTS = "\u0590"  # the first character of the scripts after Latin, Greek and Cyrillic
_QUOTES = frozenset('"“”«»„')
_FILE_READER = re.compile(
    r"(?<![A-Za-z])(?:adobe|acrobat)[®™ ]{0,2} ?(?:acrobat[®™ ]{0,2} ?)?reader|adobe ?リーダー|아크로뱃|어도비 ?리더",
    re.IGNORECASE,
)
_FILE_NOTE = re.compile(
    r"pdf|\b(?:download|get|view|open|install|free|lesen|herunterladen|benötig|télécharger|descarg|baixar|scarica)"
    r"|ダウンロード|必要|入手|下載|下载|需要|필요|다운로드",
    re.IGNORECASE,
)
# How a note goes on about that program without its name.
_WITHOUT_READER = re.compile(
    r"(?:お持ち(?:で|じゃ)ない|インストールされていない)(?:方|場合)|(?:バナー|アイコン"
    r"|リンク先?)[^。]{0,20}ダウンロード|无法(?:打开|阅读)|無法(?:開啟|閱讀)"
    r"|\b(?:if you (?:do not|don['’]t) have (?:it|this)|it can be downloaded|you can download it"
    r"|(?:free )?download here)\b",
    re.IGNORECASE,
)
# Words of a title by which an article is about such matters itself.
_TOPIC = re.compile(
    r"(?:pdfs?|adobe|acrobat|reader|cookies?|newsletters?|privacy|consent|unsubscrib\w+|subscription\w*|confidentialité"
    r"|privacidade?|prywatności|gizlilik\w*|конфиденциальности|конфіденційності)$|datenschutz|abonn|подпис|підпис"
)
_LONGEST = 300
_SENTENCE = 200


def without_consent_notes(line: str, about: Set[str]) -> str:
    """Return a line without such sentences. ``about``: the words of the title, in lower case."""
    if not line or len(line) > _LONGEST:
        return line
    low = line.lower()
    if _STEMS.isdisjoint(map(_stem, low.split())) and not _has_sign(low):
        return line
    if any(map(_TOPIC.match, about)):
        return line
    sentences = split_line(line)
    kept: list[str] = []
    reads = False  # whether the sentence before names the program that a file is read with
    for sentence in sentences:
        noted = _addresses_reader(sentence) or (reads and _WITHOUT_READER.search(sentence) is not None)
        reads = noted and _FILE_READER.search(sentence) is not None
        if not noted:
            kept.append(sentence)
    return line if len(kept) == len(sentences) else "".join(kept).strip()


def _has_sign(low: str) -> bool:
    return (low[0] >= _OTHER_SCRIPTS or low[-2:-1] >= _OTHER_SCRIPTS) and _SIGN.search(low) is not None


def _addresses_reader(sentence: str) -> bool:
    """Whether a sentence is one of consent or of unsubscribing, or names the program that a file is read with."""
    if len(sentence) > _SENTENCE or not _QUOTES.isdisjoint(sentence):
        return False
    low = sentence.lower()
    if REPORTED.search(low):
        return False
    if _POLICY.search(low):
        pointer = len(sentence) <= _LONGEST_POINTER and _OWN_POLICY.search(low)
        return bool(pointer) or _CONSENT.search(sentence) is not None
    if _FILE_READER.search(sentence):
        return _FILE_NOTE.search(sentence) is not None
    return any(part in low for part in _MAILED) and _UNSUBSCRIBE.search(sentence) is not None

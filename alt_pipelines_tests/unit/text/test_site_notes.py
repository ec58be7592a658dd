"""What sites, podcasts, mails and press releases put around an article, in many languages; and what must stay."""

import pytest

from alt_pipelines.text.boilerplate.author_notes import without_author_note
from alt_pipelines.text.boilerplate.field_labels import is_pointer
from alt_pipelines.text.boilerplate.invitations import without_invitations
from alt_pipelines.text.boilerplate.letters import without_armour, without_closings
from alt_pipelines.text.boilerplate.pointers import points_elsewhere
from alt_pipelines.text.clean import CleanText, clean_article

NOTHING: frozenset[str] = frozenset()


def body(text: str, title: str = "") -> str:
    found = clean_article(title, text)
    assert isinstance(found, CleanText)
    return found.text


@pytest.mark.parametrize(
    "line",
    [
        "Das könnte Sie auch interessieren: Rezept für Apfelkuchen",
        "À lire également : Nos recettes de crêpes",
        "También te puede interesar: Horóscopo de hoy",
        "Saiba mais: Previsão do tempo",
        "Potrebbe interessarti anche: Le ricette di Natale",
        "Lue myös: Sää huomenna",
        "Přečtěte si také: Předpověď počasí",
        "Ez is érdekelheti: Időjárás holnap",
        "Читайте ещё: Прогноз погоды",
        "Прочетете още: Времето утре",
        "Ayrıca okuyun: Hava durumu",
        "Διαβάστε επίσης: Ο καιρός αύριο",
        "اقرأ أيضًا: حالة الطقس غدا",
        "همچنین بخوانید: آب و هوای فردا",
        "קראו גם: תחזית מזג האוויר",
        "इसे भी पढ़ें: कल का मौसम",
        ">> Đọc thêm: Thời tiết ngày mai",
        "อ่านเพิ่มเติม: สภาพอากาศพรุ่งนี้",
        "(Baca juga: Cuaca besok)",
        "Lees verder",
    ],
)
def test_a_line_that_points_to_another_article_is_known_in_every_language(line: str) -> None:
    assert body(f"<p>Ferry fares rise in Ulvik.</p><p>{line}</p>", "Ferry") == "Ferry fares rise in Ulvik."


@pytest.mark.parametrize(
    "line", ["Mira también canta en el coro.", "Read alsop fables", "Zum Thema Torf sprach Ada Holm.", "Polecamy się!"]
)
def test_a_sentence_that_begins_like_such_a_line_is_not_one(line: str) -> None:
    assert not points_elsewhere(line)


@pytest.mark.parametrize(
    "line",
    [
        "Further reading – a column by Ada Holm – ends after thirty years.",
        "Keep reading: that is what the librarian of Ulvik tells every child.",
        "Zum Thema: Torfabbau wollte Holm sich nicht äußern, sie verwies auf den Landrat.",
        "По теме: пароход молчали обе стороны.",
        "بخوانید: معلم به شاگردان گفت.",
        "Mira también - dice ella - por los barcos del puerto",
        "Lesen Sie auch: " + "Die Fähre nach Ulvik fährt im Winter nur noch zweimal am Tag. " * 3,
        "Listen: the harbour is louder than it was. Ada walks on.",
        "Watch: the tide comes in fast here.",
        "More from the harbour master: he will close the bridge.",
    ],
)
def test_a_sentence_after_such_a_label_stays(line: str) -> None:
    assert not is_pointer(line)


@pytest.mark.parametrize(
    "line",
    [
        "Zum Thema: Torfabbau in Ulvik",
        "Further reading: Ferries of the North",
        "По теме: Пароход вернулся",
        "Lee también - El puerto de Ulvik",
        "Listen: Harbour Stories, Part 2",
        "Tags: " + ", ".join(["ferry", "harbour", "winter"] * 9),
    ],
)
def test_such_a_label_with_a_title_is_a_pointer(line: str) -> None:
    assert is_pointer(line)


@pytest.mark.parametrize(
    "sentence",
    [
        "Follow us on Bluesky and Mastodon.",
        "Leave us a review on Apple Podcasts!",
        "Folgen Sie uns auf LinkedIn und Instagram.",
        "Retrouvez-nous sur Deezer et Spotify.",
        "Únete a nuestro canal de Telegram.",
        "Entre no nosso grupo do WhatsApp.",
        "Seguici su Instagram e Facebook.",
        "Volg ons op TikTok.",
        "Följ oss på Facebook.",
        "Obserwuj nas na Instagramie.",
        "Sledujte nás na Facebooku.",
        "Kövess minket a Facebookon!",
        "Подпишитесь на наш канал в Телеграме.",
        "Приєднуйтесь до нашого Telegram-каналу.",
        "Bizi Instagram'da takip edin.",
        "Ακολουθήστε μας στο Facebook.",
        "تابعونا على فيسبوك وتويتر",
        "ما را در تلگرام دنبال کنید",
        "הצטרפו לערוץ הטלגרם שלנו",
        "हमें इंस्टाग्राम पर फॉलो करें",
        "Ikuti kami di Instagram.",
        "Mời bạn đọc theo dõi chúng tôi trên Facebook",
        "ติดตามเราได้ที่เฟซบุ๊ก",
        "This week's episode is brought to you by Corvina. Visit corvina.example for a free trial.",
        "Diese Folge wird präsentiert von Nordwolle.",
        "Este episodio está patrocinado por Colchones Luna.",
        "Cet épisode est sponsorisé par Matelas Plume.",
        "Your browser does not support the audio element.",
        "Music licensed from Harmonia Library.",
        "Якщо ви помітили помилку, натисніть Ctrl+Enter.",
        "На правах рекламы. ООО «Ромашка», erid: 2Vfnxw",
    ],
)
def test_an_invitation_to_a_channel_and_a_sponsor_are_no_part_of_the_text(sentence: str) -> None:
    assert without_invitations(sentence, NOTHING) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "Spotify raised its prices in March, and Deezer follows.",
        "“Follow us on Telegram”, the banner of the protesters said.",
        "Instagram and Facebook were down for two hours on Monday.",
        "The exhibition is sponsored by the harbour of Ulvik.",
        "Getty Images sued the maker of an image generator.",
        "В марте Telegram заблокировали на два часа.",
        "انضم المدرب إلى فيسبوك عام 2010",
        "WhatsApp führt Werbung ein, teilte Meta mit.",
        "The browser Ladybird does without JavaScript extensions.",
    ],
)
def test_news_of_a_service_stays(sentence: str) -> None:
    assert without_invitations(sentence, NOTHING) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "Two neighbours started to follow us on Mastodon that winter.",
        "The pupils follow me on Facebook, and my brother answers them.",
        "Available on Deezer since May, the record reached a million listeners.",
        "Follow the cash on Facebook, and our reporters saw where it went.",
        "Visit us in Redditch for the market.",
        "Find us a steady hand, the captain asked.",
        "Our court was in discord, so join us there.",
        "Follow us on Telegram, the ministry wrote to its critics.",
        "Die Küstenwache folgt uns auf Instagram.",
        "Poliisi seuraa meitä Facebookissa.",
        "A briga entre os grupos no WhatsApp terminou.",
        "الطلاب الذين تابعونا على فيسبوك",
        "Bizi Instagram'da takip eden gençler çoğaldı.",
    ],
)
def test_a_sentence_with_a_subject_or_an_ordinary_word_invites_nobody(text: str) -> None:
    assert without_invitations(text, NOTHING) == text


@pytest.mark.parametrize(
    "sentence",
    [
        "Find me on Mastodon.",
        "Available on Deezer, Apple Podcasts or wherever you listen.",
        "Join our server on Discord!",
        "If you like the show, follow us on Instagram.",
        "Seuraa meitä Facebookissa!",
        "Bizi Google News'te takip edin.",
    ],
)
def test_an_imperative_with_nothing_but_a_service_invites(sentence: str) -> None:
    assert without_invitations(sentence, NOTHING) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Sponsored by the Green minister, the law passed. Visit hours would be longer. Banks would pay 2% more.",
        "Our sponsors left us, said the club's treasurer Ida Moen on Friday.",
        "Diese Ausgabe wird von der Opposition nicht unterstützt.",
        "Cette émission est présentée par Léa Roux.",
        "Anzeige: Nachbar meldet Brand.",
        "The browser never stores a password.",
        "The browser needs a new engine.",
        "For the game JavaScript is required, but the page is static.",
        "An dieser Stelle steht eine Tafel für den Sponsor des Hafens.",
        "Music is provided by the town band on Sunday.",
    ],
)
def test_news_of_sponsors_and_software_stays(text: str) -> None:
    assert without_invitations(text, NOTHING) == text


@pytest.mark.parametrize(
    "text",
    [
        "Sponsored by Nordwolle.",
        "Brought to you by Corvina. Use code OWL20 at checkout.",
        "Please enable JavaScript to view the comments powered by Disqus.",
        "An dieser Stelle befindet sich ein externer Inhalt von Instagram.",
    ],
)
def test_a_named_sponsor_its_code_and_notes_of_widgets_are_removed(text: str) -> None:
    assert without_invitations(text, NOTHING) == ""


def test_a_widget_stays_in_an_article_about_it() -> None:
    note = "JavaScript is required."
    assert without_invitations(note, frozenset({"javascript"})) == note
    assert without_invitations(note, NOTHING) == ""


def test_a_sentence_about_several_networks_is_no_row() -> None:
    sentence = "Facebook, Instagram and TikTok appeal."
    assert without_invitations(sentence, NOTHING) == sentence
    assert without_invitations("Facebook, Instagram, TikTok and LinkedIn.", NOTHING) == ""


@pytest.mark.parametrize("text", ["The show is back. It opens in Ulvik.", "The thread is out.", "Dead: 45. Hurt: 120."])
def test_short_sentences_of_an_article_stay(text: str) -> None:
    assert body(text, "Ferry") == text


def test_a_row_of_networks_stays_in_an_article_about_one_of_them() -> None:
    row = "Facebook, Instagram, WhatsApp"
    assert without_invitations(row, frozenset({"facebook", "outage"})) == row
    assert without_invitations(row, frozenset({"ferry"})) == ""


def test_a_key_and_the_header_of_a_quotation_are_removed_and_the_signed_message_stays() -> None:
    text = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nThe owl is back.\n"
        "Am 3.2.25 um 09:12 schrieb Marcus Teal\n<m@mail.example>:\n> Is it?\n"
        "-----BEGIN PGP SIGNATURE-----\n\niQIzBAEB+/=\n-----END PGP SIGNATURE-----\n"
    )
    assert " ".join(without_armour(text).split()) == "The owl is back. > Is it?"


@pytest.mark.parametrize(
    "end",
    [
        ["--", "Rosa Timm", "Harbour Board"],
        ["Von meinem iPhone gesendet"],
        ["Envoyé de mon iPad"],
        ["Mit freundlichen Grüßen", "Rosa Timm"],
        ["Saludos cordiales,", "Rosa Timm"],
        ["Pressekontakt:", "Rosa Timm", "+49 30 123456"],
        ["Ufficio stampa", "Rosa Timm"],
        ["Avviso legale: questo messaggio è riservato"],
        ["Forward-Looking Statements", "This release contains statements that involve risks."],
    ],
)
def test_what_a_letter_ends_with_is_removed(end: list[str]) -> None:
    assert [line for line in without_closings(["The owl is back on the fence.", *end]) if line] == [
        "The owl is back on the fence."
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["The menu.", "--", "A long last part, in which the cook tells how he came to the island, what he found there "
         "and why he stayed for eleven winters with two goats."],
        ["The strike.", "Press office staff of the ministry went on strike on Monday."],
        ["Two poems.", "Cheers from the harbour", "The boats come in"],
    ],
)  # fmt: skip
def test_other_ends_stay(lines: list[str]) -> None:
    assert without_closings(lines) == lines


@pytest.mark.parametrize(
    "text",
    [
        "A certificate opens with -----BEGIN CERTIFICATE----- and a dull block.\nBrowsers read it.",
        "Am 9. März 1931 schrieb Ada Holm an ihre Schwester:\nDas Eis trägt.",
        "On 9 March 1931 at 10:40, Ada Holm wrote in the ship's log:\nThe ice holds.",
    ],
)
def test_prose_about_keys_and_quoted_diaries_stays(text: str) -> None:
    assert without_armour(text) == text


def test_of_a_key_without_end_only_its_own_lines_are_removed() -> None:
    key = "-----BEGIN PGP SIGNATURE-----\nVersion: GnuPG v2\n\n" + "iQIzBAEB" * 8 + "\n=Qz9a\n"
    kept = without_armour(f"The owl is back.\n{key}Nobody\nsaw it leave.").split("\n")
    assert [line for line in kept if line] == ["The owl is back.", "Nobody", "saw it leave."]


@pytest.mark.parametrize(
    "line",
    [
        "On Sun, 9 Mar 2025 at 10:40, Ada Holm <ada@mail.example> wrote:",
        "Le dim. 9 mars 2025 à 10:40, Ada Holm <ada@mail.example> a écrit :",
        "Am 09.03.25 um 10:40 schrieb Ada Holm:",
    ],
)
def test_the_header_of_a_quoted_mail_is_removed(line: str) -> None:
    assert without_armour(f"{line}\nThe ice holds.") == "\nThe ice holds."


@pytest.mark.parametrize(
    "lines",
    [
        ["We met at the pier.", "--", "Why sail?", "It is quiet.", "And the storms?"],
        ["First.", "--", "Second", "--", "Third"],
        ["The fair opens.", "Sent from the islands, the wool is grey", "It ends in June"],
        ["Das Archiv wächst.", "Gesendet von der Insel, kamen zwölf Kisten"],
        ["She named the boat.", "Its name?", "Best", "It sails on Monday."],
        ["Three cafés.", "Best", "Harbour Inn", "Worst", "Gull Bar"],
        ["Law.", "Disclaimer: a word that a judge defined in 1990 now costs a baker his shop, lawyers said."],
        ["A disclaimer is no shield.", "Disclaimer: this article is no advice, many blogs say."],
        ["Tax.", "Legal notice: the city's paper loses it", "Ada", "Ida", "Ole", "Una"],
        ["CW: the channel that showed the regatta closes"],
        ["TW/h: how to read a meter"],
        ["Embargoed for 30 years by its neighbours, Ulvik wove sails."],
        ["Sperrfrist: Was das Wort seit 1950 bedeutet"],
        ["Порт закрыт.", "Пресс-служба: суда ушли, экипажи в гостинице"],
        ["The ministry moved.", "Press office", "It now has two floors", "and a view of the harbour"],
        ["Firms hedge.", "Note on forward-looking statements", "The court threw out a suit by anglers of Ulvik."],
    ],
)
def test_a_line_of_the_article_that_looks_like_the_end_of_a_letter_stays(lines: list[str]) -> None:
    assert without_closings(lines) == lines


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my Samsung Galaxy S21",
        "Get Outlook for Android",
        "Gesendet mit Proton Mail",
        "iPhoneから送信",
        "iPhone'umdan gönderildi",
        "Disclaimer: This article is no advice.",
        "Embargoed until 9 March 2026, 10:40 GMT",
        "Sperrfrist: Montag, 9. März 2026, 10 Uhr",
        "CW: fog, cold water",
        "CW: blood",
        "Trigger warning: violence and death",
        "Press office: Ada Holm, +47 56 52 00 00",
    ],
)
def test_one_line_around_an_article_is_removed(line: str) -> None:
    assert without_closings(["The owl is back on the fence.", line]) == ["The owl is back on the fence.", ""]


ARTICLE = (
    "Die Nachtzüge fahren wieder, von Graz nach Ulvik in vierzehn Stunden, und die Plätze sind bis Mai verkauft. Im "
    "Speisewagen kocht eine Köchin aus Linz, die jede Nacht hundert Gäste hat."
)


def test_a_note_about_the_author_is_removed_unless_the_article_is_about_him() -> None:
    note = "Anna Falk ist freie Journalistin in Graz."
    assert without_author_note("Nachtzüge", [ARTICLE, note, "Mehr von der Redaktion", ""]) == [
        *(ARTICLE, "", "Mehr von der Redaktion", "")
    ]
    asked = (
        "Have you ridden a night train? Tell the editors in up to 200 words. If you want to be named, please write so."
    )
    assert without_author_note("Nachtzüge", [ARTICLE, note, asked])[1] == ""
    about = ["Anna Falk erhält den Preis.", ARTICLE, note]
    assert without_author_note("Preis", about) == about


@pytest.mark.parametrize(
    "note",
    [
        "Anna Falk is a freelance writer and editor based in Graz.",
        "Anna Falk is a professor of marine biology at the University of Graz.",
        "Anna Falk is our Graz correspondent.",
        "Anna Falk est journaliste au Monde.",
        "About the author: Anna Falk is a writer who rides trains.",
    ],
)
def test_a_note_names_an_outlet_a_place_or_the_author(note: str) -> None:
    assert without_author_note("Nachtzüge", [ARTICLE, note]) == [ARTICLE, ""]


@pytest.mark.parametrize(
    "lines",
    [
        ["Anna Falk is a novelist and sailor who rowed the ferry for a year.", "She begins in June."],
        ["Anna Falk is a reporter for the Post.", "She was found on Monday."],
        ["Anna Falk is the reporter who found the letters"],
        ["Anna Falk is a reporter for the Post who found the letters."],
        ["Anna Falk is a reporter jailed in Moscow."],
        ["Anna Falk is a professor who built the boat."],
        ["Anna Falk is a writer in Graz", "Ida Moen is a professor at Ulvik"],
    ],
)
def test_a_person_whom_the_article_introduces_stays(lines: list[str]) -> None:
    assert without_author_note("Nachtzüge", [ARTICLE, *lines]) == [ARTICLE, *lines]


def test_a_short_article_that_ends_with_its_person_stays_whole() -> None:
    lines = ["The city gave its prize.", "Anna Falk is a writer based in Graz."]
    assert without_author_note("Prize", lines) == lines


@pytest.mark.parametrize(
    "credit", ["Ảnh: TTXVN", "צילום: דוברות העירייה", "Kuva: Aino Salo", "Fot. Jan Nowak / Agencja Obraz", "Kaynak: AA",
               "المصدر: وكالات", "Фото: пресс-служба порта", "(PAP) mz/ dki/", "EFE rso/jlp"]
)  # fmt: skip
def test_a_credit_is_known_in_every_language(credit: str) -> None:
    assert body(f"<p>Ulvik.</p><p>{credit}</p>", "Ferry") == "Ulvik."


def test_a_source_that_is_no_wire_service_stays() -> None:
    assert "Kandilli Rasathanesi" in body("<p>Sındırgı 4.1</p><p>Kaynak: Kandilli Rasathanesi</p>", "Depremler")


@pytest.mark.parametrize(
    "line",
    [
        "ULVIK, 12 mar (EFE).- The ferry sank.",
        "(ANSA) - ULVIK, 12 MAR - The ferry sank. (ANSA). ABC-DEF",
        "УЛЬВИК, 3 мар — РИА Новости. The ferry sank.",
        "ULVIK, Norway, Feb. 24, 2026 /PRNewswire/ -- The ferry sank.",
        "The ferry sank. (PAP)",
        "The ferry sank. Att: 11,204. HT: 1-1.",
    ],
)
def test_datelines_marks_of_agencies_and_figures_leave_the_sentence(line: str) -> None:
    assert body(line, "Ferry") == "The ferry sank."


def test_recipes_and_ratings_keep_their_words() -> None:
    text = "Ingredienti: 400 g di orecchiette. Deadline: 1 March."
    assert body(text, "Cena") == text


def test_a_caption_of_a_shortcode_is_kept_only_if_it_describes() -> None:
    text = '[caption id="a_1" width="9"]<img src="a.jpg"/> Photo: Getty Images[/caption]A furnace burns in Ulvik.'
    assert body(text, "Glass") == "A furnace burns in Ulvik."


def test_chapters_that_every_recording_has_are_no_names() -> None:
    text = "<p>Timestamps<br>(00:00) Intro<br>(03:41) Wild yeast<br>(27:15) Listener mail<br>(41:02) Outro</p>"
    assert body(text, "Bread") == "Wild yeast"

"""Invitations to channels, sponsors and widgets, which are removed; and news of services, which stays."""

import pytest

from alt_pipelines.text.boilerplate.invitations import without_invitations
from alt_pipelines_tests.unit.text.bodies import body

NOTHING: frozenset[str] = frozenset()


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

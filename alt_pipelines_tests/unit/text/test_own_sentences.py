"""An article's own sentences that look like credits, notes to the reader, consent or pointers; and those that do go."""

import pytest

from alt_pipelines_tests.unit.text.bodies import body

BEFORE = "<p>The ferry to Ulvik is back. Divers mended its hull.</p>"
AFTER = "<p>It crosses the fjord twice an hour. Cyclists travel free until the autumn.</p>"


def _beside(line: str) -> str:
    """Return what remains of a line between two paragraphs of an article."""
    return "\n".join(body(f"{BEFORE}<p>{line}</p>{AFTER}", "Ferry").split("\n")[1:-1])


@pytest.mark.parametrize(
    "sentence",
    [
        "Photos by Lee Miller went to a museum in Leeds.",
        "Reporting by teenagers changed the law, the jury wrote.",
        "Translated by a nun, the poem reached Wales.",
        "Compiled by hand, the list took nine years.",
        "Photo: a seal sleeps on the ramp of the old quay.",
        "Credit: savers flee the bank",
        "Copyright reform failed in the senate.",
        "All rights reserved for her sons, the contract said.",
        "Fot. Nowaka nikt nie kupił, a teraz kosztuje miliony.",
        "The Xperia Phone 4 costs 500 euros.",
        "She answers the phone 12 hours a day.",
        "(記者たちが?)そう。",
    ],
)
def test_a_sentence_that_begins_as_a_credit_does_stays(sentence: str) -> None:
    assert _beside(sentence) == sentence


@pytest.mark.parametrize(
    "credit",
    [
        "Photos by Lee Miller",
        "Reporting by Jane Doe in London; editing by Bob Ray.",
        "Photo courtesy of the museum.",
        "Copyright 2024 Ulvik Post",
        "Photo: private collection",
        "Fot. Jan Nowak / Agencja",
        "Phone: +47 55 12 34 56",
    ],
)
def test_a_credit_and_a_contact_go(credit: str) -> None:
    assert _beside(credit) == ""


def test_photography_among_the_makers_of_a_film_stays() -> None:
    assert "Anna Ek" in body(f"{BEFORE}<p>Director: Bo Dahl</p><p>Photography: Anna Ek</p>{AFTER}", "Ferry")
    assert "Anna Ek" not in body(f"{BEFORE}<p>Photography: Anna Ek</p>{AFTER}", "Ferry")


@pytest.mark.parametrize(
    "sentence",
    [
        "Kinder teilen das Foto auf WhatsApp und Facebook.",
        "Ouders delen de foto via WhatsApp.",
        "Pupils share the clip on WhatsApp and Facebook.",
        "Wir teilen uns das Boot.",
        "Viewers cancelled their newsletter subscription after the vote.",
        "Subscribe or starve, the printer told his town.",
        "Jetzt anmelden, stand auf der Tafel.",
        "Follow us on Instagram, read the sign on the wreck.",
        "Suivez-nous sur Facebook, disait la banderole.",
        "If you don't know by now: you lose a match, you get benched.",
        "銀行の広告は夏に減った。",
        "登録できるブックマークは最大20個だ。",
        "お問い合わせが続き、窓口は混乱した。",
        "天才カメ クリアブックマーク",
        "皆さん、本当にありがとうございました。",
        "クッキーを焼く店",
        "责任编辑制度已经取消。",
    ],
)
def test_a_report_about_sharing_and_subscribing_stays(sentence: str) -> None:
    assert _beside(sentence) == sentence


@pytest.mark.parametrize(
    "note",
    [
        "Artikel auf Facebook teilen",
        "Subscribe to our newsletter.",
        "この記事をシェアする",
        "続きを読むには会員登録が必要です。",
        "转载、分享请联系我们。",
        "いつもご愛読いただき、誠にありがとうございます。",
    ],
)
def test_a_note_to_the_reader_goes(note: str) -> None:
    assert _beside(note) == ""


def test_what_follows_a_hashtag_in_a_sentence_stays() -> None:
    assert body("They wrote under #FreeAnna all day.", "Ferry").split("\n")[-1] == "all day."


@pytest.mark.parametrize(
    "sentence",
    [
        "El alcalde acepta la política de privacidad de la firma.",
        "Мэр согласен с политикой конфиденциальности фирмы.",
        "ผู้ว่าฯยอมรับนโยบายความเป็นส่วนตัวของบริษัท",
        "I have read the privacy policy of every shop in Ulvik.",
        "I accept that nobody knows the terms of service.",
        "Ich habe die Datenschutzerklärung des Amts nie gesehen.",
        "Ik heb het privacybeleid van de bank verbrand.",
        "I agree to the privacy policy, the minister said.",
    ],
)
def test_somebodys_consent_in_a_report_stays(sentence: str) -> None:
    assert _beside(sentence) == sentence


@pytest.mark.parametrize(
    "note",
    [
        "Al registrarse acepta la política de privacidad.",
        "I have read and accept the privacy policy.",
        "Ich bin mit der Datenschutzerklärung einverstanden.",
        "Согласен с политикой конфиденциальности",
    ],
)
def test_the_readers_consent_goes(note: str) -> None:
    assert _beside(note) == ""


@pytest.mark.parametrize(
    "end",
    [
        "Rosa Pike is a reporter for the Herald and was freed in March.",
        "Rosa Pike es periodista de El Faro y fue liberada en marzo.",
        "Disclaimer: I sail this boat every summer and love it.",
    ],
)
def test_a_person_to_whom_something_happened_and_an_admission_stay_at_the_end(end: str) -> None:
    assert body(f"{BEFORE}{AFTER}<p>{end}</p>", "Ferry").endswith(end)


@pytest.mark.parametrize(
    "line",
    [
        "※余談だが、船の名は川の名でもあり、町の人は今も二つを区別しない。",
        "・4.15開催「港まつり」出演者の発表と記念切手の発売",
        "This story was written in a lighthouse.",
    ],
)
def test_a_remark_a_date_and_a_sentence_about_a_story_stay(line: str) -> None:
    assert _beside(line) == line


def test_other_footnotes_go() -> None:
    assert _beside("※写真の船は商品に含まれません。") == ""


def test_brackets_that_tell_something_stay_and_credits_in_them_go() -> None:
    told = "二人は賞を受けた(左:A.田中、右:B.鈴木)。船倉を確保(そのうち、食堂に二割を利用)した。"
    assert _beside(told) == told
    assert _beside("二人は賞を受けた。(写真:菅井淳子、文:田畑典子)") == "二人は賞を受けた。"


def test_maps_of_somebody_stay_and_those_that_were_supplied_go() -> None:
    assert _beside("Maps by Gerardus Mercator") == "Maps by Gerardus Mercator"
    assert _beside("Maps supplied by Mercator Data") == ""

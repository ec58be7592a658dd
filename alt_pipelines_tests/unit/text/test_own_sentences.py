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


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (
            "Keywords: debt, weather, sheep. A linguist counted them in nine hundred letters.",
            "Keywords: debt, weather, sheep. A linguist counted them in nine hundred letters.",
        ),
        ("Schlagwörter: Fähre, Fjord, Rumpf, Ulvik", ""),
        ("Mots-clés : bac, fjord. Coque.", ""),
        (
            "Метки: красные. Пастух шьёт их сам уже тридцать лет подряд.",
            "Метки: красные. Пастух шьёт их сам уже тридцать лет подряд.",
        ),
        (
            "Crédit photo : Atelier Brume. Cette mention a figuré sous toutes les unes du journal.",
            "Cette mention a figuré sous toutes les unes du journal.",
        ),
        (
            "Photo credit: Ida Norheim. The line ran under every front page for forty years.",
            "The line ran under every front page for forty years.",
        ),
        ("Bildnachweis: Ida Norheim", ""),
        (
            "Fahrgäste erreichen die Werft unter Telefon 0800 222 3330, sagte Kapitänin Jette Brandt.",
            "Fahrgäste erreichen die Werft unter Telefon 0800 222 3330, sagte Kapitänin Jette Brandt.",
        ),
        (
            "Telefon: 117 118. Unter dieser Nummer melden sich jetzt auch die Lotsen.",
            "Unter dieser Nummer melden sich jetzt auch die Lotsen.",
        ),
        (
            "Le numéro est connu : téléphone 0800 222 333. La capitaine Jeanne Morvan y répond elle-même.",
            "La capitaine Jeanne Morvan y répond elle-même.",
        ),
        ("Auskunft gibt das Büro unter Telefon 0800 222 3330. Wir freuen uns auf Ihren Anruf am Vormittag.", ""),
        ("Information: phone 0800 222 3330.", ""),
        (
            "Haftungsausschluss: unwirksam. Den Satz habe niemand gelesen, sagte die Richterin.",
            "Haftungsausschluss: unwirksam. Den Satz habe niemand gelesen, sagte die Richterin.",
        ),
        ("Haftungsausschluss: Für Verspätungen wird trotz sorgfältiger Prüfung nicht gehaftet.", ""),
        ("Disclaimer: This article was written by a friend of the captain, who said nothing.", ""),
    ],
)
def test_a_sentence_beside_a_label_of_a_page_stays(line: str, kept: str) -> None:
    assert _beside(line) == kept


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


@pytest.mark.parametrize(
    "sentence",
    [
        "新聞社は記事の無断転載を禁じています。",
        "ブログの記事を引用する場合、出典のない複製は法律で禁止しています。",
        "館内での写真撮影と複製はお断りします。",
        "この曲の著作権は作曲者の遺族にあります。",
        "プログラムの内容は著作権法によって保護されています。",
        "本站列车未经检查不得发车。",
        "本网记者未经许可不得进入现场。",
        "Mehr über unsere Privatsphäre als jede Datenschutzerklärung weiß heute das Telefon.",
    ],
)
def test_a_sentence_about_rights_stays(sentence: str) -> None:
    assert _beside(sentence) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Externer Inhalt des Pakets wurde beim Zoll angezeigt.",
        "Den externen Inhalt hatte die Polizei geladen.",
        "Mit deiner Einwilligung wird hier gar nichts entschieden.",
        "Call us old-fashioned, but the Facebook group is no substitute for a meeting.",
        "Tell us a little about how the Instagram project began.",
        "Schreibt uns der Minister noch einmal auf Facebook, treten wir zurück.",
        "아이에게 유튜브에서 영어를 배우게 하세요.",
        "请关注孩子的心理",
        "记得点赞那些默默付出的人",
        "点击链接, 钱就没了",
        "识别二维码, 警方提醒有风险",
        "กดไลค์และแชร์ทำให้เขาถูกจับ",
        "ช่วยกดแชร์ข่าวปลอมมีความผิด",
    ],
)
def test_a_sentence_that_asks_its_reader_nothing_stays(sentence: str) -> None:
    assert _beside(sentence) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Filed under false names, the patents were void.",
        "Filed under protest, the papers lay in a drawer for years",
        "Abgelegt unter Papieren fand sie den Brief ihres Vaters.",
        "Classé dans le top dix, il a fêté la nuit.",
        "Archivado en 2019, el caso se reabre ahora.",
        "Archiviato in fretta, il caso torna in aula.",
        "Powered by hydrogen",
        "Es kandidieren drei. (Wahlkreis Nord: Anna Meier/CDU)",
        "Two singers took part. (Duet: Anna Meier/Jo Hill)",
        "Theme by John Williams",
        "「勝てると思った」(田中)",
        "「一球に集中した」(投手・山田太郎)",
        "映画「海」(2020年、長崎で撮影)の監督が語る。",
        "彼は庭の花を(記念撮影)した。",
    ],
)
def test_a_line_that_begins_or_ends_as_a_note_of_a_page_does_stays(sentence: str) -> None:
    assert _beside(sentence) == sentence


@pytest.mark.parametrize("first", ["【ロイター】は英国の通信社である。", "【人民日报】的旧报摊还在老街上。"])
def test_an_agency_that_a_sentence_tells_of_stays(first: str) -> None:
    assert first in body(f"<p>{first}</p>{BEFORE}{AFTER}", "Ferry")


def test_what_a_sentence_begins_with_before_a_name_with_a_full_stop_stays() -> None:
    first = "Price, St.Ives - a fisherman from Cornwall remembered the storm."
    assert first in body(f"<p>{first}</p>{BEFORE}{AFTER}", "Ferry")


def test_speakers_behind_several_lines_stay() -> None:
    lines = ["散るぞ悲しき。(ゲーテ)", "海は青い。(ハイネ)"]
    found = body(f"{BEFORE}{AFTER}<p>{lines[0]}</p><p>{lines[1]}</p>", "Ferry")
    assert all(line in found for line in lines)


def test_what_introduces_a_quoted_diary_stays() -> None:
    said = "On 3 March 1917 the captain wrote:"
    assert said in body(f"The ferry is back.\n\n{said}\n\n> The ice is closing in.\n\nIt crosses the fjord.", "Ferry")


def test_events_that_are_not_to_be_missed_stay() -> None:
    lines = ["À ne pas manquer", "- Le marché du samedi", "- La fête du port"]
    found = body("\n\n".join(["The ferry is back.", *lines, "It crosses the fjord."]), "Ferry")
    assert "Le marché du samedi" in found and "La fête du port" in found


def test_reports_in_korean_above_a_number_stay() -> None:
    found = body("The ferry is back.\n\n문의 전화가 쏟아졌다\n\n콜센터 02-1234-5678번은 불통\n\nIt sails.", "Ferry")
    assert "쏟아졌다" in found and "불통" in found


@pytest.mark.parametrize(
    "sentence",
    [
        "【広告】が消えた街",
        "〈PR〉の父と呼ばれた男",
        "温馨提示:水深危险,仅供专业人员进入",
        "Ring oss när du är hemma, skrev mamma på Facebook.",
        "Mari bergabung, kata presiden di Twitter.",
        "Bize yazın, demişti babası Facebook mesajında.",
        "Пишите нам с фронта, просила мать в телеграм.",
    ],
)
def test_what_somebody_asks_and_a_word_of_advertising_before_a_particle_stay(sentence: str) -> None:
    assert _beside(sentence) == sentence


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Liên hệ giữa hai nước ngày càng chặt", "Đường dây nóng 024 1234567"),
        ("ติดต่อ ครอบครัวไม่ได้ตั้งแต่เกิดเหตุ", "สายด่วน 02 123 4567"),
        ("संपर्क टूटने के बाद गाँव अकेला है", "हेल्पलाइन 011 2345 6789"),
        ("للتواصل مع العائلة استخدموا الراديو", "الرقم 021 234 5678"),
        ("담당 형사의 하루", "그의 번호 02-1234-5678"),
    ],
)
def test_a_line_that_goes_on_after_a_word_of_contact_stays(line: str, number: str) -> None:
    assert line in body(f"The ferry is back.\n\n{line}\n\n{number}\n\nIt crosses the fjord.", "Ferry")


def test_a_word_with_an_ending_after_its_colon_is_no_label() -> None:
    text = (
        "Polisen stängde vägen i går kväll, säger en talesperson.\nPlogbilarna på E6:an stod stilla.\n"
        "Förarna hos SJ:s dotterbolag: alla fick vänta.\nSom vanligt: Plogbilarna på E6:an kom först på morgonen."
    )
    kept = body(text)
    assert "Plogbilarna på E6:an stod stilla." in kept
    assert "SJ:s dotterbolag" in kept

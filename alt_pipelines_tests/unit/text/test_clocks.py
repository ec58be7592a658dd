"""Clock times before the entries of live blogs go; those of programmes and numbers that are no times stay."""

import pytest

from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines_tests.unit.text.bodies import body

ENTRIES = ["Polls close in the valley.", "Rain sets in over the polling places.", "The first voters arrive by boat."]


@pytest.mark.parametrize(
    "times",
    [
        ["16:42", "16:20", "15:55"],
        ["9.05", "10.40", "12.18"],
        ["18h05 –", "18h32 –", "19h10 –"],
        ["08:15 —", "08:40 —", "09:05 —"],
        ["2.04pm", "2.11pm", "2.15pm"],
        ["11:50 am:", "12:10 pm:", "1:05 pm:"],
        ["22:14 GMT", "21:50 GMT", "20:05 GMT"],
        ["23:40", "23:58", "0:12"],
        ["kl. 10.00", "kl. 11.30", "kl. 13.00"],
        ["10:00-11:00", "11:15-12:00", "13:00–14:30"],
        ["14:02 |", "14:20 |", "15:11 |"],
    ],
)
def test_the_time_before_an_entry_goes(times: list[str]) -> None:
    lines = [f"<p><b>{time}</b> {entry}</p>" for time, entry in zip(times, ENTRIES, strict=True)]
    assert body("".join(lines), "Valley votes").split("\n") == ENTRIES


def test_the_label_of_several_entries_goes_with_its_times() -> None:
    parts = ["16:42 Key event", ENTRIES[0], "16:20", ENTRIES[1], "15:55 Key event", ENTRIES[2]]
    assert body("<br>".join(parts), "Valley votes").split("\n") == ENTRIES


@pytest.mark.parametrize(
    "lines",
    [
        ["16:42 Polls close in the valley.", "16:20 Rain sets in over the polling places."],
        ["21:10 Harbour Rovers held on.", "09:30 Quay United rallied.", "15:45 Dock Town drew."],
        ["12.48 million eels came back.", "3.05 million stayed away.", "7.15 million were counted at sea."],
        ["3:1 gewann der SV Lind gegen Ried.", "2:2 endete das Derby.", "0:4 verlor Falkenau."],
        ["10.50 Euro kostet die Fähre.", "12.20 Euro kostet das Boot.", "14.00 Euro kostet beides."],
        ["11.20 Mio. Euro fehlen der Stadt.", "12.40 Mio. Euro gibt das Land.", "13.05 Mrd. Euro gibt der Bund."],
        ["10.50 € kostar färjan.", "12.20 € kostar båten.", "14.00 € kostar båda."],
        ["3:16 For he lit the lamp.", "3:17 And the lamp burned.", "3:18 Who walks by it sees."],
        ["12:30 You shall guard the well.", "12:31 The second is like it.", "12:32 And the scribe agreed."],
        ["2:03 Stunden brauchte die Erste.", "2:11 Stunden die Zweite.", "2:26 Stunden die Dritte."],
        ["10:30 minutes is the record.", "11:15 minutes won last year.", "12:40 minutes was enough before."],
        ["3:16 tells of the lamp.", "4:11 tells of the well.", "5:20 tells of the gate."],
    ],
)
def test_numbers_in_no_order_and_two_times_stay(lines: list[str]) -> None:
    assert body("".join(f"<p>{line}</p>" for line in lines), "Sunday").split("\n") == lines


@pytest.mark.parametrize("topics", [("Harven", "Odlin"), ("Rio de Moura", "Porto Lind"), ("Ada Berg", "Jo")])
def test_the_topic_of_several_entries_stays_without_its_times(topics: tuple[str, str]) -> None:
    parts = [f"16:42 {topics[0]}", ENTRIES[0], f"15:30 {topics[1]}", ENTRIES[1], f"14:20 {topics[0]}", ENTRIES[2]]
    lines = body("<br>".join(parts), "Valley votes").split("\n")
    assert lines == [topics[0], ENTRIES[0], topics[1], ENTRIES[1], topics[0], ENTRIES[2]]


def test_a_topic_that_the_entries_name_stays() -> None:
    told = "The Assemblée valdienne votes again."
    parts = ["16:42 Assemblée valdienne", ENTRIES[0], "15:30", told, "14:20 Assemblée valdienne", ENTRIES[2]]
    assert body("<br>".join(parts), "Valley votes").split("\n").count("Assemblée valdienne") == 2


def test_the_entries_of_a_programme_stay() -> None:
    lines = ["19:00 Owls of the Ried", "20:00 Harbour Choir", "21:30 The Lock Keepers"]
    assert body("<br>".join(lines), "Tonight").split("\n") == lines


def test_a_chinese_live_blog_ends_without_its_thanks() -> None:
    lines = ["21:48 感谢收看今天的文字直播,我们下次再见。", "21:17 林岸第四局取胜。", "19:30 比赛开始。"]
    assert body("<br>".join(lines), "林岸夺冠").split("\n") == ["林岸第四局取胜。", "比赛开始。"]


@pytest.mark.parametrize(
    ("title", "text", "format_"),
    [
        ("【直播】湖畔龙舟赛决赛", "龙舟赛决赛在湖畔举行。电视台现场直播了比赛。", "直播"),
        ("【視頻】渡輪重回鹿灣", "渡輪昨日重回鹿灣。乘客拍下的視頻顯示海面平靜。", "視頻"),
        ("【速報】北浜沖で地震", "北浜沖で地震があった。速報値では震度4だった。", "速報"),
        ("[영상] 두루미 떼 귀환", "두루미 떼가 돌아왔다. 주민이 찍은 영상 에는 백 마리가 넘었다.", "영상"),
    ],
)
def test_a_format_before_a_title_is_a_label_though_the_text_has_the_word(title: str, text: str, format_: str) -> None:
    found = clean_article(title, text)
    assert isinstance(found, CleanText)
    assert format_ in found.labels


def test_a_format_that_the_title_is_about_is_no_label() -> None:
    found = clean_article("【直播】直播带货新规出台", "直播带货新规今天出台。")
    assert isinstance(found, CleanText)
    assert "直播" not in found.labels

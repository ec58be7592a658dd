"""What a post says about itself: pleas, widgets and hashtags of campaigns."""

import pytest

from alt_pipelines.text.boilerplate.social_notes import is_campaign, title_without_author, without_post_notes


@pytest.mark.parametrize(
    "line",
    [
        "4/4 Pls boost",
        "Boosts appreciated!",
        "Please RT",
        "Gerne teilen!",
        "Merci de partager",
        "RT por favor",
        "拡散希望",
        "RTお願いします",
        "알티 부탁드려요",
        "求扩散",
        "Show this thread",
        "Mostrar hilo",
        "スレッドを表示",
        "38 · Edited 2h ago · Show thread · Reply to @ada@example.social",
    ],
)
def test_a_plea_or_a_widget_goes(line: str) -> None:
    assert without_post_notes(line) == ""


@pytest.mark.parametrize(
    "line",
    [
        "Please boost the signal before you drill.",
        "See the thread on the spindle.",
        "Ulvik · 12 March",
        "Partager le pain",
    ],
)
def test_a_line_of_the_post_stays(line: str) -> None:
    assert without_post_notes(line) == line


@pytest.mark.parametrize(
    "tag",
    [
        "OffTopicTuesday",
        "FollowFriday",
        "SilentSunday",
        "caturday",
        "f4f",
        "拡散希望",
        "相互フォロー",
        "猫好きさんと繋がりたい",
        "맞팔",
        "互粉",
    ],
)
def test_a_campaign_is_known(tag: str) -> None:
    assert is_campaign(tag)


@pytest.mark.parametrize(
    "tag", ["BlackFriday", "SuperTuesday", "GoodFriday", "Ulvik", "Rewilding", "friday", "Tuesday", "소금빵"]
)
def test_a_topic_is_none(tag: str) -> None:
    assert not is_campaign(tag)


@pytest.mark.parametrize(
    "line",
    [
        "RT yap, takip et kazan!",
        "Like & share to win",
        "Follow and RT for a chance to win!",
        "Sigue, comparte y gana",
        "RT + follow pour gagner",
        "Folge uns und gewinne!",
        "Segui e condividi per vincere",
        "Curta e concorra",
        "Polub i udostępnij, wygraj",
        "Репост и выиграй",
        "フォロー&RTで当たる!",
        "轉發抽獎",
        "팔로우 + RT 하면 추첨",
        "Chia sẻ để trúng quà",
    ],
)
def test_a_call_to_repost_and_win_is_removed(line: str) -> None:
    assert without_post_notes(line) == ""


@pytest.mark.parametrize(
    "line",
    [
        "Follow the river to win the race",
        "Teams share the win",
        "Comenta la final y gana tiempo",
        "공유의 첫 선물",
        "コメントで応募する大学が増えた。",
        "分享送暖",
    ],
)
def test_another_line_with_such_words_stays(line: str) -> None:
    assert without_post_notes(line) == line


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("Post by @ada_kerr", "Post by"),
        ("Beitrag von @ada.kerr@example.social", "Beitrag von"),
        ("Ada Kerr (@ada_kerr@example.social)", "Ada Kerr"),
        ("투고 @ada_kerr", "투고"),
    ],
)
def test_the_account_of_the_author_goes_from_the_end_of_a_title(title: str, rest: str) -> None:
    assert title_without_author(title, "The eels are back.") == rest


@pytest.mark.parametrize(
    "title",
    [
        "Concert @Paradiso",
        "@eelwatch is banned",
        "Who is @dril?",
        "What is new in @eelkit/core",
        "Eels @eelwatch counted",
    ],
)
def test_an_account_that_the_post_is_about_stays(title: str) -> None:
    assert title_without_author(title, "The Paradiso has eels.") == title

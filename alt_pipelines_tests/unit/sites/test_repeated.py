"""What sites repeat: learned from their articles, without taking a story's own text for it."""

from alt_pipelines.sites.repeated import LEAST_STORIES, MOST_LINES, RepeatedLine, SeenArticle, repeated_lines
from alt_pipelines.text.boilerplate.removal import line_key

TOPICS = [
    "cod quota",
    "tram strike",
    "opera roof",
    "kelp farm",
    "sea cable",
    "library hours",
    "otter census",
    "ice rink",
]
NOTE = "The Tarnby Herald brings the county together each dawn."


def article(topic: str, *lines: str, title: str | None = None) -> SeenArticle:
    body = "".join(
        f"<p>{line}</p>" for line in (f"The county discussed the {topic} at length on Monday evening.", *lines)
    )
    return SeenArticle("herald.example", title or topic.title(), body)


def test_a_line_of_many_stories_is_the_site_s() -> None:
    learned = repeated_lines([article(topic, NOTE) for topic in TOPICS])
    assert learned == {line_key(NOTE): RepeatedLine(len(TOPICS), NOTE)}


def test_a_sentence_behind_each_story_s_own_is_learned_too() -> None:
    learned = repeated_lines([article(topic, f"Voters care about the {topic}. {NOTE}") for topic in TOPICS])
    assert line_key(NOTE) in learned


def test_numbers_and_case_do_not_make_another_line() -> None:
    learned = repeated_lines([article(topic, f"Herald number {at} goes to press.") for at, topic in enumerate(TOPICS)])
    assert set(learned) == {line_key("HERALD NUMBER 99 goes to press.")}


def test_a_story_that_is_sent_again_and_again_teaches_nothing() -> None:
    long = "Divers of the county looked at every pier of the old bridge and found cracks in two of them on Tuesday."
    again = [article(topic, long, title=f"Bridge, part {topic}") for topic in TOPICS]
    assert repeated_lines(again) == {}


def test_a_handful_of_articles_teaches_nothing() -> None:
    assert repeated_lines([article(topic, NOTE) for topic in TOPICS[: LEAST_STORIES - 1]]) == {}


def test_a_site_keeps_a_bounded_number_of_lines() -> None:
    notes = [
        f"Note of the house about {chr(97 + at // 26)}{chr(97 + at % 26)} and more." for at in range(2 * MOST_LINES)
    ]
    assert len(repeated_lines([article(topic, *notes) for topic in TOPICS])) == MOST_LINES

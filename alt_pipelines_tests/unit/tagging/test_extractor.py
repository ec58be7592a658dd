"""Articles in, outcomes out: every bad input gets its outcome, and its neighbours do not notice."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence

import numpy as np
import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from alt_pipelines.embedding.hashing import HashingEmbedder
from alt_pipelines.embedding.protocol import ModelFileError
from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import Extraction, RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.vocabulary.words import Vocabulary
from alt_pipelines_tests.support.speed import takes_at_most

ENGLISH = RawArticle(
    "en",
    "Workers Try To Unload Tanker After Oil Spill",
    "<p>Millions of gallons of crude oil spilled when the tanker Exxon Valdez ran aground on Bligh Reef in Prince "
    "William Sound. The Coast Guard closed the sound to ships, and Alaska&amp;#39;s environmental officers criticised "
    "the cleanup. Fishermen said that the oil spill threatens salmon and herring.</p>",
)
JAPANESE = RawArticle(
    "ja",
    "名古屋市で半導体工場の建設始まる",
    "愛知県名古屋市で新しい半導体工場の建設が始まった。大村秀章知事は起工式で、地域経済への期待を述べた。"
    "工場は『東海テクノパーク』に建てられ、自動車向けの半導体を生産する。",
)


@pytest.fixture(scope="module")
def extractor() -> TagExtractor:
    return TagExtractor(TaggingSettings(), HashingEmbedder())


def one(extractor: TagExtractor, title: str = "", content: str = "", language: str | None = None) -> Extraction:
    return extractor.extract([RawArticle("x", title, content, language)])[0]


def test_english_and_japanese_articles_get_the_tags_a_reader_would_expect(extractor: TagExtractor) -> None:
    english, japanese = extractor.extract([ENGLISH, JAPANESE])
    assert (english.status, english.language) == ("tagged", "en")
    assert {"Exxon Valdez", "oil spill"} & {t.tag for t in english.tags}
    assert (japanese.status, japanese.language) == ("tagged", "ja")
    assert "半導体工場" in {t.tag for t in japanese.tags}


@pytest.mark.parametrize("article", [ENGLISH, JAPANESE], ids=["en", "ja"])
def test_an_article_with_enough_text_has_three_to_ten_tags_in_order_of_confidence(
    extractor: TagExtractor, article: RawArticle
) -> None:
    tags = extractor.extract([article])[0].tags
    confidences = [t.confidence for t in tags]
    assert 3 <= len(tags) <= 10
    assert confidences == sorted(confidences, reverse=True)
    assert confidences[0] > 0.6 > confidences[-1] or len(set(confidences)) > 3


def test_what_an_own_budget_refines_depends_on_nothing_before() -> None:
    settings = TaggingSettings(refine_below_confidence=1.0, refine_budget=0.5)
    batch = [RawArticle(str(number), ENGLISH.title, ENGLISH.content) for number in range(4)]
    used = TagExtractor(settings, HashingEmbedder())

    def refined(extractor: TagExtractor) -> list[bool]:
        found = extractor.extract(batch, "steady")
        return [bool(one.cascade and one.cascade.needs_refine) for one in found]

    first = refined(used)
    for _ in range(3):
        used.extract([ENGLISH], "steady")
    assert refined(used.with_own_budget()) == refined(used.with_own_budget()) == first
    assert first.count(True) == 2


@pytest.mark.parametrize(
    ("title", "content", "status", "reason"),
    [
        ("", "", "rejected", "blank"),
        ("  ", "\n\t\u200b", "rejected", "blank"),
        ("", "123 456 7.8 %", "rejected", "no_letters"),
        ("🎉", "🎉🎉🔥", "rejected", "no_letters"),
        ("", "\x00\x01\x02", "rejected", "blank"),
        ("", "<script>" * 1000, "rejected", "blank"),
        ("", "of the and", "empty", "no_phrase_fit_for_a_tag"),
        ("", "y" * 2000, "empty", "no_phrase_fit_for_a_tag"),
    ],
)
def test_an_article_without_tags_has_a_reason(
    extractor: TagExtractor, title: str, content: str, status: str, reason: str
) -> None:
    found = one(extractor, title, content)
    assert (found.status, found.reason, found.tags, found.confidence) == (status, reason, (), 0.0)


@pytest.mark.parametrize(
    "content",
    [
        "The oil spill in Alaska. " * 200_000,
        "日本の東京で大会が開かれた。" * 350_000,
        "word " * 23_400,
        "x" * 100_000,
        "漢" * 100_000,
        "あ" * 100_000,
        "ア・" * 50_000,
        "「あ」" * 30_000,
        "<div>" * 100_000 + "<p>Oil spill in Alaska",
        "a" + "\u0301" * 100_000,
        "http://a.b/c?d=e " * 6_000,
        "@" * 100_000,
        "あに" * 50_000,
        "반도체 공장을 " * 10_000,
        "中国国家主席习近平访问俄罗斯" * 7_000,
    ],
    ids=lambda text: f"{text[:8]!r} x {len(text)}",
)
@pytest.mark.heavy
def test_every_article_has_a_bounded_cost(extractor: TagExtractor, content: str) -> None:
    found = one(extractor, "A title", content)
    assert found.status in ("tagged", "empty")
    assert takes_at_most(5, lambda: one(extractor, "A title", content))  # about a second
    assert found.sanitized_length <= 100_010


@pytest.mark.parametrize(
    ("content", "never"),
    [
        ("R&amp;D at AT&amp;amp;T &gt; others &nbsp; in Alaska and the Coast Guard", {"amp", "gt", "nbsp"}),
        (
            "See https://www.example.com/oil.html of the Coast Guard in Alaska, mail a@example.com",
            {"https", "com", "www"},
        ),
        ("東京都は&nbsp;半導体&amp;自動車の工場を&lt;建設&gt;した", {"amp", "nbsp", "lt", "gt"}),
    ],
)
def test_rests_of_markup_and_addresses_are_never_tags(extractor: TagExtractor, content: str, never: set[str]) -> None:
    tags = {t.tag.lower() for t in one(extractor, "", content).tags}
    assert tags
    assert not any(word in tag.split() for tag in tags for word in never)
    assert not any("example" in tag for tag in tags)


@pytest.mark.parametrize(
    ("content", "language"),
    [
        ("وصل الرئيس المصري عبد الفتاح السيسي إلى الرياض في زيارة رسمية إلى المملكة العربية السعودية.", "ar"),
        ("Hello 世界 привет שלום 東京タワー Oil spill", None),
        ("\u202eThe oil spill\u202c in \u200bAlaska\u200f closed Prince William Sound", "en"),
        ("საქართველოს პრეზიდენტი თბილისში ჩავიდა", "ka"),
        ("ዜና ኢትዮጵያ አዲስ አበባ", "am"),
        ("nuqneH tlhIngan maH Qapla batlh", None),
    ],
)
def test_scripts_of_every_kind_give_tags(extractor: TagExtractor, content: str, language: str | None) -> None:
    found = one(extractor, "", content)
    assert found.status == "tagged"
    assert language is None or found.language == language
    assert not any("\u200b" in t.tag or "\u202e" in t.tag for t in found.tags)


def test_text_in_the_wrong_encoding_is_tagged_as_what_it_was(extractor: TagExtractor) -> None:
    garbled = "東京タワーで大会が開かれた。".encode().decode("latin-1")
    assert "東京タワー" in {t.tag for t in one(extractor, "", garbled).tags}


def test_the_language_of_the_source_is_believed(extractor: TagExtractor) -> None:
    assert one(extractor, "Oslo", "Oslo er en by i Norge", "no").language == "no"
    assert one(extractor, "x", "Klingon tlhIngan Hol jatlh", "tlh").status == "tagged"


def test_order_and_ids_are_kept_and_duplicates_are_tagged_alike(extractor: TagExtractor) -> None:
    batch = [RawArticle(str(i), a.title, a.content) for i, a in enumerate([ENGLISH, JAPANESE] * 20)]
    batch.insert(7, RawArticle("bad", "", ""))
    found = extractor.extract(batch)
    assert [e.id for e in found] == [a.id for a in batch]
    assert len({tuple(t.tag for t in e.tags) for e in found if e.language == "ja"}) == 1


class BrokenEncoder:
    backend = model_id = "broken"

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> NDArray[np.float32]:
        raise RuntimeError("the session is gone")


def test_an_encoder_that_fails_costs_quality_and_no_article() -> None:
    found = TagExtractor(TaggingSettings(refine_below_confidence=1.0), BrokenEncoder()).extract([ENGLISH, JAPANESE])
    assert [e.status for e in found] == ["tagged", "tagged"]
    assert found[0].backend == "features"


class DamagedEncoder(BrokenEncoder):
    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> NDArray[np.float32]:
        raise ModelFileError("The tokenizer x cannot be read. Build it again.")


def test_a_damaged_model_is_logged_as_one_sentence_with_the_remedy() -> None:
    with structlog.testing.capture_logs() as logs:
        found = TagExtractor(TaggingSettings(refine_below_confidence=1.0), DamagedEncoder()).extract([ENGLISH])
    assert [e.status for e in found] == ["tagged"]
    (line,) = [line for line in logs if line["event"] == "tag_refinement_failed"]
    assert line["reason"] == "The tokenizer x cannot be read. Build it again."
    assert "exc_info" not in line


class SlowToLoad(HashingEmbedder):
    """An encoder that loads a model for each language when it first reads it."""

    SECONDS = 2.0

    def __init__(self) -> None:
        super().__init__()
        self.loaded: set[str] = set()

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> NDArray[np.float32]:
        for language in set(languages or ()) - self.loaded:
            time.sleep(self.SECONDS)
            self.loaded.add(language)
        return super().encode(texts, languages)


def test_loading_the_models_of_the_second_pass_is_no_inference() -> None:
    encoder = SlowToLoad()
    first = TagExtractor(TaggingSettings(refine_below_confidence=1.0), encoder)
    found = first.extract([ENGLISH]) + first.with_own_budget().extract([JAPANESE])
    assert [e.backend for e in found] == ["features+hash", "features+hash"]
    assert encoder.loaded >= {"en", "ja"}
    assert max(e.inference_ms for e in found) < 1000 * SlowToLoad.SECONDS


class PoisonedArticle(str):
    """A text that breaks whoever looks at it: stands for any defect that no test has thought of."""

    __slots__ = ()

    def replace(self, *args: object, **kwargs: object) -> str:  # type: ignore[override]
        raise MemoryError("poisoned")

    def __contains__(self, part: object) -> bool:
        raise MemoryError("poisoned")

    def __len__(self) -> int:
        raise MemoryError("poisoned")


def test_an_unforeseen_error_is_one_articles_outcome(extractor: TagExtractor) -> None:
    found = extractor.extract([ENGLISH, RawArticle("p", "t", PoisonedArticle("<p>text</p>")), JAPANESE])
    assert [e.status for e in found] == ["tagged", "failed", "tagged"]
    assert found[1].reason == "MemoryError while extracting tags"


def test_uncertain_articles_are_refined_together_and_say_so() -> None:
    extractor = TagExtractor(TaggingSettings(refine_below_confidence=1.0, refine_budget=1.0), HashingEmbedder())
    english, japanese = extractor.extract([ENGLISH, JAPANESE])
    assert english.cascade is not None
    assert english.cascade.needs_refine
    assert english.backend == japanese.backend == "features+hash"


def test_a_language_without_a_second_pass_is_not_refined(extractor: TagExtractor) -> None:
    found = one(extractor, "", "Le gouvernement français a présenté hier la réforme des retraites au parlement.", "fr")
    assert found.backend == "features"
    assert found.cascade is not None
    assert not found.cascade.needs_refine


def test_a_backlog_gets_its_first_tags_at_once_and_says_that_more_is_to_come() -> None:
    extractor = TagExtractor(TaggingSettings(), HashingEmbedder())
    now = extractor.extract([ENGLISH], "backlog")[0]
    assert (now.status, now.backend, now.deferred) == ("tagged", "features", True)
    later = extractor.extract([ENGLISH], "trickle")[0]
    assert (later.backend, later.deferred) == ("features+hash", False)


def test_at_most_the_budget_is_refined_over_many_batches() -> None:
    extractor = TagExtractor(TaggingSettings(refine_below_confidence=1.0), HashingEmbedder())
    refined = sum(e.backend != "features" for _ in range(5) for e in extractor.extract([ENGLISH] * 20))
    assert 30 <= refined <= 36


def test_extraction_is_deterministic(extractor: TagExtractor) -> None:
    other = TagExtractor(TaggingSettings(), HashingEmbedder())
    mine = [
        (e.tags, e.confidence, e.status)
        for e in TagExtractor(TaggingSettings(), HashingEmbedder()).extract([ENGLISH, JAPANESE])
    ]
    assert mine == [(e.tags, e.confidence, e.status) for e in other.extract([ENGLISH, JAPANESE])]


@pytest.mark.heavy
def test_loading_dictionaries_is_no_articles_slow_inference() -> None:
    program = (
        "from alt_pipelines.settings import TaggingSettings\n"
        "from alt_pipelines.tagging.extraction.extractor import RawArticle, TagExtractor\n"
        "found = TagExtractor(TaggingSettings(refine_budget=0.0), None).extract("
        "[RawArticle('1', '', '東京で半導体工場の建設が始まった。')])\n"
        "print(found[0].inference_ms)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True)
    assert float(done.stdout.splitlines()[-1]) < 100


def test_max_tags_is_obeyed() -> None:
    assert len(TagExtractor(TaggingSettings(max_tags=4), HashingEmbedder()).extract([ENGLISH])[0].tags) == 4


def test_no_articles_give_no_extractions(extractor: TagExtractor) -> None:
    assert extractor.extract([]) == []


@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from([None, "en", "ja", "zh", "fr", "xx", ""]))
@settings(max_examples=300, deadline=None)
def test_any_text_has_a_well_formed_outcome(title: str, content: str, language: str | None) -> None:
    found = one(_SHARED, title, content, language)
    confidences = [t.confidence for t in found.tags]
    assert found.status in ("tagged", "empty", "rejected")
    assert (found.status == "tagged") == bool(found.tags)
    assert (found.reason is None) == (found.status == "tagged")
    assert len(found.tags) <= 10
    assert len({t.tag.casefold() for t in found.tags}) == len(found.tags)
    assert all(0 <= c <= 1 for c in (*confidences, found.confidence))
    assert confidences == sorted(confidences, reverse=True)
    for tag in found.tags:
        assert 2 <= len(tag.tag) <= 60
        assert tag.tag.isprintable()
        json.dumps(tag.tag).encode("utf-8")


_SHARED = TagExtractor(TaggingSettings(), HashingEmbedder())


def test_an_extraction_names_the_vocabulary_only_if_its_tags_were_ranked_by_it() -> None:
    known = {language: Vocabulary(language, 500, 0.1, 0.3, {}) for language in ("en", "ja")}
    for budget, named in ((0.0, ["en"]), (1.0, ["en", "ja"])):
        settings = TaggingSettings(refine_below_confidence=1.0, refine_budget=budget)
        extractor = TagExtractor(settings, HashingEmbedder())
        extractor.use(known)
        found = extractor.with_own_budget().extract([ENGLISH, JAPANESE])
        assert [extraction.vocabulary for extraction in found if extraction.vocabulary] == [
            known[language].version for language in named
        ]
        extractor.use({})
        assert [extraction.vocabulary for extraction in extractor.extract([ENGLISH, JAPANESE])] == [None, None]

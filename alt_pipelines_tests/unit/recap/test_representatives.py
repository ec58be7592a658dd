"""Representative sentences are understood alone, and terms are whole names."""

import numpy as np
import pytest

from alt_pipelines.recap.story.fitness import FRAGMENT, LEANING, SENTENCE, UNREADABLE, VAGUE, fitness
from alt_pipelines.recap.story.mentions import mention_patterns, shared_names
from alt_pipelines.recap.story.representatives import Pool, choose
from alt_pipelines.recap.story.topics import find_topics
from alt_pipelines.recap.story.whole_names import complete
from alt_pipelines_tests.unit.recap.corpora import document
from alt_pipelines_tests.unit.recap.runs import run

FIT = {
    "en": {
        SENTENCE: [
            "Mayor Ilse Brandt opened the new tram line in Velsund on Friday.",
            "The Velsund tram line cost 400 million crowns.",
            "Police said that the driver of the tram was unhurt.",
        ],
        VAGUE: [
            "The tram line was closed for two years.",
            "Both drivers who were hurt have left the hospital in Velsund.",
            "After Ilse Brandt won in Velsund, she promised a second line.",
            "The line to the airport will open in May, he said.",
            "“Nobody was hurt in the tunnel,” the fire chief of Velsund told reporters.",
        ],
        FRAGMENT: [
            "Did the mayor of Velsund know about the cracks in the tunnel?",
            "The driver pulled the brake and then jumped off the.",
            "The prices of the most common tickets in Velsund are as follows:",
            "Ilse Brandt opens the new line (Photo/Agency) on a Friday in the harbour district.",
            "Tram line opens in Velsund after two years of works",
        ],
        LEANING: [
            "Described as a quiet engineer, he joined the works in 2009.",
            "“We are proud of what our people built,” the mayor said.",
            "`` I saw it coming,'' a passenger told the paper.",
            "In addition, tickets become cheaper for pupils.",
            "Another delay in the works was a strike in the summer.",
            "Now the tunnel is back in the news of the region.",
            "Indeed, nobody in the harbour district had expected it.",
        ],
        UNREADABLE: [
            "{{Byline|date=In her term as mayor, Ilse Brandt opened two tram lines in Velsund.",
            "The line [[Velsund tramway]] was opened on Friday by the mayor.",
            "Two lines opened in Velsund&shy; on Friday, the mayor of the town said.",
        ],
    },
    "ja": {
        SENTENCE: ["北浜市の路面電車は金曜日に全線で運転を再開した。", "市長は式典で「待ち望んだ日だ」と述べた。"],
        FRAGMENT: [
            "GuardianNewspapersLimited、2006年4月22日。",
            "佐藤健一『北浜市電:二年ぶりに運転を再開/北浜』。",
            "『路面電車が全線で運転を再開した日について』。",
            "新しい路線は市民の暮らしを変えるのだろうか?",
            "6回には佐藤の2ランホームランで逆転に成功。",
            "新しい運賃と所要時間は以下のとおりである。",
        ],
        LEANING: [
            "同容疑者は調べに対し、事実を認めているという。",
            "両新聞によると、運転の再開は来月になる見通しだ。",
            "しかし、市長は運転の再開を認めなかった。",
        ],
    },
    "de": {
        SENTENCE: ["Das Gericht in Lübeck hat den Angeklagten am Montag freigesprochen."],
        LEANING: ["Außerdem will die Stadt zwei neue Linien bauen.", "Seine Anwältin hatte Freispruch gefordert."],
    },
    "fr": {
        SENTENCE: ["Le tribunal de Nantes a relaxé lundi l'ancien maire de la ville."],
        LEANING: ["Cette décision a surpris les avocats de la défense.", "Elle a annoncé deux nouvelles lignes."],
    },
    "es": {
        SENTENCE: ["El tribunal de Sevilla absolvió el lunes al antiguo alcalde."],
        LEANING: ["Su abogada había pedido la absolución.", "Sin embargo, el fiscal recurrirá la sentencia."],
    },
    "ru": {LEANING: ["Однако прокуратура намерена обжаловать решение суда."]},
    "zh": {
        SENTENCE: ["北滨市的有轨电车星期五恢复全线运行，市长出席了仪式。"],
        LEANING: ["此外，市政府计划明年再修建两条新的线路。"],
    },
    "ko": {
        SENTENCE: ["북빈시의 노면 전차가 금요일에 전 구간 운행을 다시 시작했다."],
        LEANING: ["그러나 시장은 운행 재개를 인정하지 않았다."],
    },
    "ar": {LEANING: ["وأضاف أن البلدية ستبني خطين جديدين في العام المقبل."]},
    "it": {SENTENCE: ["Venerdì, i passeggeri sono tornati sui tram della città di Trieste."]},
}
CASES = [(language, rank, text) for language, ranks in FIT.items() for rank, texts in ranks.items() for text in texts]


@pytest.mark.parametrize(("language", "rank", "text"), CASES, ids=[text[:40] for _, _, text in CASES])
def test_a_sentence_is_rated_by_whether_it_is_understood_alone(language: str, rank: int, text: str) -> None:
    assert fitness(text, language) == rank


def test_the_names_of_a_story_are_those_that_its_articles_share() -> None:
    texts = [
        ["Wladimir Korvin stopped Tony Marsh in Berne on Saturday."],
        ["A right hand from Korvin ended the fight of Marsh in the sixth round."],
        ["Fans in Berne saw Korvin win against Marsh."],
    ]
    names = shared_names(texts, ["en"] * 3)
    assert names["en"] == {"korvin", "marsh", "berne"}
    pattern = mention_patterns(names)["en"]
    assert pattern is not None
    assert pattern.search("Korvin's promoter spoke on Sunday.")
    assert not pattern.search("The marshes were dry, and no arrests were made.")


def test_a_lower_rank_is_chosen_only_after_the_higher_ones_of_its_turn() -> None:
    rows = np.eye(4, dtype=np.float32) * 0.2 + 0.5
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    assert choose(Pool(rows, groups=[0, 1, 2, 2], ranks=[1, 1, 3, 3]), 2, 0.35)[0] in {2, 3}
    assert set(choose(Pool(rows, groups=[0, 0, 1, 1], ranks=[1, 3, 3, 1]), 2, 0.35)) == {1, 2}


def test_sentences_without_a_name_of_the_story_give_way_to_those_with_one() -> None:
    """Every article has one sentence that nobody understands alone, and a stray article mentions no name at all."""
    articles = [
        "Fire crews fought the blaze in the Tolmark dairy of Palmar all night. No arrests were made in that case.",
        "The Tolmark dairy in Palmar burned down on Tuesday. Sadly, children from a village watched how walls fell.",
        "Old walls of the Tolmark dairy in Palmar fell in the fire on Tuesday. Long hours passed until help arrived.",
    ]
    result = run([document(f"fire-{i}", text.replace(". ", ".\n")) for i, text in enumerate(articles)], mmr_lambda=0.35)
    shown = [r.text for story in result.stories for r in story.representatives]
    assert len(shown) >= 2
    assert all("Tolmark" in text for text in shown)


@pytest.mark.parametrize(
    ("term", "texts", "whole"),
    [
        ("Minister Robert", ["While Prime Minister Robert Fico won, others lost."], "Prime Minister Robert Fico"),
        (
            "Orleans Saints",
            ["The New Orleans Saints lost.", "Some New Orleans Saints met."],
            "New Orleans Saints",
        ),
        ("Inácio Lula", ["Then Luiz Inácio Lula da Silva met the president."], "Luiz Inácio Lula da Silva"),
        ("Gulik", ["Anna van Gulik spoke.", "It was Anna van Gulik who left."], "Anna van Gulik"),
        ("Brazil", ["On Monday Brazil won.", "The team of Brazil lost.", "Today Brazil plays."], "Brazil"),
        ("Saints", ["The New Orleans Saints lost.", "The Saints lost again.", "Fans of the Saints left."], "Saints"),
        ("Korvin", ["On Monday Korvin Beats Marsh In Berne Again"], "Korvin"),
        ("summit", ["The Seoul Summit summit Begins."], "summit"),
    ],
)
def test_a_name_is_completed_by_the_words_that_always_stand_beside_it(term: str, texts: list[str], whole: str) -> None:
    assert complete(term, texts) == whole


def test_a_word_that_the_operator_excluded_is_not_added_to_a_name() -> None:
    assert complete("Minister Robert", ["While Prime Minister Robert Fico won."], frozenset({"fico"})) == (
        "Prime Minister Robert"
    )


def test_time_zones_templates_and_single_characters_are_not_terms() -> None:
    english = [["{{Byline|date}} Voters in Carpania chose at 10:00 UTC+3 on Sunday."]] * 2
    japanese = [["若ノ鵬が15日(UTC-3)に北浜場所で勝った。"], ["北浜場所で若ノ鵬が勝った。"]]
    terms = [*find_topics(english, ["en"] * 2, np.zeros(2, int))[0].terms]
    terms += find_topics(japanese, ["ja"] * 2, np.zeros(2, int))[0].terms
    assert not [term for term in terms if "UTC" in term or "Byline" in term or len(term) == 1]


def test_references_to_characters_are_shown_as_characters() -> None:
    texts = [
        "The tram of Velsund &ndash; the oldest of the country &mdash; runs again.",
        "Velsund&#8217;s tram runs again since Friday.",
    ]
    result = run([document(f"a-{i}", text) for i, text in enumerate(texts * 2)])
    shown = [r.text for story in result.stories for r in story.representatives]
    assert any("–" in text for text in shown)
    assert not [text for text in shown if "&" in text]

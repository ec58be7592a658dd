"""Invented corpora for the tests of genre runs: stories told by several articles, and every odd shape of input."""

import random
from typing import Any

from alt_pipelines.recap.corpus.request import GenreRunRequest

_EN = [
    ("Ferry", "The ferry Northern Star ran aground near Skaldvik harbour with 214 passengers on board."),
    ("Chips", "The Ostrava chip plant of Lumen Semiconductor halted production after a power failure."),
    ("Election", "Voters in Carpania elected Helena Brandt as president in a run-off against Tomas Weil."),
    ("Volcano", "Mount Kerulak erupted overnight, and ash clouds closed the airports of Tessaly island."),
    ("Football", "Rovers beat United four to one in the cup final as striker Dani Okoro scored a hat-trick."),
    ("Bank", "Meridian Bank agreed to buy its rival Stonegate Trust for nine billion crowns in shares."),
]
_TAILS = [
    "Officials said an inquiry would begin within days.",
    "Witnesses described long hours of waiting and confusion.",
    "A spokeswoman declined to comment on the cause.",
    "The news came as a surprise to most observers.",
    "Neighbouring regions offered help on Tuesday evening.",
    "Analysts expect the consequences to be felt for months.",
]
_JA = [
    "北島重工業は四日、新型ロケット「あけぼの」の打ち上げに成功したと発表した。",
    "白浜市の中央病院で停電が起き、入院患者百二十人が別の病院へ移された。",
    "将棋の桐生名人が三連覇を達成し、来期の挑戦者は若手の藤代六段に決まった。",
    "高原鉄道は豪雨で不通となっていた湖畔線の運転を二十日ぶりに再開した。",
]
_JA_TAILS = [
    "関係者は早ければ来週にも詳しい説明を行うとしている。",
    "地元の住民からは安堵の声が上がった。",
    "専門家は今後の影響を慎重に見守る必要があると話す。",
]


def english(stories: int = 3, each: int = 4, seed: int = 1) -> list[dict[str, Any]]:
    """Documents of `each` articles a story; article ids say the story: "Ferry-0", "Ferry-1", ..."""
    chance = random.Random(seed)
    found = []
    for number in range(stories):
        name, lead = _EN[number % len(_EN)]
        if number >= len(_EN):
            name, lead = f"{name}{number}", lead.replace("The ", f"The Region{number} ")
        for article in range(each):
            tail = [f"{name}: {sentence}" for sentence in chance.sample(_TAILS, 2)]
            found.append(document(f"{name}-{article}", "\n".join([f"{lead[:-1]}, report {article} says.", *tail])))
    return found


def japanese(stories: int = 3, each: int = 3) -> list[dict[str, Any]]:
    """Japanese documents without line breaks or white space after 。"""
    return [
        document(f"ja{number}-{article}", f"{_JA[number]}{_JA_TAILS[article % 3]}{_JA_TAILS[(article + 1) % 3]}")
        for number in range(stories)
        for article in range(each)
    ]


def document(article_id: str, *paragraphs: str, **more: Any) -> dict[str, Any]:
    """One document of a request body."""
    return {"article_id": article_id, "paragraphs": list(paragraphs), **more}


def request(documents: list[dict[str, Any]], metadata: dict[str, Any] | None = None, **params: Any) -> GenreRunRequest:
    """A validated request with ordinary parameters, or those given."""
    usual = {"max_sentences_total": 2000, "umap_n_components": 25, "hdbscan_min_cluster_size": 5, "mmr_lambda": 0.7}
    body: dict[str, Any] = {"params": usual | params, "documents": documents}
    if metadata is not None:
        body["metadata"] = metadata
    return GenreRunRequest.model_validate(body)


def metadata(average: float = 0.0, coverage: float = 0.0) -> dict[str, Any]:
    """The metadata object with a classifier summary."""
    return {
        "article_count": 1,
        "sentence_count": 1,
        "character_count": 1,
        "primary_language": "en",
        "classifier": {"avg_confidence": average, "coverage_ratio": coverage},
    }

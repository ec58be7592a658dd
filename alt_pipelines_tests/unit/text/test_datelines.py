"""A place and an agency before the first sentence go; a pair of names and a label before a colon stay."""

import pytest

from alt_pipelines_tests.unit.text.bodies import MORE, TEXT, body

ARABIC = "قال رئيس الهيئة إن الجسر الجديد سيفتح في مايو بعد إصلاح استمر عامين."
HINDI = "मंत्री ने कहा कि पुल दो साल की मरम्मत के बाद मई में खुलेगा।"
SPANISH = "La ministra dijo que el puente abrirá en mayo tras dos años de obras."


@pytest.mark.parametrize(
    ("dateline", "sentence"),
    [
        ("طنجة - المرقاب نيوز: ", ARABIC),
        ("بيت لحم – صحيفة المرصد: ", ARABIC),
        ("طنجة (المرقاب) - ", ARABIC),
        ("القاهرة - رويترز: ", ARABIC),
        ("नई दिल्ली (प्रहरी) - ", HINDI),
        ("नई दिल्ली, 12 मई (प्रहरी) ", HINDI),
        ("MADRID - EFE: ", SPANISH),
        ("Madrid (Vigía).- ", SPANISH),
        ("ANKARA (Gözcü) - ", "Bakan, köprünün iki yıllık onarımın ardından mayısta açılacağını söyledi."),
    ],
)
def test_a_dateline_goes(dateline: str, sentence: str) -> None:
    assert body(f"<p>{dateline}{sentence}</p><p>{TEXT}</p><p>{MORE}</p>").split("\n")[0] == sentence


@pytest.mark.parametrize(
    "line",
    [
        "فيديو - محمد صلاح: اللاعب يعود إلى التدريب بعد شهر من الغياب.",
        "المغرب - تونس: مباراة الذهاب تنتهي بالتعادل أمام جمهور كبير.",
        "Madrid - Sevilla: el tren tardará dos horas menos desde mayo.",
        "VIDEO - Ada Berg: la cantante vuelve al escenario del puerto.",
        "Kritik - Anna Holm: Der neue Roman spielt in einem Moor.",
        "दिल्ली - मुंबई: नई रेल मई में चलेगी।",
        "القاهرة - الأهلي: أعلن مدرب الفريق قائمة المباراة المقبلة.",
        "بغداد - طهران: بدأت المحادثات حول النهر صباح اليوم.",
        "إسرائيل - غزة: قتل ثلاثة في غارة ليلا.",
        "عمّان - الوحدات: أكد رئيس النادي بقاء المدرب.",
        "Town Hall - AP: Judge sides with the ferry owners.",
        "Searchlight - Reuters: The firm will sell its maps.",
        "Real Falkenau - TT: Tränaren lämnar klubben.",
        "Searchlight / AP: Firm sells its maps.",
        "राम शर्मा, 12 साल (दिल्ली) ने प्रतियोगिता जीती।",
        "মিনা রায়, 12 বছর (ঢাকা) পুরস্কার পেয়েছে।",
    ],
)
def test_what_stands_before_a_colon_and_is_no_agency_stays(line: str) -> None:
    assert body(f"<p>{line}</p><p>{TEXT}</p><p>{MORE}</p>").split("\n")[0] == line


def test_two_clubs_that_an_arabic_report_names_again_stay() -> None:
    line = "المرجان - الوادي: قال المدرب إن الوادي لعب مباراة كبيرة على أرضه."
    assert body(f"<p>{line}</p><p>{TEXT}</p><p>{MORE}</p>").split("\n")[0] == line

"""Turkish candidates: whole names of bodies and works, no measures, no verbal nouns without their subject."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.spaced.people import is_possessed
from alt_pipelines.tagging.extraction.spaced.turkish.verbs import is_copula, is_softened


def _found(text: str) -> list[str]:
    return [candidate.form for candidate in find_candidates("Haberler", text, "tr")]


@pytest.mark.parametrize(
    ("text", "whole", "cut"),
    [
        (
            "Davaya bakan Muğla 2. İdare Mahkemesi, limanın ruhsatını iptal etti.",
            "Muğla 2. İdare Mahkemesi",
            "İdare Mahkemesi",
        ),
        ("Toplantıya Gençlik ve Spor Bakanlığı ev sahipliği yaptı.", "Gençlik ve Spor Bakanlığı", "Spor Bakanlığı"),
        ('Yazarın "Deniz Kıyısında Bir Ev" romanı ödül aldı.', "Deniz Kıyısında Bir Ev", "Bir Ev"),
        ("Takım, Cezayirli kaleci Anis Belaid ile anlaştı.", "kaleci", "Cezayirli kaleci"),
        ("Şirket, otonom drone Kartal ile fuara katıldı.", "otonom drone", "otonom drone Kartal"),
        ("Sahada 300 bin yıllık buzul örneği bulundu.", "buzul örneği", "yıllık buzul örneği"),
        ("Belediye 40 hektarlık mera alanını satışa çıkardı.", "mera alanı", "hektarlık mera"),
        ("Firma, elektrikli traktörü fuarda tanıttı.", "elektrikli traktör", "elektrikli traktörü"),
    ],
)
def test_a_phrase_is_whole_and_without_what_only_measures(text: str, whole: str, cut: str) -> None:
    found = _found(text)
    assert whole in found
    assert cut not in found


def test_a_name_with_a_possessed_noun_is_a_phrase_too() -> None:
    assert "Datça" in _found("Kazı, Muğla'nın Datça ilçesinde yapıldı.")


@pytest.mark.parametrize(
    ("text", "whole", "cut"),
    [
        ("Proje, İzmir ve Manisa Büyükşehir Belediyesi tarafından yürütülüyor.", "İzmir", "İzmir ve Manisa"),
        ("Toplantıda Kültür ve Turizm Bakanlığı konuştu.", "Kültür ve Turizm Bakanlığı", "Toplantıda Kültür"),
        (
            "Dün Denizli kent merkezinde konser verildi. Bolu Dağı, Abant Gölü ve Göynük Kalesi gezildi.",
            "Denizli",
            "kent",
        ),
    ],
)
def test_a_place_is_neither_a_field_of_a_body_nor_a_demonym(text: str, whole: str, cut: str) -> None:
    found = _found(text)
    assert whole in found
    assert not any(form.startswith(cut) for form in found)


@pytest.mark.parametrize("text", ["Vergilerin artırılması bekleniyor.", "Masanın üzerinde kitap vardı."])
def test_neither_verbal_nouns_with_an_ending_nor_postpositions_are_phrases(text: str) -> None:
    assert not {"artırılma", "üzerinde", "üzerinde kitap"} & set(_found(text))


def test_a_dotted_capital_is_the_same_small_letter() -> None:
    text = "İlk gezi mayısta olacak. Ankara Kalesi, Gordion Müzesi ve Beypazarı gezilecek."
    assert not any(form.startswith("İlk") for form in _found(text))


def test_a_noun_with_the_copula_is_no_noun() -> None:
    assert is_copula("sporcudur")
    assert not is_copula("müdür")


def test_a_possessive_may_soften_the_last_letter_of_its_noun() -> None:
    assert is_softened("ağacı", "ağaç")
    assert is_possessed("Bakanlığı")
    assert not is_possessed("Bakanlık")


def test_a_headline_in_capitals_has_the_words_of_the_text() -> None:
    text = "Isparta'da sel köprüyü yıktı. Isparta Valisi İlknur Işık bölgeye gitti. Köprü inşaatı durdu."
    shown = {c.form for c in find_candidates("ISPARTA'DA SEL KÖPRÜYÜ YIKTI: SON DAKİKA", text, "tr")}
    assert "Isparta" in shown
    assert not {"ISPARTA", "DAKİKA", "YIKTI"} & shown


def test_a_phrase_of_a_title_in_capitals_is_shown_as_the_body_writes_it() -> None:
    text = "Zeytinyağı fabrikası işçileri yürüdü. Öğleden sonra zeytinyağı fabrikası üretimi durdu."
    shown = {c.form for c in find_candidates("ZEYTİNYAĞI FABRİKASI İŞÇİLERİ YÜRÜDÜ", text, "tr")}
    assert not any("İ" in form for form in shown)


def test_several_capitalised_words_that_only_begin_names_lack_their_head() -> None:
    text = (
        "Kararı dün Türkiye Satranç Federasyonu duyurdu. Yarın Türkiye Satranç Şampiyonası başlıyor. "
        "Dün İzmir Kukla Festivali açıldı, Bursa Kukla Festivali ertelendi."
    )
    found = {candidate.form for candidate in find_candidates("Kupa", text, "tr")}
    assert {"Türkiye Satranç Federasyonu", "Türkiye Satranç Şampiyonası", "Kukla Festivali"} <= found
    assert "Türkiye Satranç" not in found


def test_a_person_whose_name_several_things_have_is_whole() -> None:
    text = "Dün Kerem Tekinay Parkı açıldı. Yarın Kerem Tekinay Stadı açılıyor. Törende Kerem Tekinay ödülü verildi."
    assert "Kerem Tekinay" in {candidate.form for candidate in find_candidates("Açılış", text, "tr")}

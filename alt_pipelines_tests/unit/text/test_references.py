"""References and tickers leave running text; what an article says of its own subject stays."""

import time
import unicodedata

import pytest

from alt_pipelines.text.references import without_references
from alt_pipelines.text.tickers import without_tickers


@pytest.mark.parametrize(
    ("text", "gone", "kept"),
    [
        ("Sleep fell by an hour. PMID: 31234567.", "PMID", "Sleep fell by an hour."),
        ("Le sommeil baisse. PMCID: PMC7654321, ISSN 1234-567X.", "PMC", "Le sommeil baisse."),
        ("数据已公开。arXiv:2501.01234v2 [cs.LG]", "arXiv", "数据已公开。"),
        ("Die Studie (Lindqvist et al., 2019; Marsh & Doyle, 2021) zeigt Moos.", "Lindqvist", "zeigt Moos."),
        ("Lindqvist et al. (2019) found moss on roofs.", "Lindqvist", "found moss on roofs."),
        ("Lindqvist A, et al. counted owls.", "Lindqvist", "counted owls."),
        ("El musgo crece (Ferrer y cols., 2020).", "Ferrer", "El musgo crece"),
        ("Supported by NIH grant R01-CA123456.", "R01", "Supported by NIH"),
        ("本研究はJSPS科研費 JP20K12345の助成を受けた。", "JP20K12345", "の助成を受けた。"),
        ("ClinicalTrials.gov number, NCT01234567.", "NCT", ""),
        ("Owls hunt voles. [PubMed] [CrossRef]", "CrossRef", "Owls hunt voles."),
    ],
)
def test_references_are_removed(text: str, gone: str, kept: str) -> None:
    rest = without_references(text)
    assert gone not in rest
    assert kept in rest


@pytest.mark.parametrize(
    "text",
    [
        "PubMed has 37 million records, and PubMed Central is free.",
        "Il film di Fellini (Fellini, 1960) torna in sala.",
        "She won a grant of 50,000 pounds, a grant 20 others wanted.",
        "Doi Inthanon is 2,565 metres high.",
        "The ORCID registry and the ISSN centre moved to Paris.",
    ],
)
def test_the_subjects_of_an_article_are_no_references(text: str) -> None:
    assert without_references(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Halvane Inc. (NASDAQ: HLVN) opened a mill.", "Halvane Inc. ; opened a mill."),
        ("Halvane (NYSE American: HLV; TSX-V: HLX) fell.", "Halvane ; fell."),
        ("Die Nordwind AG (ETR: NWD, ISIN: DE0001234567) baut.", "Die Nordwind AG ; baut."),
        ("Groupe Sorel (Euronext Paris: SRL) recrute.", "Groupe Sorel ; recrute."),
        ("Petrolina (B3: PTLN4) sobe.", "Petrolina ; sobe."),
        ("Żubr (GPW: ZBR) rośnie.", "Żubr ; rośnie."),
        ("Ganga Steel (NSE: GANGASTEEL, BSE: 500999) rose.", "Ganga Steel ; rose."),
        ("海嶺工業（東証プライム、証券コード：7999）は新工場を建てる。", "海嶺工業 ; は新工場を建てる。"),
        ("海嶺工業（TSE:7999）は", "海嶺工業 ; は"),
        ("晨光電（股票代碼：2999）表示", "晨光電 ; 表示"),
        ("한별전자(코스닥: 099999)가", "한별전자 ; 가"),
        ("Halvane (HLVN.O) fell.", "Halvane ; fell."),
    ],
)
def test_the_ticker_after_a_firm_is_removed(text: str, kept: str) -> None:
    rest = without_tickers(unicodedata.normalize("NFKC", text))
    assert " ".join(rest.split()) == unicodedata.normalize("NFKC", kept)


@pytest.mark.parametrize(
    "text",
    [
        "The NYSE: what changes in June",
        "Nasdaq (the exchange) and the LSE merge.",
        "The World Health Organization (WHO) met.",
        "Senator Ada Holt (D-WA) voted.",
        "IST nicht; die ISE (Köln) 2024",
        "The course (CSE 142) is full.",
    ],
)
def test_an_exchange_in_the_news_stays(text: str) -> None:
    assert without_tickers(text) == text


@pytest.mark.parametrize("piece", ["(NASDAQ: ", "A", "Lind A, ", "(Lind and Marsh, ", "PMID 1", "grant A1", "et al "])
def test_time_is_in_proportion(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    without_tickers(without_references(text))
    assert time.process_time() - start < 2

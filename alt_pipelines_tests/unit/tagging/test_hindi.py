"""Hindi candidates: whole names, neither oblique plurals nor verbs, postpositions, units and predicates."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.spaced.hindi.words import is_hindi_verb, is_oblique_plural


@pytest.mark.parametrize("word", ["ठगों", "आरोपियों", "नदियों", "घोड़ों"])
def test_an_oblique_plural_is_known_by_its_singular(word: str) -> None:
    assert is_oblique_plural(word)


def test_a_surname_with_the_same_ending_is_none() -> None:
    assert not is_oblique_plural("ढिल्लों")


def test_no_candidate_ends_in_an_oblique_plural() -> None:
    text = "पुलिस ने बैंक के खातों की जांच की और दो आरोपियों को पकड़ा। अमरजीत ढिल्लों ने साइबर ठगों पर रिपोर्ट लिखी।"
    found = [candidate.form for candidate in find_candidates("", text, "hi")]
    assert "अमरजीत ढिल्लों" in found
    assert not any(form.endswith(("खातों", "आरोपियों", "ठगों")) for form in found)


@pytest.mark.parametrize(
    ("text", "whole", "cut"),
    [
        ("यह राष्ट्रीय जल विज्ञान संस्थान में हुआ।", "राष्ट्रीय जल विज्ञान संस्थान", "विज्ञान संस्थान"),
        ("वह नेशनल बुक ऑफ रिकॉर्ड्स में आई।", "नेशनल बुक ऑफ रिकॉर्ड्स", "ऑफ रिकॉर्ड्स"),
        ("बाढ़ के कारण यमुना नदी का पानी चढ़ा।", "यमुना नदी", "कारण यमुना नदी"),
        ("मंडी में 20 क्विंटल बाजरा का सौदा हुआ।", "बाजरा", "क्विंटल बाजरा"),
        ("पुणे की स्टार्टअप तरंगिका मोटर्स ने निवेश जुटाया।", "तरंगिका मोटर्स", "स्टार्टअप तरंगिका मोटर्स"),
        ("न्यायमूर्ति अनिल त्रिवेदी ने फैसला सुनाया।", "अनिल त्रिवेदी", "न्यायमूर्ति अनिल त्रिवेदी"),
        ("नया फोन यानी एंड्रॉयड 16 पर चलता है।", "एंड्रॉयड 16", "यानी एंड्रॉयड"),
        ("उपन्यास 'आग का दरिया' फिर छपा।", "आग का दरिया", "दरिया"),
        ("पहाड़ी राजमार्ग सुरक्षित है।", "पहाड़ी राजमार्ग", "राजमार्ग सुरक्षित"),
    ],
)
def test_a_phrase_is_a_whole_name_without_its_surroundings(text: str, whole: str, cut: str) -> None:
    found = [candidate.form for candidate in find_candidates("समाचार", text, "hi")]
    assert whole in found
    assert cut not in found


@pytest.mark.parametrize(
    ("text", "whole", "cut"),
    [
        ("इस नाटक के निर्देशक गिरीश कर्नाड हैं।", "गिरीश कर्नाड", "गिरीश"),
        ("जिले की कलेक्टर नेहा शर्मा थीं।", "नेहा शर्मा", "नेहा"),
        ("मेले का उद्घाटन गायक मनोज हिरलेकर करेंगे। मेला शनिवार को खुलेगा।", "मनोज हिरलेकर", "मनोज"),
    ],
)
def test_a_name_before_a_copula_keeps_its_last_word(text: str, whole: str, cut: str) -> None:
    found = [candidate.form for candidate in find_candidates("समाचार", text, "hi")]
    assert whole in found
    assert cut not in found


def test_a_year_before_in_does_not_belong_to_the_name_before_it() -> None:
    found = [candidate.form for candidate in find_candidates("समाचार", "नेपाल 2008 में गणराज्य बना।", "hi")]
    assert "नेपाल" in found
    assert "नेपाल 2008" not in found


@pytest.mark.parametrize(("word", "verb"), [("मांगते", True), ("फैलाएं", True), ("मचाई", True), ("लड़ाई", False)])
def test_a_verb_that_the_dictionary_lacks_is_known_by_stem_and_ending(word: str, verb: bool) -> None:
    assert is_hindi_verb(word) is verb

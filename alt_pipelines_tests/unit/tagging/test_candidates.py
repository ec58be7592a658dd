"""Which phrases may become tags, language by language."""

import subprocess
import sys

import pytest

from alt_pipelines.tagging.extraction.candidates import MAX_UNSPACED, MAX_WORDS, find_candidates, presentable
from alt_pipelines.tagging.extraction.japanese.quotes import quoted

ENOUGH = " The Coast Guard closed Prince William Sound to all ships."  # phrases, so that no single words stand in


def forms(text: str, language: str = "en", title: str = "") -> list[str]:
    return [c.form for c in find_candidates(title, text, language)]


def test_the_readers_of_other_languages_are_imported_with_their_first_text() -> None:
    """Their dictionaries would be a quarter of what a process imports at its start."""
    code = (
        "import sys; from alt_pipelines.tagging.extraction.candidates import find_candidates\n"
        "for text, language in (('', 'en'), ('Das Werk in Köln', 'de')):\n"
        "    find_candidates('', text, language)\n"
        "    print(sorted(name.rpartition('.')[2] for name in sys.modules if 'extraction.spaced.tokens' in name))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "['tokens']"]


def test_english_phrases_of_several_words_keep_their_casing() -> None:
    found = forms("The Exxon Valdez spilled crude oil in Prince William Sound.")
    assert {"Exxon Valdez", "crude oil", "Prince William Sound"} <= set(found)


def test_headline_capitals_make_no_names() -> None:
    found = forms("The workers unload the tanker." + ENOUGH, title="Workers Try To Unload The Tanker")
    assert "Unload" not in " ".join(found)
    assert "tanker" in found


def test_a_verb_in_ing_leaves_its_object_and_an_attribute_stays() -> None:
    found = forms("They are spilling oil. The drinking water is safe.")
    assert "oil" in found
    assert "drinking water" in found


@pytest.mark.parametrize("weak", ["last week", "Many athletes", "40 mph winds", "the same thing", "Monday"])
def test_weak_words_time_and_measures_do_not_lead(weak: str) -> None:
    found = [form.lower() for form in forms(f"{weak} came to Alaska.{ENOUGH}")]
    assert not any(f.startswith(("last", "many", "40", "mph", "same", "monday", "week", "thing")) for f in found)


def test_names_that_begin_with_a_weak_word_stay() -> None:
    assert "New York" in forms("He went to New York.")


def test_japanese_phrases_have_no_particles_verbs_or_counts() -> None:
    found = forms("名古屋市の河村市長は10月1日に3人の立候補を発表した。", "ja")
    assert "河村市長" in found
    assert not any(form.endswith(("は", "に", "を", "した")) or form in ("3人", "10月1日", "10月") for form in found)


def test_japanese_quoted_names_are_candidates_and_speech_is_not() -> None:
    found = forms("映画『地獄の黙示録』を見た。彼は「行くのは嫌だ」と言った。", "ja")
    assert "地獄の黙示録" in found
    assert "行くのは嫌だ" not in found


def test_foreign_names_stay_whole_and_lists_are_split() -> None:
    found = forms("マーロン・ブランドが出演し、朝日新聞・毎日新聞の記者が集まった。", "ja")
    assert "マーロン・ブランド" in found
    assert not any("朝日新聞・毎日新聞" in form for form in found)


def test_cited_sources_are_not_topics() -> None:
    found = forms("読売新聞によると、愛知県で大会が開かれた。共同通信が昨日報じた。", "ja")
    assert "読売新聞" not in found
    assert "共同通信" not in found
    assert "愛知県" in found


ELSEWHERE = "岡山市の中心街で朝市が開かれ、野菜や鮮魚を求める市民が集まった。"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("山陽新報や備中日日新聞、瀬戸通信などの報道によると、港の倉庫で火災があった。", "山陽新報"),
        ("山陽新報や備中日日新聞、瀬戸通信などの報道によると、港の倉庫で火災があった。", "備中日日新聞"),
        ("山陽新報(瀬戸通信電)によると、港の倉庫で火災があった。", "山陽新報"),
        ("港の倉庫で火災があった。本記事は「山陽新報」と「瀬戸通信」の以下の報道を情報源としている。", "瀬戸通信"),
        ("港の倉庫で火災があった。(山陽新報より)", "山陽新報"),
        ("港の倉庫で火災があった。「倉庫で火災」。『山陽新報社』、2009年12月19日。", "山陽新報社"),
        ("港の倉庫で火災があった。『倉庫で火災』。瀬戸放送協会(SETOWEB)、2014年9月3日。", "SETOWEB"),
        (
            "山陽新報によると倉庫で火災。山陽新報によると犠牲者はない。" * 2 + "山陽新報の記者。山陽新報の人。",
            "山陽新報",
        ),
    ],
)
def test_a_source_is_known_by_each_way_to_cite_it(text: str, source: str) -> None:
    assert source not in forms(ELSEWHERE + text, "ja")


@pytest.mark.parametrize(
    "text",
    [
        "瀬戸電機の新工場が岡山市に完成した。瀬戸電機によると、新工場は瀬戸電機で最大となる。瀬戸電機の株価は上がった。",
        "岡山市と倉敷市、瀬戸電機が被害を受けたと報じられた。",
    ],
)
def test_a_company_that_speaks_of_itself_is_a_topic(text: str) -> None:
    assert "瀬戸電機" in forms(text, "ja") or "倉敷市" in forms(text, "ja")


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("岡山フェニックスは優勝した。同チームは初めてである。", "同チーム"),
        ("岡山府警は容疑者を逮捕した。同府警によれば余罪がある。", "同府警"),
        ("瀬戸内病院は新棟を開いた。同病院近郊は混雑した。", "同病院近郊"),
    ],
)
def test_a_noun_after_the_same_refers_to_a_name_and_is_none(text: str, reference: str) -> None:
    assert not [form for form in forms(ELSEWHERE + text, "ja") if form in reference and form.startswith("同")]


@pytest.mark.parametrize("word", ["同性婚", "同盟国", "同窓会", "同級生"])
def test_words_that_begin_with_the_same_are_phrases(word: str) -> None:
    assert word in forms(f"会議では{word}について話した。婚約と連盟も話題になった。", "ja")


@pytest.mark.parametrize(
    "zone", ["8月2日18:03(UTC+9)に", "現地時間(UTC+2)の", "3月10日未明(UTC-4)に", "13時51分(JST)に"]
)
def test_a_time_zone_is_no_phrase(zone: str) -> None:
    assert not [form for form in forms(f"{ELSEWHERE}地震は{zone}起きた。", "ja") if form[:3] in ("UTC", "JST")]


@pytest.mark.parametrize(
    "text",
    [
        "産経新聞は、県内の大会に五千人が集まったと伝えている。",
        "県内の大会に五千人が集まった。『大会に五千人』。産経新聞、2006年7月2日。",
        "県内の大会に五千人が集まった。産経新聞『大会に五千人』。配信社、2006年7月2日。",
    ],
)
def test_a_source_is_known_by_its_use(text: str) -> None:
    found = forms(text, "ja")
    assert not any("産経新聞" in form for form in found)
    assert "大会" in found


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("丸山新聞が廃刊", "丸山新聞が報じた。読者は減っていた。"),
        ("", "丸山新聞によると、読者は減っていた。丸山新聞の社長が会見し、丸山新聞を廃刊にすると述べた。"),
    ],
)
def test_a_source_that_the_article_is_about_is_a_topic(title: str, text: str) -> None:
    assert "丸山新聞" in {c.form for c in find_candidates(title, text, "ja")}


@pytest.mark.parametrize(
    "text",
    [
        "28日(UTC-4)に国連本部で総会が開かれ、加盟を承認した。",
        "13時51分(UTC)に国連本部で総会が開かれ、加盟を承認した。",
    ],
)
def test_a_time_zone_is_no_topic(text: str) -> None:
    found = forms(text, "ja")
    assert not any("UTC" in form for form in found)
    assert "総会" in found


def test_forms_of_address_do_not_make_variants_of_a_name() -> None:
    assert "木村拓也" in forms("木村拓也さんが引退した。", "ja")


def test_dates_ages_and_amounts_are_not_japanese_tags() -> None:
    found = forms("昭和30年頃、約1,400人が2006年度の大会に参加した。", "ja")
    assert not any(any(c.isdigit() for c in form) for form in found)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Le gouvernement repousse l'âge légal de départ.", "gouvernement repousse âge"),
        ("de", "Der Deutsche Bundestag hat ein Gesetz beschlossen.", "Deutsche Bundestag"),
        ("ko", "삼성전자가 새로운 반도체 공장을 건설한다고 밝혔다.", "삼성전자"),
        ("zh", "中国国家主席习近平周一抵达莫斯科。", "莫斯科"),
        ("ru", "Стороны обсудили кризис в Москве.", "Москве"),
        ("ar", "وصل الرئيس إلى الرياض.", "الرياض"),
        ("th", "นายกรัฐมนตรี เดินทาง", "นายกรัฐมนตรี"),
        ("sw", "Rais wa Kenya alitembelea mji wa Nairobi.", "Kenya"),
        ("xx", "Blorp zander quux. Blorp again.", "Blorp zander quux"),
    ],
)
def test_every_language_has_candidates(language: str, text: str, expected: str) -> None:
    found = forms(text, language)
    assert found
    assert any(expected in form or form in expected for form in found)


@pytest.mark.parametrize(
    "form",
    [
        "amp",
        "gt",
        "nbsp",
        "https",
        "com",
        "12",
        "3.5%",
        "//cdn",
        "_foo_",
        "foo__bar",
        "IMG_2231",
        "example.com",
        "<b>",
        "a",
        "x" * 2000,
        "あ",
        "",
        "「引用",
        "one two three four five",
        "A\u0c5b",
        "\u200cگویند",
        "کتاب\u200c خانه",
        "خانه\u200c",
    ],
)
def test_what_looks_like_markup_numbers_or_addresses_is_never_a_tag(form: str) -> None:
    assert not presentable(form)


@pytest.mark.parametrize(
    "form", ["oil spill", "AI", "U.S.", "O'Brien", "半導体", "AT&T", "COVID-19", "マーロン・ブランド", "io_uring"]
)
def test_ordinary_tags_pass(form: str) -> None:
    assert presentable(form)


def test_limits_of_length_hold_for_every_candidate() -> None:
    text = "oil spill tanker Alaska reef island coast guard " * 3 + "漢字" * 40 + " x" * 2000 + "y" * 2000
    for language in ("en", "ja", "fr", "zh"):
        for form in forms(text, language):
            assert len(form.split(" ")) <= MAX_WORDS
            assert len(form) <= (MAX_UNSPACED if any(c > "\u3000" for c in form) else 60)


def test_a_text_of_few_phrases_gives_its_words() -> None:
    assert {"running", "swimming"} <= {f.lower() for f in forms("Running quickly, swimming slowly.")}


def test_quotes_are_found_at_their_place_however_many_there_are() -> None:
    line = "『東京物語』と『羅生門』" * 200
    from alt_pipelines.text.morphemes import morphemes

    tagged = morphemes(line)
    found = list(quoted(line, tagged))
    assert len(found) == 400
    assert all("".join(m.surface for m in tagged[at : at + len(words)]) == "".join(words) for words, at in found)


def test_a_name_behind_a_long_office_is_kept() -> None:
    found = forms("Human rights activist Malala Yousafzai returns to her native Pakistan." + ENOUGH)
    assert "Malala Yousafzai" in found


def test_the_verb_of_a_headline_is_not_part_of_a_name() -> None:
    found = forms("Norland detains a former minister. Earthquake hits the coast." + ENOUGH)
    assert {"Norland", "Earthquake"} <= set(found)
    assert not any(word in form for form in found for word in ("detains", "hits"))
    assert "oil prices" in forms("They said that oil prices were high." + ENOUGH)


def test_times_and_amounts_in_words_are_not_japanese_tags() -> None:
    # With fewer than three phrases, single words would be candidates too.
    text = "来年春に年間三十トンの乾電池を新工場で生産する。月曜日に二百人が参加した。春の選抜大会も開かれる。"
    found = forms(text, "ja")
    assert {"乾電池", "新工場", "選抜大会"} <= set(found)
    assert not {"来年春", "年間三十トン", "月曜日", "二百人"} & set(found)


@pytest.mark.parametrize(
    "text",
    [
        "A Corvo Nevada Sessna 310C crashes near Tonkin, Nevada killing two people.",
        "An M w 5.9 earthquake hits Tonkin , Peru , killing one person and injuring at least three others.",
    ],
)
def test_a_sentence_with_few_phrases_gives_three_tags_that_read_differently(text: str) -> None:
    assert len({form.casefold() for form in forms(text)}) >= 3


@pytest.mark.parametrize(
    ("title", "language", "small"),
    [
        ("Le phare de Brenne rouvre", "fr", "de"),
        ("El faro de la isla", "es", "la"),
        ("Il ponte della Maddalena", "it", "della"),
        ("Die Brücke von Remagen", "de", "von"),
    ],
)
def test_the_words_of_the_only_phrase_stand_in_but_not_its_small_ones(title: str, language: str, small: str) -> None:
    found = forms("", language, title)
    assert found
    assert small not in found


@pytest.mark.parametrize(
    ("text", "noun", "measured"),
    [
        ("探査船は全長90メートルの船体を公開した。", "全長", "全長90メートル"),
        ("試合は延長14回で決着した。", "延長", "延長14回"),
        ("親鳥がひな5羽を育てる。", "ひな", "ひな5羽"),
    ],
)
def test_a_japanese_amount_is_no_part_of_the_noun_before_it(text: str, noun: str, measured: str) -> None:
    found = [candidate.form for candidate in find_candidates("", text, "ja")]
    assert noun in found
    assert measured not in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The mail server reads its files with zero_copy since May."),
        ("de", "Der Mailserver liest seine Dateien mit zero_copy schneller."),
        ("es", "El servidor de correo lee con zero_copy desde mayo."),
        ("ru", "Почтовый сервер читает файлы через zero_copy быстрее."),
        ("ja", "メールサーバーはzero_copyを使ってファイルを読み込む。"),
        ("zh", "邮件服务器使用zero_copy读取文件。"),
        ("ko", "메일 서버는 zero_copy를 사용해 파일을 읽는다."),
    ],
)
def test_a_name_with_an_underscore_is_whole(language: str, text: str) -> None:
    found = forms(text, language)
    assert "zero_copy" in found
    assert not {"zero", "copy"} & set(found)

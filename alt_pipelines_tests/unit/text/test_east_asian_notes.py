"""Lines of a page around articles in Japanese, Korean, Chinese, Thai, Khmer and Burmese."""

import pytest

from alt_pipelines.text.boilerplate.east_asian_ends import without_ends
from alt_pipelines.text.boilerplate.east_asian_notes import without_page_lines
from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines.text.normal import nfkc
from alt_pipelines_tests.unit.text.bodies import body

JAPANESE = "渡し船の運航が川の両岸で再開した。船頭は三人で、朝の七時から夕方まで十五分おきに人と自転車を運ぶ。"
KOREAN = "나루터의 나룻배가 다시 다닌다. 사공 세 명이 아침 일곱 시부터 저녁까지 사람과 자전거를 나른다."
CHINESE = "渡口的木船恢复摆渡。三名船工从早上七点到傍晚每隔十五分钟运送行人和自行车。"
THAI = "เรือข้ามฟากกลับมาให้บริการอีกครั้ง คนเรือสามคนรับส่งผู้โดยสารตั้งแต่เช้าถึงเย็น"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (JAPANESE, "▶登録情報の変更・退会はこちら"),
        (JAPANESE, "■バックナンバーはこちらから→ https://mail.example/back"),
        (JAPANESE, "このメルマガは、登録された方にお送りしています。"),
        (JAPANESE, "地域ニュース一覧へ戻る"),
        (JAPANESE, "編集部のおすすめ記事"),
        (JAPANESE, "元スレ：https://bbs.example/1"),
        (JAPANESE, "利用規約 | プライバシーポリシー | 運営会社"),
        (JAPANESE, "Apple Podcasts・Spotify・Voicyで毎週配信しています。"),
        (JAPANESE, "BGM：甘茶の音楽工房"),
        (JAPANESE, "お便りは概要欄のフォームから。"),
        (JAPANESE, "この記事にはアフィリエイトリンクが含まれます。"),
        (JAPANESE, "▼使った道具（広告リンク）"),
        (JAPANESE, "12：名無しの船頭さん：2024/11/02(土) 08:15:09.44 ID:Qw3rTy0"),
        (KOREAN, "▶ 카카오톡 채널 바로가기 ▶ 제보는 이메일 desk@news.example"),
        (KOREAN, "목록으로 돌아가기"),
        (KOREAN, "이용약관 | 개인정보처리방침 | 광고문의"),
        (KOREAN, "이 포스팅은 제휴 활동의 일환으로 수수료를 제공받습니다."),
        (KOREAN, "<저작권자 ⓒ 강변일보, 무단 전재 및 재배포 금지>"),
        (KOREAN, "스포티파이, 애플 팟캐스트, 팟빵에서 들을 수 있습니다."),
        (CHINESE, "长按识别二维码关注我们"),
        (CHINESE, "返回首页"),
        (CHINESE, "上一篇：河边的灯会"),
        (CHINESE, "關於我們｜隱私權政策｜聯絡我們"),
        (CHINESE, "小宇宙、喜马拉雅、Apple Podcasts均可收听"),
        (CHINESE, "（作者系河海大学水利系教授）"),
        (THAI, "ติดต่อเรา | นโยบายความเป็นส่วนตัว"),
        (THAI, "กลับหน้าแรก"),
        (THAI, "สมัครรับข่าวสารคลิกที่นี่"),
    ],
)
def test_a_line_of_the_page_is_removed(text: str, line: str) -> None:
    cleaned = clean_article("", f"{text}\n{line}")
    assert isinstance(cleaned, CleanText)
    assert cleaned.text == nfkc(text)


@pytest.mark.parametrize(
    "line",
    [
        "配信停止は三月から始まる。",
        "渡し場はこちら側の岸に移る。",
        "故郷へ戻る",
        "船頭は全文を読むよう求めた。",
        "Spotifyで配信中の番組を市が作った。",
        "12月3日、1998年の台風で橋が落ちた。",
        "利用規約を改め、船に犬を乗せられるようにした。",
        "広告を含む船体のデザインは市民が決めた。",
        "제보는 경찰에 접수됐다.",
        "그는 고향으로 돌아가기",
        "이 글은 사공의 일기다.",
        "作者是一名船工，写了三本书，还教孩子们划船。",
        "船工返回首页上写着的老渡口。",
        "关注我们的河流",
        "เรือกลับหน้าแรกของเกาะ",
    ],
)
def test_a_line_of_the_article_stays(line: str) -> None:
    assert without_page_lines("", [nfkc(line), JAPANESE, JAPANESE, JAPANESE, JAPANESE])[0] == nfkc(line)


def test_platforms_stay_in_an_article_about_one() -> None:
    line = "Spotify、Apple Podcastsで配信中"
    assert without_page_lines("Spotifyが値上げ", [JAPANESE, line])[1] == line


@pytest.mark.parametrize(
    ("end", "left"),
    [
        (["おすすめ記事", "・渡し船の歌が流れる。Spotify、Voicyで配信中"], ["", ""]),
        (["番組は三年目を迎えた。Spotify、Voicyで配信中。(ハラダ)"], ["番組は三年目を迎えた。"]),
        (["番組は三年目を迎えた。Spotify、Voicyで配信中。"], ["番組は三年目を迎えた。"]),
    ],
)
def test_a_line_without_its_note_on_platforms_regains_nothing_that_its_end_lost(
    end: list[str], left: list[str]
) -> None:
    assert without_page_lines("", [JAPANESE, *end]) == [JAPANESE, *left]


def test_the_note_on_the_author_at_the_end_is_removed() -> None:
    note = ["この記事を書いた人", "かわぞい", "川辺に住むWebライター。二児の父。"]
    assert without_page_lines("", [JAPANESE, JAPANESE, JAPANESE, *note]) == [JAPANESE, JAPANESE, JAPANESE, "", "", ""]
    assert without_page_lines("", [*note, *[JAPANESE] * 6])[:3] == note


def test_an_emoji_beside_a_bracket_does_not_end_the_line() -> None:
    cleaned = clean_article("", f"【拡散希望🙏】船が流された。{JAPANESE}")
    assert isinstance(cleaned, CleanText)
    assert not cleaned.text.startswith("】")


def test_the_source_of_a_picture_in_korean_is_removed() -> None:
    cleaned = clean_article("", f"{KOREAN} (사진=나루군 제공)")
    assert isinstance(cleaned, CleanText)
    assert cleaned.text == KOREAN


@pytest.mark.parametrize(
    "line",
    [
        "市民关注和支持渡口修复",
        "各地高度关注与参与护河行动。",
        "市民转发和关注寻人启事",
        "识别蛋白后进入血液",
        "扫描河床进入第二阶段",
        "点击链接被骗十万元",
        "Spotify、Apple Musicが無料再生を停止。",
        "市はSpotifyとVoicyで議会を配信する。",
        "스포티파이와 멜론이 구독료를 올렸다.",
        "小宇宙和喜马拉雅更新版权协议",
        "溺れかけた男性もブロガー。町役場が二十日に感謝状を贈った。",
        "作者是两名退休的船工",
    ],
)
def test_news_that_is_like_a_line_of_the_page_stays(line: str) -> None:
    lines = [JAPANESE, JAPANESE, nfkc(line)]
    assert without_page_lines("", lines) == lines


@pytest.mark.parametrize(
    "line",
    [
        "欢迎点赞、转发和收藏",
        "点赞并关注我们",
        "扫描下方二维码报名",
        "点击文末阅读原文",
        "扫码关注公众号",
        "点击上方“蓝字”关注我们",
        "番組はSpotify、Voicyで配信中です。",
        "스포티파이와 팟빵에서 들으실 수 있습니다.",
        "小宇宙、喜马拉雅上搜索渡口夜话",
    ],
)
def test_such_a_line_that_asks_the_reader_goes(line: str) -> None:
    assert without_page_lines("", [JAPANESE, JAPANESE, nfkc(line)])[2] == ""


def test_an_article_goes_on_below_a_heading_like_that_of_a_note() -> None:
    told = ["管理人について", "管理人は三十年前から住み込みで働く。", "ライターについて", "火打ち石の火は湿気に強い。"]
    lines = [*[JAPANESE] * 5, *told]
    assert without_page_lines("", lines) == lines
    below = ["筆者について", "町に住むエッセイスト。", JAPANESE]
    assert without_page_lines("", [*[JAPANESE] * 4, *below])[4:] == ["", "", JAPANESE]


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        (JAPANESE, "掲載の記事・写真・図表などの無断転載を禁止します。著作権は川岸日報に帰属します。"),
        (JAPANESE, "本サイトに掲載されている写真の無断転載を禁じます。"),
        (JAPANESE, "当ブログの文章、画像などの無断使用はお断りします。"),
        (JAPANESE, "本記事の著作権は筆者にあります。無断での引用・転載はご遠慮ください。"),
        (JAPANESE, "すべてのコンテンツは日本の著作権法により保護されています。"),
        (CHINESE, "本报图片未经书面同意不得转载。"),
        (CHINESE, "本站文章非經授權請勿轉載。"),
        (KOREAN, "이 기사의 저작권은 강변일보에 있으며 무단 전재를 금합니다."),
    ],
)
def test_a_notice_of_rights_is_removed(text: str, notice: str) -> None:
    assert body(f"{text}\n{notice}") == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (JAPANESE, "歌の著作権は作曲者の死後七十年で切れると法律は定めています。"),
        (JAPANESE, "絵の著作権は市に帰属すると市長は説明しました。"),
        (JAPANESE, "町は看板に、写真の無断転載を禁じると書きました。"),
        (CHINESE, "法院认定该网站侵犯了船工的著作权。"),
        (KOREAN, "법원은 사진의 저작권이 사공에게 있다고 판결했다."),
    ],
)
def test_what_an_article_says_of_rights_stays(text: str, sentence: str) -> None:
    assert sentence[:12] in body(f"{text}\n{sentence}")


@pytest.mark.parametrize("line", ["(朝霧新報・北島さつき)", "(潮見通信/北島さつき)", "(白浜支局・北島)"])
def test_a_signature_with_a_paper_as_a_line_at_the_end_goes(line: str) -> None:
    assert body(f"動物園でカワウソ2頭が生まれた。\n{line}") == "動物園でカワウソ2頭が生まれた。"


@pytest.mark.parametrize("line", ["(カワウソ・ラッコ)", "(北島さつき)さんの絵", "新報・通信"])
def test_other_lines_in_brackets_stay(line: str) -> None:
    assert without_ends(["動物園でカワウソ2頭が生まれた。", line])[-1] == line


def test_who_answers_goes_beside_a_number() -> None:
    notice = "傘店は傘を発売します。\nFAX：011-000-0000\n担当：営業部 北島"
    assert "北島" not in body(notice, "傘")


@pytest.mark.parametrize(
    "lines", ["監督：北島さつき\n美術担当：青木剛", "担当：三浦\n演出：青木", "会場：市民会館\n担当：青木剛"]
)
def test_who_made_a_work_stays(lines: str) -> None:
    text = body(f"映画「潮騒の庭」の配役が決まった。\n{lines}", "潮騒の庭")
    assert lines[-2:] in text

"""Stop words: function words by language, and remnants of scraped pages and code.

The caller adds an operator's own words (``STOPWORDS_FILE`` and ``STOPWORDS_EXTRA`` in the settings). No word is listed
because of its topic.
"""

from functools import lru_cache


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list separated by white space."""
    return frozenset(text.split())


WEB = word_set(
    """
    http https www com net org html htm php asp aspx jsp url href src img alt div span css js javascript json xml
    utf rss feed amp nbsp quot lt gt apos ldquo rdquo lsquo rsquo mdash ndash hellip jpg jpeg png gif svg webp pdf
    mp4 login logout signup unsubscribe permalink utm iframe noscript onclick null undefined const var def void
    async await elif println printf stdout stderr
    """
)

MONTHS = word_set("january february march april may june july august september october november december")
WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
DAYS = MONTHS | WEEKDAYS

# Small words inside names of persons: Ursula von der Leyen, José Ortega y Gasset.
NAME_PARTICLES = word_set("af al bin da das de del della den der di dos du el ibn la le ten ter van von y zu")
NAME_PARTICLE = "|".join(sorted(NAME_PARTICLES))  # pattern of one of them

# Conjunctions between two compounds of which the first one shares the end of the second: pre- and post-war, Rad- und
# Gehwege, väg- och tågnät.
BETWEEN_COMPOUNDS = word_set("and or und oder sowie bzw en of och eller og ja tai sekä")

ENGLISH = DAYS | word_set(
    """
    a about above according across after again against ago all almost along already also although always am among
    an and another any anyone anything are aren't around as at away back be became because become been before began
    behind being below between both but by came can can't cannot come could couldn't did didn't do does doesn't
    doing don't done down due during each either else enough even ever every everyone everything far few first five
    for former four from further gave get gets getting give given go goes going gone got had hadn't has hasn't have
    haven't having he he'd he'll he's her here hers herself him himself his how however i i'd i'll i'm i've if in
    indeed instead into is isn't it it's its itself just keep kept know known last later least less let let's like
    likely long look made make makes making many may maybe me mean might more moreover most much must my myself
    near need needs neither never new next no none nor not nothing now of off often on once one only onto or other
    others our ours out over own part per perhaps put quite rather really recent recently same saw say saying says
    second see seen several shall she she'd she's should shouldn't since six so some someone something soon still
    such take taken takes taking ten than that that's the their theirs them themselves then there there's therefore
    these they they'd they'll they're they've thing things third this those though thought three through throughout
    thus to today together told tomorrow too took toward towards two under until up upon us use used using usually
    very via want wants was wasn't way ways we we'd we'll we're we've well went were weren't what what's whatever
    when where whether which while who who's whom whose why will with within without won't would wouldn't yes
    yesterday yet you you'd you'll you're you've your yours yourself said mr mrs ms dr
    """
)

# Formal nouns, pronouns, vague times and other nouns without a topic. Alone, none of them is a tag.
JAPANESE_NOUNS = word_set(
    """
    事 物 者 所 為 時 等 方 様 中 上 下 前 後 内 外 間 今 他 年 月 日 人 的 化 性 さん 氏 こと もの ため とき よう ほう
    ところ それ これ あれ どれ ここ そこ あそこ どこ 何 誰 私 僕 俺 彼 彼女 我々 自分 皆 場合 今回 前回 次回 今日 昨日
    明日 今年 昨年 来年 現在 最近 以上 以下 以外 以前 以後 以降 一部 一つ 二つ 全て すべて 多く 人々 次 同 各 約 第 本
    当 さまざま 様々 必要 可能 重要 同様 わけ はず まま つもり うち ほか たび たち 結果 問題 理由 意味 部分 状態 状況
    方法 内容 目的 最後 最初 途中 程度 点 面 形 側 際 件 感じ 気 話 言葉 先 手 目 頃 ごろ 初め 一方 反面 記事 写真 予定
    """
)
# The same with words for times, actions and parts of pages. 発表 or 時間 may be fit as a tag.
JAPANESE = JAPANESE_NOUNS | word_set(
    """
    関連 時間 午前 午後 同日 当日 翌日 前日 先日 同年 同月 当時 時点 対応 発表 実施 開始 終了 利用 使用 提供 確認 参照
    詳細 一覧 画像 動画 続き 以来 今後 今月 先月 来月 今週 先週 来週 万円 億円
    """
)

# Thai: auxiliaries, prepositions, conjunctions, pronouns, numerals, classifiers, verbs of saying.
THAI = word_set(
    """
    ที่ ซึ่ง อัน ว่า และ หรือ แต่ ก็ จึง ถ้า หาก เพราะ เนื่องจาก เพื่อ โดย ด้วย กับ แก่ แด่ ต่อ ของ แห่ง ใน นอก
    บน ใต้ จาก ถึง ตาม สู่ ระหว่าง ตั้งแต่ จน จนถึง ก่อน หลัง เมื่อ ขณะ ขณะที่ ส่วน ทั้ง ทั้งนี้ อย่าง เช่น คือ เป็น
    อยู่ มี ได้ ให้ ไม่ มิ จะ ต้อง ควร อาจ คง เคย กำลัง แล้ว ยัง อีก เอง เลย นะ ครับ ค่ะ ไป มา ขึ้น ลง เข้า ออก
    กลับ ไว้ เสีย ถูก โดน ทำ ทำให้ นี้ นั้น โน้น นี่ นั่น ใด ไหน อะไร ใคร ทำไม อย่างไร เท่าไร เขา เธอ เรา มัน
    ท่าน ฉัน ผม คุณ พวก ตน ทุก แต่ละ บาง หลาย ทั้งหมด มาก น้อย กว่า ที่สุด เกือบ ประมาณ ราว เพียง แค่ เท่านั้น
    หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า สิบ ยี่สิบ ร้อย พัน หมื่น แสน ล้าน ครั้ง คน ตัว ใบ ลำ คัน ราย วัน เดือน
    ปี วันนี้ เมื่อวาน พรุ่งนี้ กล่าว บอก เผย ระบุ
    """
)

_LISTED = {"en": ENGLISH, "ja": JAPANESE, "th": THAI}
FUNCTION_WORDS = 120  # about the first hundred most common words of a language are almost all function words

_COMMON = 3000  # weekdays are among them in every language that was examined
_COMMON_WORDS = {"de": 8000}  # nouns are written like names, so more of them must be known


@lru_cache(maxsize=64)
def stop_words(language: str, commonest: int = FUNCTION_WORDS) -> frozenset[str]:
    """Return the lower-case stop words of a two-letter language plus web and code words.

    For an unknown language, return only web and code words. Where no words are listed, they are the ``commonest``.
    """
    return WEB | (_LISTED[language] if language in _LISTED else _commonest(language, commonest))


def _commonest(language: str, count: int) -> frozenset[str]:
    from wordfreq import available_languages, top_n_list  # slow to import, and not needed for English and Japanese

    if language not in available_languages("best"):  # otherwise wordfreq would use the "nearest" language
        return frozenset()
    return frozenset(w for w in top_n_list(language, count) if not w.isdigit())


@lru_cache(maxsize=64)
def common_words(language: str) -> frozenset[str]:
    """Return the most common words of a two-letter language, names of months and days among them; empty if unknown."""
    from wordfreq import available_languages, top_n_list

    if language not in available_languages("small"):
        return frozenset()
    return frozenset(top_n_list(language, _COMMON_WORDS.get(language, _COMMON), wordlist="small"))

"""What does not belong to a Japanese name at the edges of its phrase: 米|OpenAI, MF|松永大輝, 小川修二|会頭, 富山湾|内.

A run is a list of (surface, kind, index of the morpheme), as in ``japanese.analysis``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from itertools import takewhile

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.japanese.names import RANKS
from alt_pipelines.tagging.extraction.japanese.words import UNITS
from alt_pipelines.text.morphemes import Morpheme
from alt_pipelines.text.scripts import is_han
from alt_pipelines.text.stopwords import word_set

Run = list[tuple[str, str, int]]

_COUNTRIES = frozenset("米英独仏露伊豪韓印")  # one character for a country before a company: 独BMW
_POSITIONS = frozenset({"FW", "MF", "DF", "GK"})
# The other positions of football, rugby, basketball, volleyball, baseball and American football, except single letters
# and those that are better known as something else (MLB, WS). They have other meanings too (SF小説), so they are
# positions only before a person.
_MORE_POSITIONS = word_set(
    "CF ST WG CB SB LSB RSB LB RB WB LWB RWB LW RW OMF DMF AMF CMF"
    " PR HO LO FL SH SO CTB WTB FB PG SG SF PF OH OP MB DH"
    " QB WR TE LT RT OT OG RG OL DL DT DE NT ILB OLB FS SS LS"
)
_MAY_BE_POSITIONS = _POSITIONS | _MORE_POSITIONS
_BEFORE_PEOPLE = frozenset("妻夫父母兄弟姉妹娘嫁婿孫甥姪師故亡")  # nouns that say who the person after them is
_STANDINGS = word_set("地元 大手 中堅 老舗 強豪 名門 新鋭 若手 現役") | RANKS
# Endings of roles after a person's name: 小川修二|会頭, but not 三島由紀夫賞.
_ROLE = re.compile(
    ".*(?:.[手員長督裁授官者士師臣相領事役優将家段級]|会頭|番頭|住職|書記|主席|首席|国王|女王|親方|殿下|陛下|総理|代表|被告"
    "|アナ|アナウンサー|キャスター|コーチ|マネジャー|マネージャー|ディレクター|プロデューサー|デザイナー|ライター"
    "|エコノミスト|ストラテジスト|アナリスト"
    "|竜王|名人|王位|王座|棋王|棋聖|叡王|本因坊|天元|碁聖|清麗|白玲|倉敷藤花)"  # titles of shogi and go
)
_LONGEST_ROLE = 4  # morphemes: 厚生|労働|副|大臣
_LONGEST_GIVEN = 3  # morphemes of a given name that the analyser does not know: 朗|希
_PLACES = word_set("内 上 間 中 付近 周辺 近辺 近郊 近く 脇 沿い 全体 ごと 側") | word_set(
    "上り 下り 内回り 外回り 方面 行き 寄り 経由"
)
# What is said of a name after it: where it comes from, who holds it, when it began, and from when on.
_ORIGINS = word_set("製 産 原産 由来 発祥 出身 生まれ 育ち 在住 在勤 在学 ゆかり 直伝 仕込み")
_HOLDERS = word_set("主催 共催 後援 協賛 監修 主宰")
_BEGINNINGS = word_set("創業 創立 創設 創刊 設立 結成 開業 開店 開校 開園 開館 開通 開演 開場 開会 着工 完成 竣工")
_TIMES = word_set("現在 当時 当日 前日 翌日 前後 以前 以降 以来 以下 以上 未満 後 時 前 直後 直前 相当 屈指 随一 有数")
_DESCRIBED = _ORIGINS | _HOLDERS | _BEGINNINGS | _TIMES
# Parts of a competition, with their number after its name: J2第18節.
_FIXTURES = word_set("節 局 戦 日 回 試合 ラウンド セット ゲーム レグ クォーター ピリオド レース ステージ 打席")
# Adverbs of time that the analyser tags as nouns and that begin no term, as 一時 and 毎日 do.
_ADVERBS = word_set(
    "近く 近々 近年 最近 昨今 今後 当面 当分 現在 当時 当初 従来 先日 後日 連日 連夜 終日 終夜 随時 一度 一転"
)
_FIRMS = word_set("株式 有限 合同 合資 合名 相互")
# The head of a branch of a firm: 札幌営業所長.
_HEAD_OF_BRANCH = re.compile(
    ".+(?:工場|支[店社局部]|[本支]部|本[店社]|(?:営業|出張|事業|事務|製作|研究|造船|製造|製鉄|製油|発電|支)所|センター)長"
)
ORDINAL = word_set("目 ぶり 連続 連覇 連勝 連敗")  # of a count before a name: 9年ぶり決勝, 4代目会長
# Endings of what is measured or counted.
_MEASURES = (
    *"料費代賃税温度量数率額値点分重長幅径積高歳員",
    *word_set("時間 期間 距離 金額 価格 費用 年齢 カロリー エネルギー"),
)
_LONGEST_COUNT = 4  # morphemes
# Counters of what a headline reports. Distances and times are in names: 男子400メートルリレー, 24時間テレビ.
_COUNTERS = (
    UNITS | ORDINAL | word_set("割 位 例 巻 編成 議席 店舗 ポイント カ国 か国 ヵ国 倍増 円高 円安")
) - word_set("メートル キロ キロメートル 時間 分")
_CHANGES = word_set("増 減 超 強 弱 安 高 余 余り") | ORDINAL
_VERBAL = frozenset({"サ変可能", "サ変形状詞可能"})
_FOREIGN = re.compile("[ァ-ヴー・]{2,}|[A-Za-z][A-Za-z0-9.&+-]+")
_PERSON = "人名"
_PLACE = "地名"
_COMMON = frozenset({"普通名詞", "名詞的", "数詞"})  # of the parts of a role: 八|段
_AFTER_NUMERALS = frozenset("段冠級")
_TITLES_HELD = re.compile("(?:女流)?[二三四五六七八]冠")
_OF_ROLES = frozenset("准副元前現総助")  # before a role and not a given name: 准|教授
_ADDRESS = frozenset("氏君様殿")
_PREFECTURES = frozenset("都府県")


def _is_measured(run: Run, tagged: Sequence[Morpheme]) -> bool:
    """Whether a run says what the amount after it measures, with a space between: 調理時間 25分, 塩分 0.4g."""
    if not run or not run[-1][0].endswith(_MEASURES):
        return False
    after = tagged[run[-1][2] + 1 : run[-1][2] + 3]
    return len(after) == 2 and after[0].pos1 == "空白" and after[1].pos2 == "数詞"


def trim(run: Run, tagged: Sequence[Morpheme]) -> None:
    """Remove a country, a standing, a position or a role before a name, a word of place after it, and a measure."""
    if _is_measured(run, tagged):
        run.clear()
    positions = [at for at, part in enumerate(run) if part[0] in _MAY_BE_POSITIONS and _is_position(run, at, tagged)]
    if positions:
        del run[: positions[-1] + 1]  # ブラジル人FW|カルロス
    if len(run) < 2:
        return
    while len(run) > 1 and run[0][0] in _STANDINGS and _names(run[1], tagged):
        run.pop(0)
    if len(run) > 1 and run[0][0] in _COUNTRIES and run[1][0] not in UNITS and _names(run[1], tagged):
        run.pop(0)
    while len(run) > 1 and (run[-1][0] in _PLACES or run[-1][0] == "大手"):
        run.pop()
    del run[len(run) - _role_after_name(run, tagged) :]
    if len(run) < 3 or tagged[run[-1][2]].pos3 != _PERSON:
        return
    person = [tagged[at].pos3 == _PERSON for _, _, at in run]
    surname = (
        len(run) == 3 and len(run[0][0]) == 1 and not (run[0][0] in _BEFORE_PEOPLE or run[0][0] in _OF_ROLES)
    )  # 安|比奈|薫
    role = tagged[run[-3][2]].pos2 == "普通名詞" and not surname
    if person[-2:] == [True, True] and not any(person[:-2]) and role:
        del run[:-2]


def _is_position(run: Run, at: int, tagged: Sequence[Morpheme]) -> bool:
    person = at + 1 < len(run) and tagged[run[at + 1][2]].pos3 == _PERSON
    return person or run[at][0] in _POSITIONS


def trim_descriptions(run: Run, tagged: Sequence[Morpheme]) -> None:
    """Remove what describes a name beside it: 鳥取|産, 1920年創業, J2|第18節, 近く|名古屋高裁, 4代目|会長."""
    _drop_amount(run, tagged)
    while len(run) > 1 and run[-1][0] in _DESCRIBED:
        run.pop()
    if len(run) > 3 and run[-3][0] == "第" and run[-1][0] in _FIXTURES:
        del run[-3:]
    _drop_head_of_branch(run, tagged)
    if len(run) > 1:
        del run[: _description_before(run)]


def _drop_amount(run: Run, tagged: Sequence[Morpheme]) -> None:
    """Remove an amount after what a headline counts, with what becomes of it: チーズ|3割増産, 観光客|30万人突破.

    Other nouns after an amount make a term of it: 開業150周年記念, 週休3日制.
    """
    counter = next((at for at in range(len(run) - 1, 1, -1) if run[at - 1][1] == "D" != run[at][1]), 0)
    first = counter
    while first > 0 and run[first - 1][1] == "D":
        first -= 1
    if not first or run[first - 1][0] == "第" or run[counter][0] not in _COUNTERS:
        return
    if all(surface in _CHANGES or tagged[at].pos3 in _VERBAL for surface, _, at in run[counter + 1 :]):
        del run[first:]


def _drop_head_of_branch(run: Run, tagged: Sequence[Morpheme]) -> None:
    """Remove 長 from the head of a branch that is named after its place: 旭川支店|長, 仙台|事業|所長."""
    if len(run) < 2 or tagged[run[0][2]].pos3 != _PLACE:
        return
    if not _HEAD_OF_BRANCH.fullmatch("".join(surface for surface, _, _ in run)):
        return
    surface, kind, at = run.pop()
    if surface != "長":
        run.append((surface[:-1], kind, at))


def _description_before(run: Run) -> int:
    """Return the number of parts before a name that describe it: an adverb, an edition, a form of firm, a count."""
    first = 1 if run[0][0] in _ADVERBS else 0
    if len(run) - first > 3 and run[first][0] == "第" and run[first + 2][0] == "回":
        first += 3
    if len(run) - first > 2 and run[first][0] in _FIRMS and run[first + 1][0] == "会社":
        first += 2
    last = min(len(run) - 1, first + _LONGEST_COUNT)
    counted = next((at for at in range(first, last) if run[at][0] in ORDINAL), 0)
    if counted - first > 1 and all(kind in "DC" for _, kind, _ in run[first:counted]):
        return counted + 1
    return first


def ends_prefecture(run: Run, following: Morpheme) -> bool:
    """Whether a run is a prefecture and the next morpheme a place in it; each is a tag of its own: 岩手県|宮古市."""
    prefecture = run[-1][0] == "北海道" or (run[-1][0] in _PREFECTURES and 1 < len(run) < 4)
    return prefecture and following.pos3 == _PLACE


def _names(part: tuple[str, str, int], tagged: Sequence[Morpheme]) -> bool:
    """Whether a part of a run begins a name: a proper noun, katakana or Latin letters."""
    return tagged[part[2]].pos2 == "固有名詞" or _FOREIGN.fullmatch(part[0]) is not None


def is_role(form: str) -> bool:
    """Whether a form is the role of a person whose name precedes it: 監督, 会頭."""
    return _ROLE.fullmatch(form) is not None or _TITLES_HELD.fullmatch(form) is not None


def _role_after_name(run: Run, tagged: Sequence[Morpheme]) -> int:
    """Return the number of parts at the end of a run that are the role of the person whose full name precedes them."""
    last = "".join(surface for surface, _, _ in run[-_LONGEST_ROLE:])
    if len(run) < 3 or not (_ROLE.fullmatch(last) or last[-1] == "冠"):
        return 0
    people = [at for at, (_, _, index) in enumerate(run) if tagged[index].pos3 == _PERSON]
    if not people:
        return 0
    end = people[-1] + 1
    while end < len(run) and tagged[run[end][2]].pos2 == "固有名詞":
        end += 1  # 三木|笠置, of which the analyser takes the second part for a place
    while end < min(len(run), people[0] + _LONGEST_GIVEN) and _is_given(run[end], tagged, known=len(people) > 1):
        if "".join(surface for surface, _, _ in run[end + 1 :]) in _AFTER_NUMERALS:
            break  # 二|冠
        end += 1  # 佐々木|朗|希, ダルビッシュ|有
    if end == people[0] + 1:
        return 0
    role = run[end:]
    common = all(kind == "P" or tagged[index].pos2 in _COMMON for _, kind, index in role)
    fits = 0 < len(role) <= _LONGEST_ROLE and is_role("".join(surface for surface, _, _ in role))
    return len(role) if common and fits else 0


def _given_name(after: Sequence[Morpheme]) -> tuple[str, ...]:
    """Return the parts of a given name at the beginning of the morphemes after a surname: 朗|希, 優|磨."""
    kanji = ("接頭辞", "接尾辞")
    name = takewhile(lambda m: m.pos3 == _PERSON or (m.pos1 in kanji and len(m.surface) == 1), after)
    return tuple(m.surface for m in name if m.surface not in _ADDRESS)


def _is_given(part: tuple[str, str, int], tagged: Sequence[Morpheme], *, known: bool) -> bool:
    """Whether a part is one kanji of a given name that the analyser does not know. ``known``: it knows the others."""
    surface, _, index = part
    if surface in _OF_ROLES or not is_han(surface):
        return False
    return not known or tagged[index].pos2 != "普通名詞"


def with_full_names(phrases: Iterable[Phrase], lines: Iterable[Sequence[Morpheme]]) -> list[Phrase]:
    """Return the phrases, with a surname, alone or before a role, as the only full name that begins with it.

    小川|会頭 becomes 小川|修二, if no other person of the text has the surname 小川.
    """
    given: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    places: set[str] = set()
    for tagged in lines:
        for at, morpheme in enumerate(tagged):
            if morpheme.pos3 == _PLACE:
                places.add(morpheme.surface)
            elif morpheme.pos3 == _PERSON and at + 1 < len(tagged) and tagged[at + 1].pos3 == _PERSON:
                given[morpheme.surface].add(_given_name(tagged[at + 1 : at + _LONGEST_GIVEN]))
    if not given:
        return list(phrases)
    out = []
    for phrase in phrases:
        names = given.get(phrase.words[0], ())
        if len(names) == 1 and not phrase.marked and _only_surname(phrase.words, places):
            (name,) = names
            phrase = phrase._replace(words=(phrase.words[0], *name), stems=(phrase.stems[0], *name))
        out.append(phrase)
    return out


def _only_surname(words: Sequence[str], places: Set[str]) -> bool:
    """Whether words are a surname that is not also a place of the text, or a surname with a role: 小川|会頭."""
    if len(words) == 1:
        return words[0] not in places
    return len(words) <= _LONGEST_ROLE and is_role("".join(words[1:]))

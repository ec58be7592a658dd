"""Removes the ends of pages in Japanese, Korean and Chinese: lists of other articles, signatures, imprints of mail.

without_ends([article, "こちらもおすすめ", "・年末調整の書き方"])   ->  [article, "", ""]
without_ends([article, "朝晩は冷えるようになりました。(ハラダ)"])  ->  [article, "朝晩は冷えるようになりました。"]
"""

import re
import unicodedata
from collections.abc import Sequence

# Headings above a list of other articles.
RELATED = [
    r"(?:関連|おすすめ|オススメ|お[勧薦]め|人気|新着|注目|最近の|最新の|(?:編集部|管理人)の?(?:おすすめ|オススメ"
    r"|お[勧薦]め))"
    r"(?:の)?(?:記事|ニュース|リンク|コンテンツ|動画|投稿|エントリー?)(?:一覧|ランキング)?"
    r"|[あ合]わせて読みたい(?:記事)?"
    r"|(?:こちら|コチラ)も(?:おすすめ|オススメ|お[勧薦]め|どうぞ|[あ合]わせて(?:読みたい|どうぞ|お読みください)"
    r"|読まれています|チェック)(?:です)?",
    r"(?:이전|다음|관련|추천|인기|많이 본|실시간|주요|함께 보면 좋은|같이 보면 좋은) ?(?:글|기사|뉴스|포스트"
    r"|게시글|게시물)(?: ?(?:목록|보기|순위))?",
    r"(?:相[关關]|推[荐薦]|[热熱][门門]|延伸|往期|精彩|更多|猜你喜[欢歡])(?:[阅閱][读讀]|文章|新[闻聞]|推[荐薦]"
    r"|回[顾顧]|[报報][导導道]|[链鏈]接|[连連][结結])"
    r"|猜?[你您](?:可能|也[许許]|或[许許])?(?:[会會][还還]?|[还還]|也){0,2}(?:想[看知]|感[兴興]趣|喜[欢歡])"
    r"(?:的(?:文章|[内內]容|新[闻聞]))?",
]
RELATED_LABEL = unicodedata.normalize("NFKC", "|".join(RELATED))
MARK = r"(?:[▼▽■□◆◇●○◎★☆▶►▷☞→⇒↓>»※*・•‣◀◁←<\[【-]+ ?)?"  # marks before a line that belongs to the page
_HEADING = re.compile(rf"{MARK}(?:{RELATED_LABEL})[】\]]? ?[:：▼▶>]?")
# Titles in the line of their heading: 많이 본 뉴스 1 연말정산 방법 2 복권 당첨번호
_NUMBERED_TITLES = re.compile(
    rf"{MARK}(?:{RELATED_LABEL}) ?:? ?"
    r"(?:1[.)位]? ?[^\d.].{1,60} 2[.)位]? ?[^\d.].*|1位 ?\S.*)"
)
_ITEM = re.compile(r"([▪▫•・●○◆■□▶►▷☞→*▸–-]|\d{1,2}[.)]?(?= ?[^\d.)]))")
_LONGEST_TITLE = 60
_SENTENCE_END = re.compile("[。.!]$")
# The writer's name or initial in brackets after the last sentence.
_SIGNED = re.compile(
    r"(?<=[。!?])(?:\((?:[ァ-ヴー]{1,5}|[ぁ-ん]{2,5}|[\u4e00-\u9fff々]{1,5}|[A-Z]{1,3})\)"
    # With the desk before the name: =那覇支局・赤嶺要、写真も
    r"|[=(][^。=、()・]{0,8}(?:部|局|班|委員|長|記者|手)[・ ][^。=()・]{2,10}\)?)$"
)
# The same as a line, with a desk or a paper: (潮見日報・赤嶺要)
_SIGNATURE = re.compile(r"\([^。=、()・]{1,8}(?:部|局|班|委員|記者|新聞|新報|日報|通信)[・ /][^。=()・]{2,10}\)")
_MAGAZINE = re.compile("編集後記|配信(?:停止|解除)|購読(?:停止|解除)|バックナンバー|メルマガ|メールマガジン")
_IMPRINT = re.compile("(?:発行|編集|配信|制作)(?:・?(?:発行|編集))?(?:元|者|所)? ?: ?[^。、]{2,30}")
# The name of a paper or station alone.
_OUTLET = re.compile(
    r"[^\s。、:(]{1,10}(?:新聞|新報|日報|通信社|放送|テレビ|ニュース|晚报|日报|晚報|일보|신문|뉴스|방송)"
)
# Links of a portal below a press release: PR TIMESトップへ, 企業プレスリリース詳細へ
_PORTAL = re.compile(r"[^。、はがをにの]{0,20}(?:トップ|トップページ|TOP|ホーム|詳細|一覧|目次|マイページ)へ(?:戻る)?")
_LAST_LINES = 4


def without_ends(lines: Sequence[str]) -> list[str]:
    """Return the same lines, "" for such a list and for the imprint of a magazine by mail. Linear time."""
    out = list(lines)
    at = 1
    while at < len(lines):
        end = _end_of_list(lines, at)
        if 2 * at >= len(lines) or end >= len(lines) - _LAST_LINES:
            out[at:end] = [""] * (end - at)
        at = max(end, at + 1)
    signed = [at for at in range(len(out)) if (out[at][-1:] == ")" or "。=" in out[at]) and _SIGNED.search(out[at])]
    if len(signed) == 1 and signed[0] >= len(out) // 2:  # of several lines, each has its speaker or poet
        out[signed[0]] = _SIGNED.sub("", out[signed[0]])
    last = [at for at in range(1, len(out)) if out[at]][-_LAST_LINES:]
    if last and _OUTLET.fullmatch(out[last[-1]]) and not any(out[last[-1]] in line for line in lines[: last[-1]]):
        out[last[-1]] = ""
    for at in last:
        if _SIGNATURE.fullmatch(out[at]):
            out[at] = ""
        if _PORTAL.fullmatch(out[at]):
            out[at] = ""
        if _IMPRINT.fullmatch(out[at]) and any(map(_MAGAZINE.search, lines)):
            out[at] = ""
    return out


def _end_of_list(lines: Sequence[str], at: int) -> int:
    """Return where the list of titles ends whose heading is at an index; the index itself if there is none."""
    line = lines[at]
    if not line or line.isascii() or len(line) > 3 * _LONGEST_TITLE:
        return at
    if _HEADING.fullmatch(line) is None:
        return at + 1 if _NUMBERED_TITLES.fullmatch(line) else at
    end = at + 1
    while end < len(lines) and _is_title(lines[end], lines[at + 1]):
        end += 1
    return end


def _is_title(line: str, first: str) -> bool:
    """Whether a line is an item of the list that begins with the item ``first``."""
    mark, mark_of_first = _ITEM.match(line), _ITEM.match(first)
    if mark is None or mark_of_first is None or len(line) > _LONGEST_TITLE or _SENTENCE_END.search(line):
        return False
    return mark[1] == mark_of_first[1] or (mark[1][0].isdigit() and mark_of_first[1][0].isdigit())

"""Removes what a podcast or musician says of where to listen, in Japanese, Korean and Chinese.

without_listening_notes("番組はSpotify、Voicyで配信中。")          ->  ""
without_listening_notes("Apple Podcastsで高評価をお願いします。")  ->  ""
without_listening_notes("Spotifyは四月に値上げする。")             ->  unchanged: it tells something of the platform
"""

import re
import unicodedata

from alt_pipelines.text.boilerplate.east_asian_ends import MARK
from alt_pipelines.text.boilerplate.services import EAST_ASIAN_PLAYER, EAST_ASIAN_PLAYER_SIGNS
from alt_pipelines.text.sentences import split_line

# That it is heard there now, in the words of an announcement; what a platform begins or ends is news.
_HEARD_THERE = (
    r"(?:で|にて|から|でも)[^。.がを]{0,14}(?:配信|聴|聞|視聴|購読|再生|フォロー)"
    r"(?:[^。.がはを]{0,10}(?:中|可能|ます|ください|です|どうぞ|[くけ]る?))?",
    r"(?:에서도?|으로도?) ?[^.은는이가을를]{0,10}(?:들|구독|청취|듣)"
    r"(?:[으을하실해 ]{0,4}(?:수 ?있|세요|주세요|보세요)[^.]{0,4}|하?기| ?가능)?",
    r"(?:上|均|都|皆|也|可以?|同步|同[时時])+(?:收[听聽]|[订訂][阅閱]|搜[索尋][^。.]{0,12}|更新)(?:我[们們]"
    r"|本[节節]目|[节節]目)?",
)
_AND = r"(?:[、,・/|+]| [및/|] |[와과]|[和及与與]|[とや]|ほか|など| )+"
_HEARD = re.compile(
    unicodedata.normalize(
        "NFKC",
        rf"{MARK}(?:[^:。.]{{1,14}} ?: ?|[^。.:がを]{{0,10}}は)?{EAST_ASIAN_PLAYER}(?:{_AND}{EAST_ASIAN_PLAYER})+"
        rf"(?:など|ほか|他|等|등)?(?:の各[^。がはを]{{1,12}})?(?:{'|'.join(_HEARD_THERE)})?[。.!]?",
    ),
    re.IGNORECASE,
)
# How a sentence ends that asks something of a listener: Spotifyで高評価をお願いします.
_ASKS = re.compile(
    r"(?:お願い(?:(?:いた|致)?し(?:ます|てい?ます))?|[てで](?:ください|ね)|よろしく|부탁(?:드(?:립니다|려요)|해요)|[해하주]세요|바랍니다)"
    r"[!。.~♪☆★ ]*$"
)
_HEARING = re.compile(
    "[聴聞]|評価|フォロー|レビュー|登録|購読|応援|シェア|感想|コメント|星|[구정]독|평[점가]|리뷰|후기|팔로우|청취|들[어으]|[듣]|알림|좋아요|별점|댓글"
)
_SPOKEN = frozenset('「『“"')
_NAMES_PLATFORM = re.compile(rf"(?<![A-Za-z]){EAST_ASIAN_PLAYER}(?![a-z])", re.IGNORECASE)
_THERE = re.compile(rf"(?<![A-Za-z]){EAST_ASIAN_PLAYER}[^。.!?]{{0,20}}?(?:で|にて|から|에서|으로)")


def names_platform(text: str) -> bool:
    """Whether a text names such a platform."""
    return _NAMES_PLATFORM.search(text) is not None


def without_listening_notes(line: str) -> str:
    """Return a line without its sentences that say where something is heard."""
    if not any(part in line for part in EAST_ASIAN_PLAYER_SIGNS):
        return line
    sentences = split_line(line)
    kept = [sentence for sentence in sentences if not _is_heard_there(sentence.strip())]
    return line if len(kept) == len(sentences) else "".join(kept).strip()


def _is_heard_there(sentence: str) -> bool:
    """Whether a sentence says on which platforms something is heard, or asks its listener for something there."""
    if _HEARD.fullmatch(sentence):
        return True
    asks = _ASKS.search(sentence) is not None and _SPOKEN.isdisjoint(sentence)
    return asks and _HEARING.search(sentence) is not None and _THERE.search(sentence) is not None

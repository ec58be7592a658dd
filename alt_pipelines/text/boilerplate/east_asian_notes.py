"""Removes lines that belong to the page and not to the article, in Japanese, Korean, Chinese, Thai, Khmer and Burmese.

    without_page_lines("", ["湖に白鳥が来た。", "▼配信停止・アドレス変更はこちら"])  ->  ["湖に白鳥が来た。", ""]
    without_page_lines("", ["スポーツ一覧へ戻る"])                            ->  [""]
    without_page_lines("", ["配信停止は三月から始まる。"])                     ->  unchanged: a sentence

These are the pointers to other pages, footers, disclosures of advertising, platforms of a podcast, headers of posts on
a message board, and notes on the author. The form of the whole line decides, never a single word of it.
``reader_notes`` removes sentences.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from alt_pipelines.text.boilerplate.east_asian_ends import MARK, RELATED, without_ends
from alt_pipelines.text.boilerplate.east_asian_listening import names_platform, without_listening_notes
from alt_pipelines.text.stopwords import word_set

_URL = r"(?:https?://|www\.)\S+"
_SHORT = 60  # characters of such a line without its address; a longer one says more than that
_LONGEST = 120


def _lines(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of whole lines, with the marks before them and an address after them."""
    joined = unicodedata.normalize("NFKC", "|".join(patterns))
    return re.compile(rf"{MARK}(?:{joined})[!。.~\]】]?[ :→⇒↓▼▶►»>↓]*(?:{_URL})?")


# What a Chinese page asks its reader to do behind a link: 关注我们, 查看详情.
_OPEN_VERB = (
    "(?:[关關]注|查看|[阅閱][读讀]|[报報]名|[购購][买買]|[订訂][阅閱]|[进進]入|加入|下[载載])"
    "(?:我[们們]?|更多|[详詳]情|全文|原文|(?:App|APP|客[户戶]端)|本[^。,]{0,4}|[^。,]{0,4}(?:公[众眾][号號]|[频頻]道|社群|小程序|微信))?"
)
_OPEN = f'[”"]?(?:[,、]?(?:[即可]{{1,2}})?{_OPEN_VERB})?'
_LIKE = (
    '(?:[点點](?:[个個])?[“"]?[赞讚]|[转轉][发發]|收藏|[关關]注|在看|[订訂][阅閱]|[评評][论論]|留言|分享|星[标標])[”"]?'
)
_POINTERS = [
    # Japanese
    r"[^。、]{0,40}(?:は|へは|の方は|について(?:は)?)(?:こちら|コチラ)(?:から|へ|まで|より)?(?:どうぞ|ご覧ください)?",
    r"(?:こちら|コチラ)(?:から|を|へ|の(?:リンク|ページ|フォーム)(?:から|を|へ)?)(?:どうぞ|ご覧ください"
    r"|ご確認ください|クリック|タップ)?",
    r"[^。、]{0,12}(?:一覧|トップ|トップページ|TOP|ホーム|HOME|ページの?(?:先頭|トップ|上部)|目次|前のページ"
    r"|メニュー|検索結果)[へに](?:戻る|もどる)",
    r"[^。、]{0,12}(?:一覧|すべて|全て|もっと|詳細|続き|全文|バックナンバー)を?(?:見る|みる|読む|表示(?:する)?)",
    r"(?:次|前)の(?:記事|ページ|投稿|エピソード)(?:へ|:.{0,50})?",
    *RELATED,
    r"関連(?:キー)?(?:ワード|タグ|テーマ|トピックス?)(?:[ :].{0,50})?|(?:にほん)?(?:人気)?ブログ(?:村|ランキング)",
    r"(?:コメント|リブログ|トラックバック|ブックマーク|いいね!?|댓글|공감|[评評][论論]|留言) ?\(\d{1,6}\)",
    # Requests to report mistakes
    r"(?:もし|何か|記事に|内容に)*(?:誤り|間違い|誤字|脱字|不備|ミス|お気づきの点)[^。]{0,20}(?:ご?指摘|編集リクエスト|コメント|連絡"
    r"|お知らせ)[^。]{0,16}(?:お願い(?:いた|致)?します|ください|下さい|幸いです|(?:嬉|うれ)しいです|助かります)",
    r"(?:오타|오류|틀린 (?:부분|내용))[^.]{0,20}(?:댓글|알려|지적|제보)[^.]{0,16}(?:주세요|바랍니다|부탁[^.]{0,8})",
    r"(?:[如若]有|如[发發][现現]|文中)[^。]{0,6}(?:[错錯][误誤]|疏漏|[错錯]漏|不[当當]之[处處])[^。]{0,10}(?:[欢歡]迎|[请請])[^。]{0,12}"
    r"(?:指[正出]|留言|反[馈饋])[^。]{0,6}",
    r"(?:引用元?|元スレ|転載元|参照元|情報元|タグ|カテゴリー?|ハッシュタグ) ?: ?.{0,60}",
    r"(?:本|この)(?:メール|メルマガ|メールマガジン|ニュースレター)は、?[^。]{0,60}(?:配信|送信|お送り"
    r"|お届け)(?:して|しており|され)[^。]{0,8}",
    r"(?:発行(?:元|者|所)|配信元) ?: ?[^。]{1,30} 発行部数 ?: ?約?[\d,]{1,10}部?",
    r"(?:(?:App ?Store|Google ?Play|AppGallery)(?:で|から|より)?(?:ダウンロード|手に入れよう|入手)(?:する)? ?){1,3}",
    # Korean
    r"[^.]{0,30}(?:바로 ?가기|구독하기|구독 ?신청|공유하기|더 ?보기|전체 ?보기)",
    r"(?:목록|홈|메인|처음|맨 위|위)(?:으로|로)(?: ?(?:돌아)?가기)?|목록 ?보기",
    r"(?:이전|다음|관련|추천) ?(?:글|기사|뉴스) ?: .{0,60}|(?:태그|카테고리|출처) ?: ?.{0,40}",
    r"(?:더 )?자세한 (?:내용|사항|정보)[은는] (?:여기|아래|링크|홈페이지|블로그|본문)[^.]{0,20}",
    r"(?:기사 ?)?제보[는은]? ?:? ?(?:카카오톡|카톡|이메일|메일|전화)[^.]{0,20}.{0,40}"
    r"|(?:카카오톡|카톡|라인|텔레그램|이메일|메일|전화) ?제보[는은]? ?:.{0,40}",
    # Chinese
    r"[^。]{0,20}版[权權][归歸]?(?:所有|原作者)[^。]{0,10}(?:[未请請]|不得|禁止|[转轉][载載])[^。]{0,30}",
    rf"(?:[长長]按|[扫掃](?:描|[码碼])?|[识識][别別]){{1,2}}[^。,]{{0,10}}(?:[二双]?[维維][码碼]|小程序[码碼]?"
    rf"|名片){_OPEN}",
    rf"(?:[点點][击擊选選]|[点點]此|戳)[^。,]{{0,10}}(?:[阅閱][读讀]原文|原文(?:[链鏈]接|[连連][结結])?|[链鏈]接"
    rf"|[连連][结結]"
    rf"|名片|[蓝藍]字|小程序){_OPEN}",
    rf"(?:[点點][击擊选選]|[点點]此|[扫掃][码碼]|戳|[长長]按)(?:此[处處]|[这這][里裡]|下方|上方)?{_OPEN_VERB}",
    r"(?:返回|回到?)(?:首[页頁]|列表|目[录錄]|[顶頂][部端]|上一[页頁])|[上下]一[篇页頁条條则則章](?: ?: ?.{0,50})?",
    r"(?:查看|[阅閱][读讀]|[瞭了]解)(?:更多|全部|全文|[详詳]情)[^。,]{0,12}"
    r"|(?:更多|[详詳]情)[^。,]{0,14}[请請](?:[点點][击擊]|按|[见見]|[参參]考|戳|[关關]注|[访訪][问問])[^。]{0,20}",
    r"(?:相[关關]|推[荐薦]|延伸|更多|[热熱][门門]|精彩)(?:[阅閱][读讀]|文章|新[闻聞]|[报報][导導道]|[链鏈]接|[资資][讯訊])"
    r"(?:[请請](?:看|[见見]|[参參][阅閱见見考]))? ?(?::|\||>{1,3}) ?.{0,50}",
    r"[你您](?:可能|或[许許]|[还還]|也){1,3}(?:想|[会會]|愛)?(?:看|[关關]注|知道|喜[欢歡]|感[兴興]趣)的?"
    r" ?(?::|>{1,3}) ?.{0,50}",
    r"(?:[标標][签籤]|分[类類]|(?:文章)?[来來]源|[转轉][载載]自) ?: ?.{0,40}",
    rf"(?:[^。,]{{0,6}}(?:[欢歡]迎|[请請]|[记記]得|[别別]忘"
    rf"|喜[欢歡])[^。,]{{0,4}})?{_LIKE}(?:[和、及并並与與+加]{_LIKE})+"
    r"(?:(?:一下|我|本|支持|哦|吧|三[连連]).{0,10})?",
    r"(?![^。]{0,120}。)(?:[^。]{0,16},)?(?:立即|[马馬]上|快|免[费費]|[点點]我|[现現]在|[扫掃][码碼])?下[载載](?:我[们們]的?)?"
    r"[^。,]{0,6}(?:App|APP|客[户戶]端)(?:,?[^。,]{0,12})?",
    rf"[^。,]{{0,8}}(?:[别別]忘了?|[记記]得|就|[帮幫]忙?|[请請]){_LIKE}"
    r"(?:一下|再走|我[们們]?|本[^。,]{1,5}|支持|[关關]注|收藏|分享|哦|吧|呀|啦|喔|[~!]){0,3}(?:,[^。说說称稱道警]{0,20})?",
    r"如(?:需|不想|欲|要)[^。]{0,14}(?:退[订訂]|取消[订訂][阅閱])[^。]{0,24}",
    r"感[谢謝](?:大家|各位(?:[网網]友|[观觀][众眾]|[读讀]者)?|[您你])?的?(?:持[续續])?"
    r"(?:收看|收[听聽]|[观觀]看|[阅閱][读讀]|[关關]注)(?:(?:今[天日晚]|本[场場期次]|我[们們]?)的?)?"
    r"(?:[^。,、]{0,6}(?:直播|[报報][导導道]|[节節]目|文章|[视視][频頻]|比[赛賽]))?"
    r"(?:[,!]? ?(?:我[们們])?(?:下[次期回周週]|明[天日])再?[见見會会])?",
    # Thai, Khmer, Burmese
    r"[^.]{0,50}(?:คลิกที่นี่|คลิกเลย|กดที่นี่|คลิกลิงก์|ตามลิงก์นี้)|กลับ(?:ไป|สู่)?(?:หน้าแรก|หน้าหลัก|ด้านบน)",
    r"(?:อ่าน|ดู)(?:ข่าว|บทความ|รายละเอียด)?(?:ต่อ|เพิ่มเติม)(?:ได้)?(?:ที่)?(?:นี่)?|(?:ข่าว|บทความ"
    r"|เนื้อหา)(?:อื่นๆ)?ที่(?:เกี่ยวข้อง|น่าสนใจ)",
    r"(?:อย่าลืม|ฝาก|ช่วย)?(?:กด(?:ติดตาม|ไลก์|ไลค์|แชร์|กระดิ่ง|ซับ)(?:และ|,| )*)+"
    r"(?:(?:เพื่อ|เพจ|ช่อง|เรา|ให้|ด้วย|กัน|นะ|ได้ที่|ที่นี่|เป็น|ไว้|เลย|ครับ|ค่ะ|คะ|จ้า).{0,50})?",
    r"(?:ขอบคุณ|เครดิต)(?:ภาพ|รูป|ข้อมูล)(?:และ(?:ภาพ|ข้อมูล))?(?:จาก)? ?:? ?.{0,50}|(?:แท็ก|หมวดหมู่"
    r"|ป้ายกำกับ) ?: ?.{0,50}",
    r"(?:សូម)?(?:ចុច(?:ទីនេះ|អាន)|អាន(?:បន្ត|បន្ថែម))[^។]{0,20}|អត្ថបទពាក់ព័ន្ធ",
    r"(?:ဆက်(?:လက်)?ဖတ်(?:ရှု)?ရန်|ပို(?:မို)?ဖတ်(?:ရှု)?ရန်|ဆက်စပ်သတင်း(?:များ)?)[^။]{0,20}",
]
# Counters below a post: スキ 24 コメント 3
_REACTION = (
    "(?:スキ|いいね!?|高評価|コメント|シェア|リポスト|リツイート|ブックマーク|ブクマ|閲覧数?|再生(?:回数)?|ビュー"
    "|좋아요|댓글|공유|조회(?:수)?|추천|공감|[阅閱][读讀](?:量)?|[浏瀏][览覽](?:量)?|[点點][赞讚]|[评評][论論]|[转轉][发發]"
    "|收藏|在看|播放(?:量)?)"
)
_COUNTERS = re.compile(
    unicodedata.normalize(
        "NFKC", rf"(?:{_REACTION} ?:? ?\d[\d,.]*[万萬千億亿만천kK]?[件回次]?[ ・·|/、]*){{1,6}}(?:{_REACTION})?"
    )
)
_POINTER = _lines(_POINTERS)
# Disclosures of advertising.
_DISCLOSURE = _lines(
    [
        r"(?:本|当|この)(?:記事|ページ|サイト|ブログ|動画|投稿|コンテンツ)(?:は|に|には|で|では)、?[^。]{0,24}"
        r"(?:アフィリエイト|プロモーション|PR|広告)[^。]{0,20}(?:利用|含[まみむ]|参加|使用|掲載)[^。]{0,14}",
        # What an advertiser says behind such a mark: [PR]引っ越しの見積もりは無料.
        r"[〈《(]?(?:PR|AD|[Ss]ponsored|広告|スポンサー(?:リンク|ド)?|광고|협찬|[广廣]告|推[广廣]|[赞贊]助|โฆษณา)[\]>〉》】)]"
        r"(?![はがをのもにとでや、的是]) ?[^。]{1,50}",
        r"[^。]{0,30}\((?:アフィリエイト(?:リンク)?|PR|広告(?:リンク)?|Amazonリンク|楽天リンク)(?:を含[むみ]ます?"
        r"|あり)?\)",
        r"(?:Amazonの?アソシエイトとして|.{1,20}は、?Amazon\.co\.jpを宣伝し)[^。]{0,90}",
        r"(?:이|본|해당) ?(?:포스팅|포스트|글|게시물|게시글|콘텐츠|영상)[은는에]는?,? .{0,50}(?:수수료|제휴|협찬"
        r"|원고료|제공받|유료 ?광고).{0,30}",
        r"(?:本文|本[页頁]|本[视視][频頻]|本站)(?:含|含有|包含|可能)[^。]{0,8}(?:[广廣]告|推[广廣]|[联聯]盟"
        r"|分[润潤])[^。]{0,20}",
        r"บทความนี้(?:มี|เป็น)(?:โฆษณา|เนื้อหาโฆษณา|ลิงก์พันธมิตร|ลิงก์แอฟฟิลิเอต).{0,30}",
    ]
)
_RIGHTS = _lines(
    [
        r"(?:特[别別]|免[责責]|版[权權]|重要|[温溫]馨)?(?:[声聲]明|提示|[说說]明) ?: ?[^。]{0,50}"
        r"(?:[不仅僅]代表|侵[权權]|[转轉][载載]|[仅僅]供(?:[参參]考|[学學][习習]|交流|娱乐|[个個]人))[^。]{0,50}",
        r"[<(]?(?:저작권자|c |\(c\)|Copyright|Copyrights?).{0,60}(?:무단 ?(?:전재|복제|배포|도용)|재배포"
        r"|All rights).{0,40}[>)]?",
    ]
)
# Pages of every site: a line that names nothing else is its footer or menu.
_FOOTER_NAMES = (
    r"配信(?:停止|解除)|購読(?:停止|解除)|登録解除|退会|(?:メール)?アドレス変更|バックナンバー|お問い?合わせ"
    r"|会社概要|運営(?:会社|者情報)|利用規約"
    r"|特定商取引法に基づく表[記示]|プライバシーポリシー|個人情報(?:保護方針|の取り?扱い)|サイトマップ|広告掲載"
    r"|免責事項|著作権について|よくある質問|マイページ|新規登録"
    r"|ログイン|ログアウト|サイトポリシー|クッキーポリシー"
    r"|이용약관|개인정보 ?(?:처리|취급)방침|청소년 ?보호 ?정책|고객센터|회사 ?소개|광고 ?문의|제휴 ?문의"
    r"|구독 ?취소|수신 ?거부|기사 ?제보|사이트맵|로그인|로그아웃|회원가입"
    r"|저작권 ?(?:규약|정책|보호정책)|윤리강령|이메일 ?무단 ?수집 ?거부|마이페이지|자주 묻는 질문"
    r"|退[订訂]|取消[订訂][阅閱]|[关關][于於]我[们們]|[联聯][系繫絡络]我[们們]|[隐隱]私(?:政策|[权權](?:政策"
    r"|[声聲]明)?|[条條]款)|用[户戶][协協][议議]|服[务務][条條]款|使用[条條]款"
    r"|版[权權][声聲]明|免[责責][声聲]明|[网網]站(?:地[图圖]|[导導]航)|[广廣]告(?:服[务務]|刊登|合作)"
    r"|加入我[们們]|[会會][员員](?:登入|登[录錄]|中心)|常[见見][问問][题題]|[联聯][络絡]我[们們]"
    r"|ติดต่อ(?:เรา|โฆษณา)|เกี่ยวกับเรา|นโยบายความเป็นส่วนตัว|ข้อ(?:กำหนด|ตกลง)(?:และเงื่อนไข)?(?:ในการ"
    r"|การ)ใช้(?:งาน|บริการ)|ยกเลิกการ(?:รับข่าวสาร|ติดตาม|สมัคร)"
    r"|เข้าสู่ระบบ|สมัครสมาชิก|แผนผังเว็บไซต์"
)
_FOOTER = _lines([rf"(?:{_FOOTER_NAMES})(?:[ ・/、,|·•]+(?:{_FOOTER_NAMES}))*"])
_TOOLS = re.compile(
    rf"{MARK}(?:(?:使用)?BGM|ジングル|効果音|SE素材|音(?:楽)?素材|フリー素材|サムネイル|動画編集"
    r"|音声編集) ?[:/] ?\S.{0,60}"
)
# 12: name: 2025/03/04(火) 12:01:22.33 ID:aBc1D2e0, the header of a post on a message board.
_POST = re.compile(
    r"(?:>>)?\d{1,4} ?(?:[:.楼樓]|番目"
    r"|F)? ?.{0,40}?[: ]\d{4}[/.年-] ?\d{1,2}[/.月-] ?\d{1,2}日?(?: ?\(.\))? ?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
    r"(?: ?(?:ID|No|IP|発信元) ?[:.].{1,30})?"
)
# The heading of a note on who wrote the article. A book has an 著者 or 作者 too, who may be what the article is about.
_AUTHOR = _lines(
    [
        r"(?:この)?記事(?:を書いた(?:人|ライター)|の(?:著者|筆者|執筆者|ライター|監修者))",
        r"(?:筆者|執筆者|監修者|寄稿者)(?:の?(?:紹介|プロフィール|情報|略歴)|について)"
        r"|(?:ライター|投稿者|管理人)の?(?:紹介|プロフィール|略歴)|書いた人|この人が書きました",
        r"글쓴이(?: ?(?:소개|정보))?|필자(?: ?(?:소개|약력))|기자 ?(?:소개|정보)|작성자 ?(?:소개|정보)?"
        r"|이 글을 쓴 사람",
        r"(?:本文|文章)作者(?:[简簡]介)?|撰[文稿](?:者|人)(?:[简簡]介)?|เกี่ยวกับผู้เขียน",
    ]
)
_AUTHOR_LINES = 3  # below the heading
_PROFILE = re.compile(
    "ライター|ブロガー|コラムニスト|エッセイスト|ジャーナリスト|記者|作家|編集者|生まれ|出身|在住|卒業|専門|著書|執筆"
    "|기자|작가|교수|졸업|[记記]者|教授|[毕畢][业業]|[编編][辑輯]|作者|นักเขียน|ผู้สื่อข่าว"
)
_SENTENCE = re.compile(r"[。.!?]$")
_ABOUT_AUTHOR = re.compile(
    r"\((?:本文)?作者(?:系|[为為]|是)[^。]{2,60}\)。?|本文作者(?:系|[为為]|是)[^。]{2,60}。?|\((?:筆者は[^。]{2,60}"
    r"|필자는[^.]{2,60}|필자 ?: ?[^.]{2,60})。?\)"
)
_LAST_LINES = 4
_ADDRESS = re.compile(rf"{_URL}|[\w.+-]{{1,64}}@[\w.-]+")
# A label behind a mark that leads to its address: ▼お便りフォーム https://...
_MARKED_LINK = re.compile(rf"[▼▽▶►▷☞→⇒↓☆★※‣] ?[^。.!?]{{1,30}}?[ :→⇒]+(?:{_URL}|[\w.+-]{{1,64}}@[\w.-]+)")
# What a page asks its reader to do begins with one of these: 点击蓝字关注我们, 一起涨知识
_REQUEST = re.compile("[长長]按|[扫掃]|[点點]|[识識][别別]|戳|[关關]注|下[载載]")
_CLAUSE_END = re.compile("[,! ]")
# That a line with such a clause tells of it: 点击链接,钱就没了
_TOLD_OF = re.compile("[说說称稱骗騙诈詐钱錢]|警方|警察|提醒|[风風][险險]|被(?!动|動)|就[没沒]")
_BUTTON = re.compile(
    r"X|Twitter|Facebook|LINE|Instagram|Threads|Bluesky|Pocket|Pinterest|LinkedIn|Feedly|RSS|note|mixi|Messenger|Telegram"
    r"|WhatsApp|KakaoTalk|Weibo|はてな(?:ブックマーク)?|はてブ|(?:リンク|URL)を?コピー(?:する)?|ツイート|シェア|メール"
    r"|카카오톡|페이스북|트위터|밴드|라인|(?:URL|링크) ?복사|微信|微博|朋友圈|QQ|臉書|脸书|[复複][制製][链鏈]接"
)
_FEWEST_BUTTONS = 3
_INNER_MARK = re.compile(r"(?<=\S) (?=[▶▷►☞■▼] ?\S)")  # between several pointers in a line
_HEADING_MARKS = "▼■◆●▶◎□【"
# Parts of the lines that are searched for first, because most lines have none of them.
_ADVERTISING = word_set(
    """
    アフィリエイト プロモーション 広告 PR Amazon 楽天 수수료 제휴 협찬 원고료 제공받 유료
    广告 廣告 推广 推廣 联盟 聯盟 分润 分潤 赞助 贊助 โฆษณา ลิงก์ AD ponsored スポンサー 광고 협찬
    """
)


def without_page_lines(title: str, lines: Sequence[str]) -> list[str]:
    """Return the same lines, "" for those that belong to the page. ``lines`` are clean. Linear time."""
    out = without_ends(_without_buttons(title, lines))
    about_platform = names_platform(title)
    for at, line in enumerate(lines):
        if not line or len(line) > _LONGEST or (line.isascii() and not _TOOLS.fullmatch(line)):
            continue
        if out[at] and not about_platform and (told := without_listening_notes(out[at])) != out[at]:
            out[at] = line = told
        if line and (_asks(line) or all(map(_is_page_line, _INNER_MARK.split(line)))):
            out[at] = ""
        elif 2 * at >= len(lines) and len(line) <= _SHORT and _AUTHOR.fullmatch(line):
            out[at] = ""
            for below in range(at + 1, min(len(lines), at + 1 + _AUTHOR_LINES)):
                if lines[below][:1] in _HEADING_MARKS or _tells(lines[below]):
                    break
                out[below] = ""
        elif at > 0 and at >= len(lines) - _LAST_LINES and _ABOUT_AUTHOR.fullmatch(line):
            out[at] = ""
    return out


def _without_buttons(title: str, lines: Sequence[str]) -> list[str]:
    """Empty the lines of a column of buttons, each with the name of a network or a copied link."""
    out = list(lines)
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _BUTTON.fullmatch(lines[end]):
            end += 1
        if len(set(lines[at:end])) >= _FEWEST_BUTTONS and not any(name in title for name in lines[at:end]):
            out[at:end] = [""] * (end - at)
        at = end + 1
    return out


def _tells(line: str) -> bool:
    """Whether a line below the heading of a note is the article's again: a sentence that is no profile."""
    return _SENTENCE.search(line) is not None and _PROFILE.search(line) is None


def _has(line: str, parts: Iterable[str]) -> bool:
    return any(part in line for part in parts)


def _asks(line: str) -> bool:
    """Whether a line is no sentence of a report, and one of its clauses asks its reader to click, scan or download."""
    if "。" in line or not _REQUEST.search(line) or _TOLD_OF.search(line):
        return False
    clauses = _CLAUSE_END.split(line)
    return any(_REQUEST.match(clause) is not None and _POINTER.fullmatch(clause) is not None for clause in clauses)


def _is_page_line(line: str) -> bool:
    if line[:1].isdigit() or line[:1] == ">":
        return _POST.fullmatch(line) is not None
    if (_has(line, _ADVERTISING) and _DISCLOSURE.fullmatch(line)) or _MARKED_LINK.fullmatch(line):
        return True
    if len(line) > _SHORT and ("/" not in line or len(_ADDRESS.sub("", line)) > _SHORT) and "@" not in line:
        return line[:1] in "<(c저" and _RIGHTS.fullmatch(line) is not None
    found = (
        _POINTER.fullmatch(line)
        or _COUNTERS.fullmatch(line)
        or _FOOTER.fullmatch(line)
        or _TOOLS.fullmatch(line)
        or _RIGHTS.fullmatch(line)
    )
    return found is not None

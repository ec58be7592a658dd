"""Lists of words that a site uses to address its reader: accounts, newsletters, consent, sharing, rights.

``reader_notes`` evaluates the share of such words. A word in a list is never sufficient to remove a sentence, because
an article may be about newsletters.
"""

import re

from alt_pipelines.text.boilerplate.services import NETWORK_NAMES
from alt_pipelines.text.stopwords import word_set

# Words that seldom belong to a topic: one of them makes a sentence suspicious.
STRONG = word_set(
    """
    cookie cookies newsletter newsletters subscribe subscriber subscribers subscription unsubscribe inbox signup login
    log-in paywall tweet tweets retweet retweets rt repin copyright reproduced redistributed rewritten
    advertisement advertorial sponsored permalink trackback consent opt-in affiliate preferences bookmark
    whatsapp linkedin patreon
    datenschutz datenschutzerklärung abonnieren abonniere einwilligung anmelden registrieren werbung anzeige
    nutzungsbedingungen impressum abonnement abonnez abonnez-vous
    abmelden abbestellen désabonner désabonnement désinscrire désinscription desuscribirse desuscríbete disiscriviti
    uitschrijven afmelden descadastrar
    abonner s'abonner m'abonne m'inscris confidentialité publicité publicités
    inscrivez partager connectez suscríbete suscribirse suscripción boletín privacidad publicidad compartir regístrate
    síguenos iscriviti abbonati abbonamento condividi riservatezza pubblicità seguici assine newsletter boletim
    privacidade publicidade compartilhe siga-nos inscreva-se abonneer nieuwsbrief privacybeleid advertentie
    підписатися підписатись розсилка поділитися
    подписаться подпишитесь рассылка реклама поделиться 订阅 登录 广告 分享 구독 로그인 광고 공유 뉴스레터
    """
)
# Words that also occur in ordinary text: they count together with strong ones, or if a line has no others.
WEAK = (
    word_set(
        """
    you your yours we our ours us privacy policy accept accepting agree reject manage similar technologies personalise
    personalize content contents ads ad advertising terms conditions use
    site website browser click clicking tap here link links
    sign log register registered registration account accounts already free trial unlimited access premium exclusive
    paid member members membership offer month cancel anytime remaining article articles story stories read reading more
    continue min minute minutes mins app download email
    e-mail print copy share shares sharing pin rss follow following like likes comment comments views points bio donate
    support promo rights reserved permission published originally publisher publish broadcast material materials
    reproduce part without written prior morning daily weekly top
    latest best every day get receive join join now today
    miss never start please thank thanks thank-you touch contact live coverage welcome hello watch listen discuss
    read-more next previous prev post posts back home menu search friend friends someone needs tag win repost dm check
    out podcast podcasts wherever code off discount turn enable javascript feature reactions pins leave
    reply comment send kindle gift save want earn commission buy through purchase purchases qualifying information visit
    learn ago edited boosts boosted
    inhalte anzeigen personalisieren klick alle akzeptieren zustimmen stimmen sie jetzt verpassen nichts unser unsere
    unseren wir ihre ihren ihr weiterlesen mehr lesen kommentare folgen uns verwenden
    nous vous notre votre nos vos utilisons utiliser accepter acceptez cliquant contenu personnaliser politique lire
    suite plus cliquez ici gratuit suivez commentaires
    nuestro nuestra nuestros utilizamos aceptar acepta política contenido leer más haga clic aquí gratis sigue
    comentarios nostra nostro utilizziamo accetta leggi continua
    clicca qui nosso nossa usamos aceitar leia mais
    darse baja teilen delen
    canal kanal kanał chaîne канал campanita campanilla campanella cloche glocke sininho колокольчик
    enlace enlaces lien liens ссылка профиля
    activa activez aktiviert attiva ative
    clique aqui onze ons wij gebruiken accepteren lees verder
    """
    )
    | NETWORK_NAMES
) - STRONG
# Those of the weak words that are a button when alone in a line.
ALONE = word_set(
    "share email print save comments comment pin like login register download advertising ads teilen delen"
)
READER = word_set(
    "you your yours we our ours us sie ihre ihren ihr uns unser unsere nous vous notre votre nos vos nuestro nuestra"
)
# The most common function words of these languages, which are not counted.
FUNCTION = word_set(
    """
    a an the and or of to in on at by for from with this
    that these those it is are be was were will may not no all any
    as if up out so do has have can must its than who
    der die das und oder von zu im in auf an mit für den dem ein eine einer ist um am zum zur mit bei
    le la les l' d' un une des du de et ou à au aux en dans par pour sur est
    el los las y o del al en con por para es se su
    il lo gli e di da nel nella con per è
    o os as e do da dos das em com por para
    de het een en van op te in met voor
    """
)
# Notes in scripts without spaces. They match anywhere in a sentence and count by their share of its characters.
UNSPACED = re.compile(
    r"お便り(?:フォーム|は|を)?(?:お?待ち|募集)?(?=.{0,12}(?:概要欄|まで|から|待ち|募集))|概要欄(?:から|に|より)?"
    r"|番組(?:へ|に)の?ご?(?:感想|意見|お便り)(?:は|も)?"
    r"|会員登録|(?:無料|有料)?会員(?:限定|の方)?|ログイン|メールマガジン|メルマガ|ニュースレター|購読|お読みいただ|続きを読む|続きは|残り[\d,]+文字"
    "|(?<![ァ-ヺー])(?:シェア|ツイート|ブックマーク|フォロー|ストック|サポート)(?=ボタン|[^ァ-ヺー]|$)"
    "|はてな|LINEで送る"
    "|関連(?:記事|キーワード|リンク|ニュース)|あわせて読みたい|(?:前|次)の記事"
    "|無断(?:転載|複製)|転載|著作権|プライバシーポリシー|クッキー(?=ポリシー|[^。]{0,12}(?:使用|利用|同意|設定))"
    "|広告|いいね|いいな|スキ(?= ?\\d|$)"
    "|応援|愛読|ご(?:視聴|訪問)"
    "|読者になる|ランキング参加中?|参加中ブログ|チャンネル登録|お問い合わせ(?:先)?|この記事|こちら(?:から)?|お願いします|会員"
    "|喪主|葬儀|告別式|通夜|TEL|Email|FAX|してみませんか|しよう|すると|ブログ|気に入ったら|と思ったら"
    "|トラックバック|コメント(?:を書く|する|欄|一覧)|最後まで(?:お?読み|読んで)|ありがとうございま|いただけると|(?:嬉|うれ)しいです"
    "|プレスリリース(?:詳細)?|詳細(?:へ|は)|(?:広報|報道)?担当者? ?:|当リリース|本リリース"
    "|LGTM|プロフィール$|プロフの?|非表示|チップで?|(?:アクセス|人気|記事)ランキング|(?<!\\w)ランキング$|(?:おすすめ|人気|著者の|新着)記事"
    "|参加して(?:います|いる)|(?:もっと|続きを)見る|会員限定記事|今すぐ(?:登録|購入|申し?込)|無料(?:で試す|体験|トライアル)"
    "|(?:全文|残り)[\\d,]+文字|(?<![A-Za-z])RT(?![A-Za-z])|リツイート|抽選で?|名様に?"
    "|订阅|登录|广告|分享|转载|责任编辑|訂閱|登入|廣告|分享|轉載"
)
# Every such note contains one of these. None begins with one of the most common kana, so that the search is cheap.
UNSPACED_SIGN = re.compile(
    "お便り|概要欄|番組[へに]"
    "|会員|ログイン|メールマガジン|メルマガ|ニュースレター|購読|続き[はを]|はてな|残り\\d|シェア|ツイート|ブックマーク|フォロー|LINEで"
    "|関連[記キリニ]"
    "|読みたい|前の記事|次の記事|転載|複製|著作権|プライバシー|クッキー|広告|ストック|いいね|スキ(?= ?\\d|$)"
    "|サポート|応援"
    "|トラックバック|コメント[をす欄一]|リリース|担当者? ?:"
    "|最後まで|ありがとう|LGTM|プロフ|非表示|チップ|おすすめ記事|人気記事|著者の記事"
    "|参加して|もっと見る|今すぐ|無料で試す|全文\\d|RT|抽選|無断|二次利用|未[经經]|저작권"
    "|読者に|ランキング|参加中|チャンネル登録|問い合わせ|お読み|订阅|登录|广告|分享|责任编辑|訂閱|登入|廣告|轉載|구독|로그인"
)
# A sentence in a script without spaces that ends as a report does addresses nobody, unless it has one of these.
ADDRESSING = re.compile(
    "です|ます|ません|まし[たょ]|でし[たょ]|[くだ下]さい|願|しよう|禁[じず]|を禁止|禁止[转轉]|こちら|続きを|概要欄|お便り|喪主|葬儀|告別式|通夜|名様"
    "|[请請您你:]|[欢歡]迎|本[文站报報网網]|我[们們]|未[经經]|不得|[点點][击擊]|[扫掃]|注明|註明"
)
# A sentence that reserves the rights in the page: 記事・写真の無断転載を禁じます, 本報圖片未經同意不得轉載.
RIGHTS = re.compile(
    r"[^\w(]{0,3}(?:"
    r"(?=[^。]{0,40}(?:掲載|記事|写真(?!撮影)|画像|図表|イラスト|文章|動画|コンテンツ|サイト|ブログ|無断での))"
    r"(?:[^。]{0,60}?(?:記事|写真|画像|図表|イラスト|文章|動画|コンテンツ|サイト|ブログ|内容|等|など|すべて|全て)(?:について)?は)?"
    r"[^。はが]{0,60}(?:転載|複製|引用|二次利用|無断(?:使用|利用))[^。で]{0,12}"
    r"(?:禁(?:じ|止し|止いたし|止致し)(?:ます|ております|ています)|お断り(?:し|いたし|致し)ます|ご遠慮(?:ください|下さい|願います))"
    r"|(?=[^。]{0,50}(?:掲載|サイト|ブログ|ページ|記事|コンテンツ|当[社紙誌方]|弊社|本[紙誌]))"
    r"(?:(?=[本当こ掲記写画す])[^。は]{2,24}の)?著作権は[^。と]{1,16}に(?:帰属し(?:ます|ています|ております)|属します|あります)"
    r"|(?=[^。]{0,30}(?:掲載|サイト|ブログ|ページ|記事|コンテンツ|当[社紙誌方]|弊社|本[紙誌]))"
    r"[^。]{0,12}(?:内容|コンテンツ|記事|写真|画像)[^。]{0,12}著作権法[^。]{0,20}保護されて(?:います|おります)"
    r"|本(?:[报報网網站文刊]|新[闻聞])[^。]{0,20}[未非][经經][^。]{2,12}(?:不得|禁止|[请請]勿)"
    r"(?=[^。]{0,18}(?:[转轉][载載]|[复複][制製]|使用|刊[载載登]|摘[编編]|引用|[链鏈連]接|改[编編]|翻[印拍]|抄))[^。]{2,20}"
    r"|(?:이|본) ?(?:기사|콘텐츠|게시물|글|사이트)[^.]{0,24}저작권[^.]{2,30}무단[^.]{2,16}금(?:지)?(?:합니다|함)?"
    r")[。. ]*"
)
# Somebody's words in the article, not the site's.
REPORTED = re.compile(
    r"\b(?:said|says|told|wrote|writes|added|tweeted|warned|announced|asked|shouted|cried|chanted|pleaded|begged"
    r"|sagt|sagte|schrieb|teilte|erklärte|warnte|rief|riefen"
    r"|dijo|escribió|advirtió|decían?|gritó|gritaban?|disse|escreveu|dizia|diziam|gritavam"
    r"|detto|scritto|diceva|dicevano|gridavano|déclaré|écrit|disait|disaient|clamait|clamaient"
    r"|zei|schreef|riepen|sade|sagde|ropade|skrev|skrek|kata|ujar|demişti|yazmıştı|diyordu|"
    r"powiedział\w?|napisał\w?|głosił\w?|krzycze\w{1,2}"
    r"|сказал\w?|сообщил\w?|написал\w?|заявил\w?|предупредил\w?|призвал\w?|просил\w?|писал\w?|гласил\w?|крича\w{1,3}|говорилось"
    r"|повідоми\w{1,2}|заяви\w{1,2}|dedi|yazdı|قال\w?)\b"
    # French inversion: "avoue-t-elle"; and what a sign says: "..., read the banner"
    r"|-(?:t-)?(?:elles?|ils?)\b"
    r"|, (?:reads?|ran|went|urged|stand|hieß|lautete|rezaba|stond|stod) "
    r"(?:the|a|an|es|auf|in|el|la|er|det|på|op)\b"
)

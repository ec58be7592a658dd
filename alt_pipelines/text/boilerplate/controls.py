"""Removes the lines of players, galleries and hosts of podcasts: buttons, and where a host's privacy notes are.

    without_controls("View image in fullscreen", about)                                ->  ""
    without_controls("Learn more about your ad choices. Visit megaphone.fm/adchoices", about)  ->  ""
    without_controls("Fullscreen games flicker on new laptops.", about)                ->  unchanged

A button is a whole line without other words. Single words are left, because they may be headings, but for the word
that marks an advertisement.
"""

import re
import unicodedata
from collections.abc import Set

from alt_pipelines.text.boilerplate.services import NETWORK_NAMES, ORDINARY_NAMES
from alt_pipelines.text.stopwords import word_set

_BUTTON = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"(?:view|open|see|show|enlarge|expand|zoom)(?: this| the)? (?:image|photo|picture)s?"
        r"(?: (?:in|as|at) (?:full ?-?screen|full size|(?:the |a )?(?:gallery|lightbox)|(?:a )?new (?:tab|window)))?"
        r"|(?:view|open|see|show) (?:the )?(?:full |photo |image |picture )?(?:gallery|slide ?show)"
        r"|(?:enter|exit|toggle|leave|close|open|view)(?: in)? full ?-?screen(?: mode)?"
        r"|(?:click|tap|press)(?: here)? (?:to|for) (?:enlarge|expand|zoom(?: in)?|unmute|mute|play"
        r"|a larger (?:view|image)"
        r"|full size)|(?:show|hide|toggle|view) captions?|(?:play|pause|mute|unmute|replay) (?:the )?(?:video"
        r"|audio|sound)"
        r"|(?:next|previous) (?:image|slide|photo|picture)|(?:image|photo|picture|slide) \d{1,3} (?:of|/) \d{1,3}"
        r"|(?:jump|skip) to (?:the )?(?:recipe|video|content|comments)(?:(?: [·|-])? print (?:the )?recipe)?"
        r"|print (?:this |the )?recipe|pin (?:it|this)(?: recipe)? for later|rate (?:this|the) recipe"
        r"|(?:[★☆⭐]{1,5} ?)?(?:[\d.,]+ (?:/ ?5 )?(?:stars? )?)?(?:from|based on) [\d.,]+ (?:votes?|reviews?|ratings?)"
        r"|\d{1,5} posts? - \d{1,5} participants?|read full topic"
        r"|(?:upgrade to paid|refer a friend|give a gift subscription|restack(?: this(?: post)?)?)"  # of Substack
        r"|skip ads?|video player is loading|(?:image|media|video) (?:caption|source)"
        r"|(?:bild|foto|grafik)(?:er)? (?:in |im )?(?:vollbild|großansicht|galerie)?(?:modus)? ?(?:öffnen"
        r"|anzeigen|vergrößern)"
        r"|vollbild(?:modus|ansicht)? (?:öffnen|beenden|verlassen|schließen|anzeigen)|bildergalerie (?:öffnen|anzeigen)"
        r"|(?:zum vergrößern (?:bitte )?(?:an)?(?:klicken|tippen))|(?:video|audio) (?:abspielen|starten|pausieren)"
        r"|(?:voir|ouvrir|afficher|agrandir) (?:l['’]image|la photo|la galerie|le diaporama|les photos)"
        r"(?: en (?:plein écran|grand))?|cliquez pour agrandir|(?:lire|lancer|mettre en pause) (?:la vidéo|l['’]audio)"
        r"|(?:ouvrir|passer|afficher|quitter)(?: en| le)? (?:mode )?plein écran"
        r"|(?:ver|abrir|mostrar|ampliar) (?:la |a )?(?:imagen|imagem|foto|galer[ií]a)(?: (?:a|en"
        r"|em) (?:pantalla completa"
        r"|grande|tela cheia|ecrã (?:inteiro|completo)))?|(?:haz|haga) clic para ampliar|(?:clique|toque) para ampliar"
        r"|(?:reproducir|reproduzir) v[ií]deo|(?:ver|abrir|salir de|sair d[ea])(?: en| a"
        r"| em)? (?:la )?(?:pantalla completa"
        r"|tela cheia)"
        r"|(?:apri|guarda|vedi|visualizza|ingrandisci) (?:l['’]|la )?(?:immagine|foto|galleria)(?: a (?:schermo intero"
        r"|tutto schermo))?|clicca per ingrandire|riproduci (?:il )?video"
        r"|(?:bekijk|open|toon|vergroot) (?:de )?(?:afbeelding|foto|fotogalerij|galerij)(?: (?:in|op) volledig scherm)?"
        r"|klik om te vergroten|(?:visa|öppna|vis|åbn|åpne) (?:bild(?:en)?|billede(?:t)?|bilde(?:t)?) i (?:helskärm"
        r"|fuld skærm|fullskjerm)|klicka för att förstora|klik for at forstørre"
        r"|(?:zobacz|otwórz|pokaż|powiększ) (?:zdjęcie|galerię|obraz)(?: na pełnym ekranie)?|kliknij,? aby powiększyć"
        r"|(?:zobrazit|otevřít|zvětšit) (?:obrázek|fotku|galerii|fotogalerii)(?: na celou obrazovku)?"
        r"|(?:открыть|смотреть|показать|увеличить) (?:изображение|фото|галерею|картинку)(?: на весь экран"
        r"| в полном размере)?|нажмите,? чтобы увеличить|(?:відкрити|показати|збільшити) (?:зображення|фото|галерею)"
        r"(?: на весь екран)?|(?:resmi|fotoğrafı|görseli|galeriyi) (?:tam ekran(?:da)? )?(?:aç|göster|görüntüle|büyüt)"
        r"|büyütmek için tıklayın(?:ız)?"
        r"|(?:画像|写真|動画|図)を?(?:全画面|フルスクリーン|拡大|別ウィンドウ)(?:で|に|して)?(?:表示|見る|開く"
        r"|再生)?(?:する)?"
        r"|(?:画像|写真|図)?を?クリック(?:する)?(?:と|で)拡大(?:表示)?(?:します|されます)?|全画面(?:で"
        r"|を)?(?:表示|終了|再生)"
        r"(?:する)?|(?:写真|画像)を?(?:もっと|すべて|全て|全部)見る|(?:フォト)?ギャラリーを(?:見る|開く|表示)"
        r"|動画を再生(?:する)?"
        r"|(?:この)?(?:画像|写真)(?:を|の)拡大(?:する|表示)?|スライドショーを(?:見る|開始|再生)"
        r"|(?:[点點][击擊]|查看|打[开開])(?:查看|[放]大|大[图圖]|原[图圖]|[图圖]片|全屏){1,2}|全屏(?:播放|查看"
        r"|[观觀]看)"
        r"|(?:이미지|사진|동영상)(?:을|를)? ?(?:크게|전체 ?화면(?:으로)?) ?(?:보기)?|전체 ?화면(?:으로)? ?보기"
        r"|사진 ?확대(?:하기)?",
    ),
    re.IGNORECASE,
)
# Buttons below a post that share, send or print it, with what they say of a new window.
_CLICK_TO = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"(?:(?:click|tap) to (?:print|share (?:on|via) .{1,20}|e-?mail (?:a link|this) .{2,20})"
        r"|klick(?:e|en)?(?: sie)?,? (?:zum (?:aus)?drucken|um .{2,40} zu (?:teilen|senden))"
        r"|cliquez?r? (?:ici )?pour (?:imprimer|partager sur .{2,20}|envoyer .{2,40})"
        r"|ha(?:z|ga) clic (?:aquí )?para (?:imprimir|compartir en .{2,20}|enviar .{2,40})"
        r"|clique (?:aqui )?para (?:imprimir|compartilhar n[oa] .{2,20}|partilhar n[oa] .{2,20}|enviar .{2,40})"
        r"|(?:fai clic(?: qui)?|clicca(?: qui)?) per (?:stampare|condividere su .{2,20}|inviare .{2,40})"
        r"|klik om (?:af te drukken|te printen|te delen (?:op|met|via) .{1,20}|dit te e-mailen .{2,30})"
        r"|klicka för (?:utskrift|att (?:skriva ut|dela .{2,20}))|klik for at (?:udskrive|dele .{2,20})"
        r"|klikk for å (?:skrive ut|dele .{2,20})|kliknij,? a?by (?:wydrukować|udostępnić .{2,30}|wysłać .{2,40})"
        r"|нажмите(?:,? чтобы| для) (?:печати|распечатать|поделиться .{2,20}|послать .{2,40})"
        r"|натисніть(?:,? щоб| для) (?:надрукувати|друку|поділитися .{2,20}|надіслати .{2,40})"
        r"|(?:yazdırmak|.{2,20} (?:üzerinde|ile) paylaşmak) için tıklayın"
        r"|klik untuk (?:mencetak|berbagi .{2,20}|membagikan .{2,25}|mengirim(?:kan)? .{2,40})"
        r"|(?:bấm|nhấn)(?: vào)? để (?:in(?: ra)?|chia sẻ .{2,25}|gửi .{2,40})"
        r"|クリックして(?:印刷|.{1,12}で共有|.{1,24}を送信))(?: ?\([^()]{4,50}\))?",
    ),
    re.IGNORECASE,
)
# What such buttons name, apart from the actions: a network, a link that is sent, a new window.
_CLICK_TARGET = re.compile(
    unicodedata.normalize(
        "NFKC",
        rf"(?<![^\W\d_])(?:{'|'.join(sorted(map(re.escape, NETWORK_NAMES | ORDINARY_NAMES)))}|x|nextdoor"
        r"|e-?mail\w{0,3}|e-?post|links?|lien|enlace|länk|lenke|odkaz\w{0,2}|ссылк\w|посилання|tautan|link-?e?t?|リンク|メール"
        r"|windows?|tab|fenster|fenêtre|ventana|janela|finestra|venster|fönster|vindue?|oknie|okně|окн[ео]|вікн[іо]"
        r"|pencerede|jendela)(?![^\W\d_])|cửa sổ|ウィンドウ|リンクを|メールを",
    ),
    re.IGNORECASE,
)
# The word above an advertisement, which is left where it stood.
_AD_LABELS = word_set(
    """
    advertisement advertising werbung anzeige publicité publicidad publicidade pubblicità advertentie reclame annons
    reklame annonce annonse mainos reklama reklam inzerce inzercia hirdetés reclamă publicitate oglas διαφήμιση
    auglýsing reklaam reklāma ogłoszenie oglasi publicitat реклама
    إعلان آگهی פרסומת विज्ञापन iklan โฆษณา 広告 광고 广告 廣告
    """
)
# Where the text goes on behind an advertisement or a player.
_CONTINUES = re.compile(
    r"(?:the |this )?(?:story|article|text) (?:continues|resumes) (?:below|after|beneath)(?: (?:the|this))?"
    r"(?: (?:ad|advert|advertisement|video|gallery))?"
    r"|(?:der )?(?:artikel|text) geht (?:nach|unter) der (?:anzeige|werbung) weiter"
    r"|(?:l['’]article continue|la suite de l['’]article) après (?:la publicité|cette publicité)"
    r"|(?:el artículo |la nota )?(?:continúa|sigue) (?:después|debajo|más abajo) de (?:la|esta) publicidad"
    r"|continua (?:após|depois d)a ?(?:a )?publicidade|(?:l['’]articolo )?continua dopo la pubblicità"
    r"|(?:artikel|tekst|verhaal) gaat verder onder de (?:advertentie|video|foto)"
    r"|(?:artikeln|texten) fortsätter (?:efter|under) (?:annonsen|reklamen)"
    r"|(?:artiklen|teksten|artikkelen|saken) (?:fortsætter|fortsetter) (?:efter|etter|under) (?:annoncen|annonsen)"
    r"|(?:juttu|artikkeli) jatkuu (?:mainoksen|kuvan|videon) (?:jälkeen|alla)"
    r"|(?:dalsza|dalszy) (?:część|ciąg) (?:artykułu|tekstu) pod (?:reklamą|wideo|materiałem wideo|galerią)"
    r"|(?:článek|článok) pokračuje pod (?:video)? ?(?:reklamou|videem|videom)"
    r"|(?:tekst|članak) se nastavlja (?:ispod|nakon) (?:oglasa|videa)"
    r"|(?:članek|besedilo) se nadaljuje (?:pod|po) oglas(?:om|u)"
    r"|straipsnis tęsiamas po reklam(?:a|os)|raksts turpin[āa]s zem reklāmas|artikkel jätkub pärast reklaami"
    r"|continuarea articolului după (?:publicitate|reclamă)|a cikk a hirdetés után folytatódik"
    r"|продолжение (?:после|под) рекламы|продовження після реклами",
    re.IGNORECASE,
)
# What a site was made with, in its footer.
_BUILT = re.compile(
    r"(?:proudly )?powered by (?:wordpress|blogger|ghost|hugo|jekyll|drupal|joomla|typo3|typepad|tumblr|squarespace|wix"
    r"|substack|beehiiv|discourse|phpbb|vbulletin|mediawiki|shopify|hexo|astro|eleventy|webflow|weebly|disqus|github"
    r"|[\w-]{2,30}\.[a-z]{2,10})(?:\.(?:com|org))?(?:[.,|·]? theme(?:d)?(?: by|:) [\w -]{2,30})?\.?",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"(?:^|(?<=[.!?] ))(?:"
    r"(?:learn|find out) more about your ad[- ]choices(?:\.? (?:visit|at|here:?) \S{4,120}|\.?(?=$))"
    r"|(?:hosted (?:on|by)|powered by|hébergé par|gehostet (?:auf|von)|alojado en|hospedado (?:em|na)|ospitato su)"
    r" [A-Z]\w{1,20}(?: [A-Z]\w{1,20})?\. (?:see|visit|go to|visitez|visita|visite|siehe|besuche) \S{0,80}/(?:privacy"
    r"|listener)\S{0,40}[^.]{0,60}\.?"
    r"|(?:see|visit|go to|visitez|visita|visite) \S{1,80}/(?:privacy|listener|adchoices)\S{0,40}(?: (?:for|pour"
    r"|para|per)"
    r" [\w' ]{0,14}(?:information|informations|información|informações|informazioni|details))?\.?(?= |$)"
    r"|see (?:our )?privacy policy at \S{4,80}(?: and (?:the )?california privacy notice at \S{4,100})?"
    r"|(?:advertising inquiries|privacy & opt-out): ?\S{4,100})",
    re.IGNORECASE,
)
_SIGNS = ("rivacy", "hoices", "/listener")
_LONGEST = 60
_END = 400  # characters at the end of a line, where a host's notes are
_PLAYERS = frozenset({"fullscreen", "gallery", "galleries", "player", "players", "caption", "captions"})


def without_controls(line: str, about: Set[str]) -> str:
    """Return a line without such notes; "" for a button. ``about``: the words of the title, in lower case."""
    label = line.strip("-–—[]()*: ").casefold()
    if label in _AD_LABELS and label not in about:
        return ""
    if len(line) <= _LONGEST and (_BUILT.fullmatch(line) or _CONTINUES.fullmatch(line.strip("-–—[]()*:.… "))):
        return ""
    if len(line) <= _LONGEST and line[-1:] not in ".?。,:" and _BUTTON.fullmatch(line.rstrip(" »›>→!")):
        return "" if _PLAYERS.isdisjoint(about) else line
    if len(line) <= 2 * _LONGEST and line[-1:] not in ".?。,:" and _CLICK_TO.fullmatch(line):
        return "" if _CLICK_TARGET.search(line) else line
    start = max(0, len(line) - _END)
    if not any(line.find(sign, start) >= 0 for sign in _SIGNS):
        return line
    kept, at = [], 0
    for note in _HOST.finditer(line, start):
        kept.append(line[at : note.start()])
        at = note.end()
    return "".join([*kept, line[at:]]).strip() if at else line

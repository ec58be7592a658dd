"""Parts of a page that its markup names: what goes with them, and the classes of themes that take no text away."""

import pytest

from alt_pipelines.text.widgets import without_widgets
from alt_pipelines_tests.unit.text.bodies import MORE, TEXT, around, body


@pytest.mark.parametrize(
    "part",
    [
        '<div class="sharedaddy sd-sharing-enabled"><h3>Teilen mit:</h3><ul><li><a>Klick</a></li></ul></div>',
        '<div id="jp-relatedposts" class="jp-relatedposts"><h3>Ähnliche Beiträge</h3><p>Otter im Fluss</p></div>',
        '<div class="post-share-buttons"><span>Compartir</span></div>',
        '<section class="RelatedArticles__list"><h2>Lire aussi</h2><p>Le saumon revient à Gerberoy</p></section>',
        '<ul class="related-posts"><li>川に戻ったサケ</li><li>堰の歴史</li></ul>',
        '<div class="relate"><p>■関連記事</p><ul><li><a href="/1">川に戻ったサケ</a></li></ul></div>',
        '<div class="share"><a href="/f">Facebook</a> <a href="/m">Mastodon</a></div>',
        '<div class="popular"><h3>Populär</h3><p><a href="/1">Der Lachs kehrt an die Oste zurück</a></p></div>',
        '<div role="navigation"><a href="/1">Anterior</a> <a href="/2">Siguiente</a></div>',
        '<p class="button-wrapper"><a class="button" href="/s">Subscribe now</a></p>',
        '<div class="subscription-widget-wrap-editor"><p>Weir Notes lives from its readers.</p><form></form></div>',
        '<div class="kg-card kg-signup-card"><h2>Weir Notes</h2><p>Eels in your mailbox</p></div>',
        '<form class="newsletter-form"><label>Adresse</label></form>',
        '<ul class="table-of-contents"><li>アクセス</li><li>まとめ</li></ul>',
        '<div id="ez-toc-container"><p>Índice</p><ul><li>Historia</li></ul></div>',
        '<nav role="navigation"><a>Home</a> <span>Rivers</span></nav>',
        '<ol class="breadcrumb"><li>Home</li><li>Rivers</li></ol>',
        '<p class="byline">Marit Solheim</p>',
        '<div class="author-bio"><p>Marit Solheim</p></div>',
        '<div class="post-tags"><span>Tags</span> <span>oak</span></div>',
        '<div class="field field--name-field-tags"><div>Schlagworte</div><div>Eiche</div></div>',
        '<div class="comments-area"><h2>Ý kiến (37)</h2></div>',
        '<div class="c-pagination"><span>Seite 1 von 3</span></div>',
        '<aside class="element element-rich-link"><p>The salmon of Gerberoy</p></aside>',
        '<div class="se-module se-module-map"><strong>수달 공원</strong></div>',
        '<div class="container_postbtn"><span>공감</span></div>',
        '<div class="box-tinlienquan"><p>Cá hồi trở về</p></div>',
        '<div class="td-post-sharing"><div class="td-post-sharing-bottom"><span>Share</span></div></div>',
        '<div data-component-name="SubscribeWidgetToDOM"><p>Weir Notes lives from its readers.</p></div>',
        '<div class="ad-container"><span>Anzeige</span></div>',
        '<aside class="onebox"><article class="onebox-body"><h3>Ten best weirs</h3></article></aside>',
        '<section data-component="RelatedContent"><h2>Mehr</h2><article>Lachse kehren zurück</article></section>',
        '<figure data-ke-type="opengraph"><div class="og-text"><p class="og-title">강의 수달</p></div></figure>',
    ],
)
def test_a_part_that_names_itself_goes(part: str) -> None:
    assert around(part) == f"{TEXT}\n{MORE}"


@pytest.mark.parametrize(
    "attributes",
    [
        'class="post-content related"',
        'class="single-post tags-layout"',
        'class="post-4711 post type-post status-publish format-standard hentry category-share tag-related"',
        'class="entry-content share"',
        'class="article-body newsletter"',
        'class="related"',
        'class="newsletter"',
        'class="subscribe"',
        'class="comments"',
        'id="content" class="has-sidebar toc"',
        'class="preamble"',
        'class="teaser"',
        'class="chapo"',
        'class="promo"',
        'class="paywall"',
        'class="tagesschau"',
        'class="shareholders"',
        'class="tocqueville"',
        'role="main"',
    ],
)
def test_a_theme_that_names_its_article_so_loses_nothing(attributes: str) -> None:
    assert body(f"<div {attributes}><p>{TEXT}</p><p>{MORE}</p></div>") == f"{TEXT}\n{MORE}"


def test_sections_of_a_newsletter_are_the_article() -> None:
    sections = [
        f"<div class='newsletter-block'><p>{TEXT}</p></div>",
        f"<div class='newsletter-block'><p>{MORE}</p></div>",
    ]
    assert body("<h1>Weir Notes</h1><p>Hello.</p>" + "".join(sections)).endswith(f"{TEXT}\n{MORE}")


def test_the_number_of_a_footnote_is_no_part_of_its_sentence() -> None:
    text = f'<p>{TEXT}<a class="footnote-anchor" href="#footnote-1">1</a> {MORE}</p>'
    assert body(text) == f"{TEXT} {MORE}"


@pytest.mark.parametrize(
    "number",
    [
        '<sup id="cite_ref-1" class="reference"><a>[1]</a></sup>',
        '<sup id="fnref:1"><a class="footnote-ref">1</a></sup>',
    ],
)
def test_a_raised_number_of_a_note_is_no_part_of_its_word(number: str) -> None:
    assert body(f"<p>{TEXT}{number} {MORE}</p>") == f"{TEXT} {MORE}"
    assert body("<p>It holds 12 m<sup>3</sup> of water in the basin.</p>") != ""


def test_what_a_footnote_says_stays() -> None:
    note = '<a class="footnote-number">1</a><div class="footnote-content"><p>In ash, not oak.</p></div>'
    assert around(f'<div class="footnote">{note}</div>') == f"{TEXT}\nIn ash, not oak.\n{MORE}"


def test_a_part_that_never_ends_takes_nothing_away() -> None:
    assert body(f'<p>{TEXT}</p><div class="share"><p>{MORE}</p>') == f"{TEXT}\n{MORE}"
    assert body(f'<div><div class="share"><p>{TEXT}</p></div><p>{MORE}</p>') == f"{TEXT}\n{MORE}"


def test_a_sentence_about_such_markup_stays() -> None:
    text = (
        f"<p>{TEXT}</p><p>Themes wrap it in a &lt;div class='sharedaddy'&gt; and close it with &lt;/div&gt; later.</p>"
    )
    assert "and close it with" in body(text)


@pytest.mark.parametrize(
    "part",
    [
        '<h2 id="comments">Comments on the ruling</h2>',
        '<section id="tags"><h2>Tags of eels</h2><p>Each eel has one.</p></section>',
        '<p>As <a class="related-link" href="/x">an older report</a> has it, they sleep.</p>',
        '<p>The mill has a 12 % <span class="share">share</span> of it.</p>',
    ],
)
def test_a_headings_id_and_a_word_of_a_sentence_stay(part: str) -> None:
    shown = body(part)
    assert shown and shown in around(part)


SHORT = "The otter of the Tarn sleeps in hollow willows."


@pytest.mark.parametrize(
    "part",
    [
        *(f'<h2 id="{name}">What {name} does</h2>' for name in ("outbrain", "navbox", "taboola", "shariff")),
        *(f'<h2 class="{name}">Die Wehre der Oste</h2>' for name in ("sr-only", "share", "related", "popular-posts")),
        f'<section id="taboola"><h2>Taboola</h2><p>{SHORT}</p></section>',
        f'<div class="section" id="outbrain"><h2>Outbrain</h2><p>{SHORT}</p></div>',
        f'<div class="section level2" id="navbox"><h2>Navbox</h2><p>{SHORT}</p></div>',
        f'<div class="noprint"><p>{SHORT}</p></div>',
        f'<div role="navigation"><p>{SHORT}</p></div>',
        f'<div role="banner"><p>{SHORT}</p></div>',
        '<section class="share"><h2>Marktanteile</h2><ul><li>Veka 40 %</li><li>Orlo 30 %</li></ul></section>',
        '<div class="popular"><h3>Platos populares</h3><p>Gazpacho</p><p>Migas</p></div>',
        '<ul class="recommended"><li>旅館あさひ</li><li>喫茶ほとり</li></ul>',
        '<blockquote class="social-media"><p>We open the weir in May. — Mayor Roe</p></blockquote>',
        f'<p class="byline">{SHORT}</p>',
        f'<p class="photo-credit">{TEXT.replace("oak", "ash")}</p>',
        '<section class="comments"><p>« Le meilleur pont », dit Inès Morel.</p></section>',
        '<div data-testid="comments"><p>Otis Fenn hails the weir</p></div>',
    ],
)
def test_an_articles_own_part_with_such_a_name_stays(part: str) -> None:
    shown = body(part)
    assert shown and shown in around(part)


@pytest.mark.parametrize(
    "sentences",
    [
        "Teilen, Merken, Melden: Einen dieser drei Knöpfe nimmt der Dienst im Herbst aus seiner App.",
        "Partager, aimer, signaler : l'un de ces trois boutons disparaît cet automne, annonce le service.",
        "收藏、点赞、举报:其中一个按钮下月起消失,平台昨天这样宣布。",
        "保存、通報、共有の三つのボタンのうち一つが来月なくなると会社が発表した。",
    ],
)
@pytest.mark.parametrize("name", ["share-bar", "social-links", "share-buttons", "photo-credit", "image-source"])
def test_sentences_stay_in_a_box_of_buttons_or_credits(name: str, sentences: str) -> None:
    other = "The mill beside it grinds rye again, for the first time since the war, and sells it by the sack."
    markup = f'<p>{TEXT}</p><div class="{name}"><p>{sentences}</p></div><p>{MORE}</p><p>{other}</p>'
    assert body(markup) == f"{TEXT}\n{sentences}\n{MORE}\n{other}"


@pytest.mark.parametrize(
    "labels",
    ["Teilen Merken Melden", "分享 点赞 举报", "Foto: Ida Norheim", "写真:アフロ", "Share this with your friends!"],
)
@pytest.mark.parametrize("name", ["share-bar", "social-links", "share-buttons", "photo-credit", "image-source"])
def test_labels_go_from_a_box_of_buttons_or_credits(name: str, labels: str) -> None:
    assert around(f'<div class="{name}"><p>{labels}</p></div>') == f"{TEXT}\n{MORE}"


def test_the_titles_of_a_short_article_stay() -> None:
    part = '<div class="related"><p>Oste weir opens</p><p>Tarn mill closes</p></div>'
    assert body(f"<p>Two mills in the news</p>{part}").endswith("Oste weir opens\nTarn mill closes")


def test_a_platforms_card_goes_from_a_short_post_with_its_sentences() -> None:
    card = f'<aside class="onebox allowlistedgeneric"><h3>Weir Weekly</h3><p>{MORE}</p></aside>'
    assert body(f"<p>Mine leaks too, since the spring flood. Oak helps.</p>{card}") == (
        "Mine leaks too, since the spring flood. Oak helps."
    )


def test_labels_go_from_a_post_that_is_shorter_than_they_are() -> None:
    labels = "".join(f"<li>Click to share on {name} (Opens in new window)</li>" for name in ("Veka", "Orlo", "Tundra"))
    assert body(f'<p>Eels are back.</p><div class="sharedaddy"><ul>{labels}</ul></div>') == "Eels are back."


def test_a_link_of_its_own_line_goes() -> None:
    assert around('<p><a class="related-link" href="/x">Salmon of Gerberoy</a></p>') == f"{TEXT}\n{MORE}"


def test_an_article_in_a_language_without_stops_stays() -> None:
    thai = "ฝายด้านล่างโรงฟอกหนังถูกสร้างขึ้นใหม่ด้วยไม้โอ๊กในฤดูใบไม้ผลินี้ " * 3
    assert body(f"<p>ฝายใหม่</p><div class='related-content'><p>{thai}</p></div>").endswith(thai.strip())
    markup = f"<p>ฝายใหม่</p><div class='related'><p>{thai}</p></div>"
    assert body(markup).endswith(thai.strip())


def test_a_name_at_the_right_goes_only_below_the_text() -> None:
    name = '<p style="text-align: right"><em>Vigdis Holm</em></p>'
    assert body(f"<p>{TEXT}</p><p>{MORE}</p>{name}<div class='sharedaddy'>Share</div>") == f"{TEXT}\n{MORE}"
    assert "Vigdis Holm" in body(f"<p>{MORE}</p>{name}<p>{TEXT}</p>")


def test_a_text_that_is_only_such_a_part_stays() -> None:
    markup = '<div class="related-posts"><p>The weir of Ansby</p></div>'
    assert without_widgets(markup) == markup


@pytest.mark.parametrize(
    "part",
    [
        '<div class="autorenbox"><p>Wiebke Harksen</p><p>Reporterin für Flüsse</p></div>',
        '<div class="mehr-zum-thema"><b>Am Fluss</b> Lachse an der Oste</div>',
        '<div class="teilen">Artikel weitersagen: Veka, Orlo</div>',
        '<p class="auteur">Door Sietske Bruinsma</p>',
        '<div class="delen-knoppen"><span>Orlo</span> <span>Veka</span></div>',
        '<section class="LeesOok"><p>Zalm terug in de Berkel</p></section>',
        '<div class="bloc-auteur"><span>Aliénor Castagné</span></div>',
        '<ul class="partage"><li>Orlo</li><li>Veka</li></ul>',
        '<div class="fil-d-ariane">Rivières / Moulins</div>',
        '<div class="caja-autor"><b>Remedios Altuna</b> ama los ríos</div>',
        '<div class="barra_compartir"><span>Orlo</span></div>',
        '<div class="noticias-relacionadas"><p>El salmón vuelve al Duero</p></div>',
        '<div class="autoria-foto">Imagem de Telmo Caldeira</div>',
        '<div class="leia-tambem"><p>O salmão volta ao Minho</p></div>',
        '<div class="condividi">Orlo Veka</div>',
        '<div class="box-autore">Ottavia Gherardi</div>',
        '<div class="comparteix">Orlo, Veka</div>',
        '<div class="stiri-similare"><p>Somonul revine în Olt</p></div>',
        '<div class="las-ocksa"><p>Laxen åter i Viskan</p></div>',
        '<div class="byline-boks"><span>Gro Steinsvåg</span></div>',
        '<div class="nyhetsbrev-ruta"><p>Varje fredag i din brevlåda</p></div>',
        '<div class="del-artiklen"><span>Orlo</span> <span>Veka</span></div>',
        '<div class="relaterede-artikler"><p>Laksen er tilbage i Skjern Å</p></div>',
        '<p class="kirjoittaja">Hilkka Rantasuo</p>',
        '<div class="jaa-nappi">Orlo</div>',
        '<div class="tengdar-frettir"><p>Laxinn snýr aftur</p></div>',
        '<div class="loe-ka"><p>Lõhe naasis Pärnu jõkke</p></div>',
        '<div class="autora-kaste">Dzidra Ozolzīle</div>'.replace("autora", "autors"),
        '<div class="skaitykite-taip-pat"><p>Lašiša grįžo į Šventąją</p></div>',
        '<div class="udostepnij">Orlo Veka Tundra</div>',
        '<div class="ramka-autor"><p>Bogumiła Wiśniecka</p></div>',
        '<div class="drobeckova-navigace"><span>Řeky</span> <span>Jezy</span></div>',
        '<div class="souvisejici-clanky"><p>Losos se vrátil do Kamenice</p></div>',
        '<div class="zdielat"><span>Orlo</span></div>',
        '<div class="szerzo-doboz">Tölgyesi Piroska</div>',
        '<div class="kapcsolodo-cikkek"><p>Visszatért a lazac a Dunába</p></div>',
        '<div class="sorodni-clanki"><p>Losos je spet v Soči</p></div>',
        '<div class="procitajte-jos"><p>Losos se vratio u Dravu</p></div>',
        '<div class="chitayte-takzhe"><p>Лосось вернулся в Неву</p></div>',
        '<div class="podilytysya">Orlo Veka</div>',
        '<div class="oste-po-temata"><p>Сьомгата се върна в Искър</p></div>',
        '<div class="diavaste-episis"><p>Ο σολομός στον Πηνειό</p></div>',
        '<div class="yazarKutusu"><p>Sabriye Ulutaş</p></div>',
        '<div class="ilgili-haberler"><p>Somon nehre döndü</p></div>',
        '<div class="baca-juga"><p>Salmon kembali ke sungai</p></div>',
        '<div class="tac-gia">Tạ Kim Oanh</div>',
        '<div class="kanren-kiji"><p>鮭が川に戻る</p></div>',
        '<div class="gwallyeon-gisa"><p>연어가 돌아왔다</p></div>',
        '<div class="fenxiang"><span>微博</span></div>',
        '<div class="contenu"></div><p class="s-abonner">La lettre des moulins</p>',
        '<div itemprop="author"><span>Ottavia Gherardi</span></div>',
        '<p><span class="kirjoittaja">Hilkka Rantasuo</span> | <span class="kuvaaja">Ukko Lampela</span></p>',
        '<p><span class="autor">Remedios Altuna</span> · <time>hace 3 horas</time></p>',
        "<nav><ol><li>Rivers</li><li>Weirs</li></ol></nav>",
        "<footer>Marit Solheim</footer>",
        '<header class="kop"><span>Rivieren</span> <time>gisteren</time></header>',
    ],
)
def test_a_part_that_the_sites_language_names_goes(part: str) -> None:
    assert around(part) == f"{TEXT}\n{MORE}"


@pytest.mark.parametrize(
    "attributes",
    [
        'class="artikel delen"',
        'class="cuerpo-nota relacionadas"',
        'class="corps-article partage"',
        'class="tresc udostepnij"',
        'class="haber-detay paylas"',
        'class="auteur"',
        'class="lees-ook"',
        'class="boletin"',
        'class="nieuwsbrief"',
        'class="meer"',
        'class="autorenkino"',
        'class="jaakko"',
        'class="partagemos-la-tierra"',
    ],
)
def test_an_article_in_a_language_whose_theme_names_it_so_loses_nothing(attributes: str) -> None:
    assert body(f"<div {attributes}><p>{TEXT}</p><p>{MORE}</p></div>") == f"{TEXT}\n{MORE}"


@pytest.mark.parametrize(
    "part",
    [
        '<div class="populares"><h3>Platos populares</h3><p>Gazpacho</p><p>Migas</p></div>',
        '<ul class="osusume-yado"><li>旅館あさひ</li><li>喫茶ほとり</li></ul>',
        '<div class="delen"><h3>Delen van de stuw</h3><p>Schuif</p><p>Drempel</p></div>',
        '<div class="meer"><h3>Das Meer</h3><p>Ebbe</p><p>Flut</p></div>',
        '<section class="kommentare"><p>„Die beste Brücke“, sagt Inga Moor.</p></section>',
        '<p class="auteur">Les loutres du Tarn dorment dans des saules creux.</p>',
        '<blockquote><p>The weir is my clock.</p><p class="author">Otis Fenn</p></blockquote>',
        "<blockquote><p>The weir is my clock.</p><footer>Otis Fenn</footer></blockquote>",
        '<p>Der <span class="teilen">Teil</span> am Wehr ist neu.</p>',
        "<header><p>The weir opens in May</p></header>",
        "<p><time>14:02</time> Water reaches the sill</p>",
    ],
)
def test_an_articles_own_part_with_a_name_in_its_language_stays(part: str) -> None:
    shown = body(part)
    assert shown and shown in around(part)


def test_the_person_whom_the_article_is_about_stays() -> None:
    part = '<p class="auteur">Aliénor Castagné</p>'
    assert body(f"{part}<p>{TEXT} Castagné, who built it, is eighty.</p><p>{MORE}</p>").startswith("Aliénor Castagné\n")


def test_the_writers_of_a_list_of_books_stay() -> None:
    writers = ("Ada Holm", "Otis Fenn", "Inès Morel", "Kenji Abe", "Vigdis Roe")
    books = "".join(f'<li><p>On weirs</p><p class="autor">{writer}</p></li>' for writer in writers)
    shown = body(f"<p>{TEXT}</p><ul>{books}</ul><p>{MORE}</p>")
    assert all(writer in shown for writer in writers)

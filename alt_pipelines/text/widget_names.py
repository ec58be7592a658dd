"""Names by which platforms and themes mark the parts of a page around its article: classes, ids and roles.

    names_own_widget({"class": "jp-relatedposts"})      ->  True
    names_widget({"class": "post-related-box"})         ->  True
    names_widget({"class": "post-content related"})     ->  False   a theme's class of the article itself
    names_widget({"class": "yazar-kutusu"})             ->  True    the author's box
    names_short({"class": "auteur"})                    ->  True

A name is one of a platform's own (``_OWN``), or a class for a kind of part with words for its place and its box
(``_NAMED``, and ``widget_words`` in other languages than English). An element that one of its classes calls the
article is never the latter. A name that is only a word may stand on the article's own parts as well. If it hardly ever
does ("auteur"), the element goes if it is short and has no sentences (`names_short`). A word like "share" or "popular",
or a hint for print and screen readers, goes only if the element is mostly links (`names_links`). Ids are often made
from headings ("Comments", "Related"), so only those that are a platform's own count, and none on a heading or section.
"""

import re
import unicodedata
from collections.abc import Mapping, Set
from functools import lru_cache

from alt_pipelines.text import widget_words as words
from alt_pipelines.text.stopwords import word_set

# Names of platforms and their extensions, which mark no part of an article.
_OWN = word_set(
    """
    sharedaddy sd-sharing sd-sharing-enabled jp-relatedposts jp-post-flair addtoany_share_save_container
    addtoany_content a2a_kit heateor_sss_sharing_container ssba essb_links swp_social_panel dpsp-content-wrapper
    shariff addthis_toolbox addthis_inline_share_toolbox sharethis-inline-share-buttons wp-block-social-links
    wp-block-social-link wp-block-jetpack-sharing-buttons wp-block-outermost-social-sharing tt-share mashsb-container
    yarpp yarpp-related crp_related rp4wp-related-posts wp-block-latest-posts wp-block-jetpack-related-posts
    wp-block-query-pagination outbrain taboola ob-widget trc_related_container zemanta-related
    wp-block-jetpack-subscriptions__container wp-block-jetpack-subscriptions subscription-widget-wrap
    subscription-widget-wrap-editor subscription-widget captioned-button-wrap mc4wp-form mailpoet_form
    convertkit-form formkit-form mc_embed_signup wpcf7 install-substack-app-embed digest-post-embed embedded-post-wrap
    embedded-publication-wrap paywall-jump gh-post-upgrade-cta kg-signup-card kg-bookmark-card kg-button-card
    kg-cta-card graf--mixtapeembed mixtapeembed medium-feed-link newsletter-form-wrapper sqs-block-newsletter
    sqs-block-button sqs-block-socialaccountlinks sqs-block-socialaccountlinks-v2 sqs-block-summary-v2
    sqs-block-tagcloud sqs-block-archive sqs-block-search sqs-block-form blogger-post-footer feedflare blog-pager
    post-labels field-name-field-tags field--name-field-tags field--name-uid field--name-created
    node__links comment-forbidden comment-add book-navigation footnote-anchor footnote-number footnote-backref
    footnote-back footnote-ref footnote-return data-footnote-backref doc-backlink doc-noteref
    toc_container toc-container
    mw-editsection mw-jump-link navbox catlinks printfooter sistersitebox ez-toc-container lwptoc
    wp-block-yoast-seo-table-of-contents wp-block-rank-math-toc-block saboxplugin-wrap
    pp-multiple-authors-boxes-wrapper m-a-box abh_box
    wp-block-post-author wp-block-post-author-biography wp-block-tag-cloud wp-block-categories wp-block-archives
    wp-block-post-terms wp-block-navigation wp-block-comments wp-block-latest-comments adsbygoogle powerpress_links
    powerpress_player kk-star-ratings wpulike wp-postratings rmp-widgets-container element-rich-link
    hatena-bookmark-button-frame hatena-asin-detail hatena-module entry-footer-section ogpcard_root
    se-module-oglink se-section-oglink se-module-map se-module-material se-section-material og-text og-image onebox
    hatena-citation container_postbtn another_category revenue_unit_wrap postbtn_like
    mp-common-profile original_primary_card_tips js_profile_qrcode box-tinlienquan box_tin_lien_quan disqus_thread
    """
)
# What themes hide from print or from the screen, and parts of any kind.
_HINTS = word_set("noprint screen-reader-text sr-only visually-hidden visuallyhidden button-wrapper headerlink")
# Kinds of parts whose names are ordinary words: market share, popular dishes, comments on a ruling.
_BARE = word_set(
    """
    share sharing sharebar social-media related recommended recommendation recommendations suggested similar popular
    trending most-read most-viewed most-popular read-also also-read readmore read-more read-next up-next more-from
    more-on recirculation subscribe toc byline by-line tags comments reactions ad ads advert adverts advertisement
    advertisements relate recommend footer pager
    """
)
# Kinds whose parts are buttons, names and counters, and no sentences.
_LABELS = [
    # Share, like, follow
    "(?:social-?)?(?:share|sharing|sharebar)|social-(?:links?|icons?|media|buttons?)|(?:follow|like)-(?:us|buttons?)",
    # Makers of pictures
    "(?:photo|image|picture|img|media)-(?:credits?|copyright|source)",
]
_KINDS = [
    *_LABELS,
    # Other articles
    "(?:related|recommended|recommendations?|suggested|similar|popular|trending|most-?(?:read|viewed|popular)|read-?also"
    "|also-?read|readmore|read-(?:more|next)|up-?next|more-(?:from|on|stories|posts|articles|news|link)|recirculation"
    "|recirc|continue-reading|(?:latest|recent|other)-(?:posts?|articles|news|stories))(?:-?(?:posts?|articles?|stor(?:y"
    "|ies)|news|links?|entries|reads?|reading|topics?|videos?|contents?))?",
    # Newsletters
    "(?:newsletter|mailing-list|e-?mail)-?(?:sign-?up|subscribe|subscription|form|opt-?in|promo|cta|banner|widget|box"
    "|block|card|wrap|wrapper|container)|subscribe|subscription-?(?:form|box|widget|cta|banner|prompt)|sign-?up-?(?:form"
    "|box|widget|cta)|opt-?in-?(?:form|box)",
    # Contents and ways through the site
    "toc|table-?of-?contents|breadcrumbs?|paginat(?:ion|or)|pager|page-links|prev-?next|(?:posts?|entry|article|comment)-"
    "(?:navigation|nav|pagination)|nav-links|site-(?:nav|navigation|header|footer)|skip-link|jump-links?",
    # Authors and dates
    "by-?line|author-?(?:bio|box|info|card|profile|byline|description|avatar|about)|about-(?:the-)?author|(?:post|entry"
    "|article)-(?:author|byline|meta|footer|date|info|tags|categor(?:y|ies)|share|tools|actions|views)",
    # Tags, comments, counters
    "tags|tag-?(?:s-)?(?:list|links|cloud)|cat-links|comments|comment-?(?:list|form|respond|area|count|section|link)"
    "|comments-(?:area|link|section|count)|comment-respond|reactions|(?:post|page)-?views|view-?count",
    # Advertising
    "ads?|advert(?:s|isements?)?|ad-?(?:unit|slot|container|wrapper|block|banner|label)|promo-?(?:box|block|banner|card"
    "|unit)|affiliate-(?:disclosure|disclaimer|notice)"
    "|cookie-?(?:consent|notice|banner)|consent-?(?:banner|notice)",
]
_PLACE = (
    "(?:(?:js|c|m|o|u|l|wp|td|tdb|elementor|widget|module|component|block|post|posts|entry|article|story|single|site|page"
    "|blog|content|the|my|inline|footer|header|bottom|top|end|after|below|left|right|sidebar|mobile|desktop|sticky)-)*"
)
_BOX = (
    "(?:-(?:container|wrapper|wrap|box|block|section|list|items?|inner|outer|area|widget|module|bar|buttons?|links?|icons?"
    "|title|heading|headline|header|label|root|group|row|toolbar|tools|panel|card|grid|cta|nav|desktop|mobile|left|right"
    "|top|bottom|inline|horizontal|vertical|enabled|more|v?\\d+))*"
)
_NAMED = re.compile(f"{_PLACE}(?:{'|'.join(_KINDS)}){_BOX}(?:--[a-z0-9-]+)?")
_NAMED_LABELS = re.compile(f"{_PLACE}(?:{'|'.join(_LABELS)}){_BOX}(?:--[a-z0-9-]+)?")
# Alone, without another class: the name of a box in some papers.
_ALONE = word_set("relate related recommend footer tag-box")
# The article, whatever its other classes say.
_BODY = re.compile(
    "hentry|h-entry|e-content|type-[a-z]+|status-publish|format-[a-z]+|post-\\d+|single(?:-.+)?|body|content|text|main|prose"
    "|article|post|entry|story|page|(?:entry|post|article|story|page|main|body|rich|blog|single|news)-?(?:content|body|text"
    "|main|inner|wrapper|container)|markdown(?:-body)?|.*layout|.*template.*"
)
_MOST_WORDS = 8  # of a name
_UNNAMED = re.compile("h[1-6]|section")  # elements whose ids are made from headings
_SECTION = re.compile("(?:^|\\s)(?:section|sect\\d|level\\d)(?:\\s|$)")  # what converters of manuals call a section
_STATES = re.compile("(?:has|no|is)-.*")  # "is-layout-flex", which a part of any kind has
_ROLES = word_set("navigation search doc-toc doc-backlink doc-noteref contentinfo banner")
_COMPONENTS = word_set(
    """
    SubscribeWidget SubscribeWidgetToDOM ButtonCreateButton CaptionedButtonToDOM DigestPostEmbed EmbeddedPostToDOM
    EmbeddedPublicationToDOM EmbeddedPublicationToDOMWithSubscribe InstallSubstackAppToDOM PaywallToDOM
    """
)
# Attributes by which papers say what a part of their pages is.
PLACES = frozenset({"data-area", "data-component", "data-module", "data-testid", "data-block-name"})
# The number of a note, in a raised element: <sup class="reference">[1]</sup>
_NOTE = re.compile("(?:^|[ _-])(?:reference|footnote|endnote|fnref|noteref|cite-ref|cite_ref)")
_HUMP = re.compile("(?<=[a-z0-9])(?=[A-Z])")
_JOINTS = re.compile("[_-]+")
_COMBINING = re.compile("[\u0300-\u036f]")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "þ": "th"})


def names_widget(attributes: Mapping[str, str]) -> bool:
    """Whether an element's classes are those of a kind of part that is not the article, and more than a word."""
    return any(name not in _BARE and (_NAMED.fullmatch(name) or _is_clear(name)) for name in _kinds(attributes))


def names_short(attributes: Mapping[str, str]) -> bool:
    """Whether an element's names are words that hardly ever mark a part of the article."""
    return names_person(attributes) or any(name in words.CLEAR for name in _kinds(attributes))


def names_person(attributes: Mapping[str, str]) -> bool:
    """Whether an element's names say that it tells who wrote the article or made a picture."""
    if "author" in (attributes.get("itemprop"), attributes.get("rel")):
        return True
    names = _kinds(attributes)
    if any(name not in _BARE and _NAMED.fullmatch(name) for name in names):
        return False
    return any(_has_word(name, words.PERSONS) for name in names)


def names_labels(attributes: Mapping[str, str]) -> bool:
    """Whether all kinds that an element's classes name have no sentences: buttons to share, makers of pictures."""
    kinds = [name for name in _kinds(attributes) if _NAMED.fullmatch(name) or _is_clear(name)]
    return bool(kinds) and all(_NAMED_LABELS.fullmatch(name) or _has_word(name, words.LABELS) for name in kinds)


def names_links(attributes: Mapping[str, str]) -> bool:
    """Whether an element's names are those of such a part if it is mostly links."""
    names = _kinds(attributes)
    if attributes.get("role") in _ROLES or not _HINTS.isdisjoint(attributes.get("class", "").lower().split()):
        return True
    if any(map(_NAMED.fullmatch, names)) or (len(names) == 1 and names[0] in _ALONE):
        return True
    return any(_has_word(name, words.VAGUE) for name in names)


def names_own_widget(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether the attributes of an element with this name are those of a platform's own part."""
    if attributes.get("data-component-name") in _COMPONENTS:
        return True
    classes = attributes.get("class", "").lower()
    with_id = not (_UNNAMED.fullmatch(name) or _SECTION.search(classes))
    ids = attributes.get("id", "").lower().split() if with_id else []
    return any(own in _OWN for own in [*classes.split(), *ids])


def numbers_note(attributes: Mapping[str, str]) -> bool:
    """Whether a raised element with these attributes is the number of a note."""
    return any(_NOTE.search(attributes.get(name, "")) for name in ("class", "id"))


def _kinds(attributes: Mapping[str, str]) -> list[str]:
    """Return the names of an element that may be those of a kind of part; none if a class calls it the article."""
    places = [_plain(attributes[name]) for name in PLACES if name in attributes]
    classes = [_plain(name) for name in attributes.get("class", "").split()]
    article = any(_is_body(name) for name in classes)
    return places if article else [*places, *classes]


def _is_clear(name: str) -> bool:
    """Whether a name is more than one word, and one of them hardly ever marks a part of the article."""
    return ("-" in name or name not in words.CLEAR) and _has_word(name, words.CLEAR)


def _is_body(name: str) -> bool:
    """Whether a class calls its element the article, in any language: "hentry", "cuerpo", "artikel-tekst"."""
    if _STATES.fullmatch(name):
        return False
    if _BODY.fullmatch(name) or name in words.ARTICLE or name in words.TEXT:
        return True
    parts = name.split("-")
    return any(_is_article(parts[:at]) and "-".join(parts[at:]) in words.TEXT for at in range(1, len(parts)))


def _is_article(parts: list[str]) -> bool:
    return "-".join(parts) in words.ARTICLE or all(part in words.AROUND for part in parts)


@lru_cache(maxsize=4096)
def _has_word(name: str, of: Set[str]) -> bool:
    """Whether a name is one of some words, with words for places and boxes around it: "bloc-auteur-bas"."""
    parts = name.split("-")[:_MOST_WORDS]
    last = next((parts[-1].removesuffix(end) for end in words.ENDS if parts[-1].endswith(end)), "")
    return _has_parts(parts, of) or (len(last) > 1 and _has_parts([*parts[:-1], last], of))


def _has_parts(parts: list[str], of: Set[str]) -> bool:
    for start in range(len(parts)):
        ends = (end for end in range(len(parts), start, -1) if "-".join(parts[start:end]) in of)
        if any(all(part in words.AROUND or part.isdigit() for part in parts[end:]) for end in ends):
            return True
        if parts[start] not in words.AROUND:
            return False
    return False


def _plain(name: str) -> str:
    """Return a name in lower case with hyphens and without marks: related-articles of relatedArticles."""
    name = name[:80]
    if not name.isascii():
        name = _COMBINING.sub("", unicodedata.normalize("NFKD", name)).translate(_LETTERS)
    return _JOINTS.sub("-", _HUMP.sub("-", name)).lower()

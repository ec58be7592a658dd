"""Labels in an article's lines: speakers, fields, section names and title kickers; and lines that only point elsewhere.

    repeated_labels(lines)       ->  {"HOST", "BERG"}        labels of speakers, or of fields on consecutive lines
    without_label(text, labels)  ->  the line without its label
    is_pointer("Read more: ...") ->  True                    a line that points to other articles, or files this one

A label names a part of the text, not its topic, so the caller keeps it out of the tags (``structural_words``).
"""

import re
from collections import Counter
from collections.abc import Sequence, Set

from alt_pipelines.text.boilerplate.pointers import LONGEST_POINTER, points_elsewhere, reads_on
from alt_pipelines.text.captions import describes
from alt_pipelines.text.lines import Line
from alt_pipelines.text.morphemes import morphemes
from alt_pipelines.text.scripts import HAN, HIRAGANA, KATAKANA
from alt_pipelines.text.sentences import split_line
from alt_pipelines.text.stopwords import word_set

# Where a speaker begins, in a transcript: [00:00:14], (1:02), 00:00:14. A time alone begins the entry of a live blog.
_TIMED = r"(?:\[\d{1,2}:\d\d(?::\d\d)?\]|\(\d{1,2}:\d\d(?::\d\d)?\)|\d{1,2}:\d\d:\d\d)"
LABEL = re.compile(
    rf"(?:{_TIMED} ?(?:[-–—] ?)?|[•*·▶►-] |・ ?|# |[■□◆◇●○▼▽▲△] ?)?(?!https?:)([^\W\d_][\w .'’/&-]{{0,30}}?)"
    rf"(?: {_TIMED})? ?:(?!(?<=[A-ZÅÄÖ0-9]:)[a-zåäö]) ?(?=\S)"  # E4:an and YLE:n are words with endings
    r"|【([^【】]{1,12})】 ?(?=\S)"
)
# A label behind a mark, with a space instead of a colon: ■料金 一般3,000円
_MARKED_LABEL = re.compile(rf"[■□◆◇●○▼▽▲△] ?([{HIRAGANA}{KATAKANA}{HAN}]{{2,10}}) (?=[^\s:])")
MARKED_HEADING = re.compile(r"[■▼◆●▲▶◎□]")
# The same before a row of figures: ▽消費時間 先手 4時間58分
_FIGURES = re.compile(rf"{_MARKED_LABEL.pattern}[^。、]{{0,20}}?\d\S{{0,6}} [^。、]{{0,20}}\d\S{{0,6}}$")
_COMMIT = re.compile(
    r"(?:[•*·-] )?(?:feat|fix|chore|docs|refactor|test|build|ci|perf|style|revert|deps)(?:\([\w./, -]{1,30}\))?!?: ?"
)
_SECTION = re.compile(r"(?:arXiv:\S{1,40}(?: Announce Type: [\w-]{1,20})?|(?:Abstract|Summary|TL;DR|要旨)(?:: ?|$))\s*")
# What editors write before links to other articles, and blog systems before the categories of an article.
_POINTER = re.compile(
    r"[•*·»→-]* ?(?:read (?:more|also|next|the full \w+)|also read|see also"
    r"|(?:à )?lire aussi|mehr zum thema|te puede interesar"
    r"|leia (?:também|mais)|leggi anche|lees ook|läs (?:också|även)|les også"
    r"|관련 ?기사|相关(?:阅读|新闻)|延伸閱讀|関連(?:記事|リンク|ニュース)?|あわせて読みたい|おすすめ記事)"
    r" ?[:|»→] ?\S"
    r"|(?:posted (?:in|by|on)|tagged(?: with)?)\b[^.!?]{0,100}$"
    r"|(?:filed under|abgelegt unter|classé dans|archivado en|arquivado em|archiviato in)\b ?:?"
    r"(?:(?: (?:(?-i:[^\W\d_a-zà-ÿ]|#)[^\s,.!?]*|&|and|und|et|y|e|of|de),?){1,10}| [\w-]+(?:, [\w-]+)*)"
    r"(?:\.(?: \d{1,5} \w{3,15}\.?)?)?$"
    r"|(?:schlagw[oö]rte[r]?|themen) (?:zu|in) diesem (?:artikel|beitrag) ?: ?\S|explore more on these topics ?: ?\S",
    re.IGNORECASE,
)
# The label of an article's tags.
_TAGS = re.compile(
    r"[•*·»→-]* ?(?:tags?|categor(?:y|ies)|keywords?|(?:ال)?كلمات (?:ال)?(?:دلالية|مفتاحية)|(?:ال)?وسوم|برچسب.?ها"
    r"|کلیدواژه.?ها|từ khóa|टैग्?स?|kata kunci) ?[:|»→] ?(?=\S)"
    r"|(?:schlagwörter|mots-clés|étiquettes|etiquetas|etichette|etiketter|etiketler|теги|тэги|метки|tagi|štítky"
    r"|címkék) ?: ?(?=\S)",
    re.IGNORECASE,
)
# Words of ordinary speech, which point elsewhere only above a title: "Listen: the forest is quiet" is a sentence.
_SPOKEN_POINTER = re.compile(
    r"[•*·»→-]* ?(?:more (?:on|from|about)\b[^:]{0,30}|related(?: \w+)?|recommended|don['’]t miss|watch|listen|labels?"
    r"|topics|à voir|auch interessant)"
    r" ?[:|»→] ?(?=\S)",
    re.IGNORECASE,
)
_FILING = re.compile(r"[•*·»→-]* ?(?:tags?|categor(?:y|ies)|keywords?)\b", re.IGNORECASE)
_BUMP = re.compile(r"(?:[•*·-] )?(?:bump|update|upgrade) \S{2,60} from v?\d\S* to v?\d\S*", re.IGNORECASE)
# What an editor says about the article itself.
_CORRECTION = re.compile(
    r"(?:correction|clarification|editor['’]s note|erratum|berichtigung|訂正|お詫び)s? ?:"
    r"|(?:an earlier version of )?this (?:article|story|post|piece|page|report)(?:['’]s headline)? "
    r"(?:(?:was|has been) (?:first |originally |last )?"
    r"(?:amended|updated|corrected|published|edited|changed"
    r"|(?:produced|written|translated|supplied) (?:by|for|from|with)\b)|misstated|incorrectly)",
    re.IGNORECASE,
)
_END_MATTER = word_set(
    "脚注 注釈 出典 関連項目 外部リンク 参考文献 参考リンク references footnotes weblinks einzelnachweise bibliographie"
)
# Headings of generated release notes.
_RELEASE_NOTES = frozenset(
    {"what's changed", "what's new", "new contributors", "full changelog", "changelog"}
    # of conventional commits
    | {"bug fixes", "performance improvements", "breaking changes", "code refactoring", "miscellaneous chores"}
)
_END_LINES = _END_MATTER | _RELEASE_NOTES
_CHAPTER = re.compile(r"\(?\d{1,2}:\d\d(?::\d\d)?\)? ?[-–—]? ?(?=\S)")  # of a video or podcast
# What every recording has: the names of such parts, and of the list of them.
_PARTS = frozenset(
    re.split(
        r",\s+",
        """intro, introduction, outro, cold open, opening, closing, listener mail, listener questions, mailbag,
        q&a, questions, credits, sponsor, sponsors, ad break, wrap-up, wrap up, final thoughts, preview, recap,
        begrüßung, einleitung, hörerfragen, hörerpost, verabschiedung, werbung, abspann, générique, questions
        des auditeurs, introducción, preguntas de los oyentes, despedida, introdução, encerramento,
        introduzione, saluti, conclusione, conclusión, conclusion, fazit, inleiding, afsluiting, wstęp,
        zakończenie, вступление, заключение, вопросы слушателей""",
    )
)
_PART_LIST = re.compile(
    r"(?:time ?stamps?|(?:time)?codes?|chapters?|show ?notes|kapitel(?:marken)?|zeitmarken|chapitres?|minutage"
    r"|capítulos?"
    r"|capitoli|hoofdstukken|rozdziały|таймкоды|тайм-коды|bölümler) ?:?",
    re.IGNORECASE,
)
_FIRST_CHAPTER = re.compile(r"\(?0?0:00(?::00)?\)? ?[-–—]? ?[^\W\d_]")
_FOOTNOTE = re.compile(r"※ ?\S")
# A site's footnotes address their reader politely; a sentence in the plain form is the article's own.
_PLAIN_FOOTNOTE = re.compile(
    r"(?!.*(?:です|ます|ません|まし[たょ]|でし[たょ]|[くだ下]さい|願)).{20,}[だたるいうむく]。"
)
# A title's kicker: in brackets, in Japanese before a colon, otherwise a kind of article.
_KICKER = re.compile(
    rf"【([^【】]{{1,10}})】|\[([^\[\]]{{1,14}})\]|([{HIRAGANA}{KATAKANA}{HAN}]{{2,6}}) ?: ?"
    r"|((?:transcript|interview|video|audio|podcast|photos?|gallery|pictures|opinion|analysis|editorial|comment"
    r"|reviews?"
    r"|live|watch|listen|explainer|factbox|obituary|letters?|exclusive|breaking|updated?|correction|quiz|briefing"
    r"|profile|column|essay|fact check)) ?: ",
    re.IGNORECASE,
)
# Kickers that name what kind of page it is, not what it is about.
_FORMATS = word_set(
    """
    直播 直播中 文字直播 图文直播 圖文直播 现场直播 現場直播 逐字稿 文字稿 实录 實錄 视频 視頻 影片 影音 短片 音频
    音頻 播客 图集 圖集 圖輯 组图 組圖 图片 圖片 快讯 快訊 突发 突發 独家 獨家 专访 專訪 评论 評論 社论 社論 特稿 懒人包
    懶人包 ライブ 生中継 生配信 中継 実況 動画 写真 速報 独自 詳報 全文 社説 コラム インタビュー 対談 書き起こし
    라이브 생중계 중계 영상 동영상 포토 속보 단독 전문 사설 칼럼 인터뷰 기고 르포
    """
)
_LONGEST_FIELD = 120  # characters of a line that consists of a label and a field's value
_LONGEST_VALUE = 40  # characters after the label; two such lines are fields already
_LONGEST_HEADING = 20


def label_of(text: str, labels: Set[str]) -> str | None:
    """Return the line's label if it is one of ``labels``."""
    match = _label(text, labels)
    return _name_of(match) if match else None


def _label(text: str, labels: Set[str]) -> re.Match[str] | None:
    if not labels:
        return None
    match = LABEL.match(text) or _MARKED_LABEL.match(text)
    return match if match and _name_of(match) in labels else None


def _name_of(match: re.Match[str]) -> str:
    name: str = next(filter(None, match.groups()))
    return name.strip()


def _labelled(text: str) -> re.Match[str] | None:
    """Return the label that begins a line, if it has one; behind a mark, only common nouns are one."""
    if match := LABEL.match(text):
        return match
    match = _MARKED_LABEL.match(text)
    return match if match and all(m.pos2 != "固有名詞" for m in morphemes(match[1])) else None


def repeated_labels(lines: Sequence[Line]) -> frozenset[str]:
    """Return the labels of speakers, which recur, and of fields, which start consecutive lines."""
    found = [
        (at, _name_of(m), len(line.text) - m.end() if m.re is LABEL else _LONGEST_FIELD)
        for at, line in enumerate(lines)
        if (m := _labelled(line.text))
    ]
    counts = Counter(label for _, label, _ in found)
    again = {label for label, count in counts.items() if count > 1}
    labels = again if len(again) > 1 or any(counts[label] > 2 for label in again) else set()
    run: list[str] = []
    brief = True  # whether all lines of the run are a word and a short value
    before = -2
    for at, label, rest in [*found, (len(lines) + 2, "", 0)]:
        if at != before + 1:
            if len(run) > 2 or (len(run) == 2 and brief):
                labels.update(run)
            run, brief = [], True
        if at < len(lines) and len(lines[at].text) <= _LONGEST_FIELD:
            run.append(label)
            brief = brief and rest <= _LONGEST_VALUE and " " not in label and lines[at].text[-1] not in ".!?。"
        before = at
    labels.update(label for at, label, _ in found if _FIGURES.match(lines[at].text))
    bracketed = [label for at, label, _ in found if lines[at].text[0] == "【"]
    if len(bracketed) > 1:
        labels.update(bracketed)
    return frozenset(labels)


def without_label(text: str, labels: Set[str]) -> str:
    """Return a line without its label, section name or commit type."""
    text = _SECTION.sub("", text, count=1) if text[:1] in "aAST要" and _SECTION.match(text) else text
    commit = _COMMIT.match(text)
    if commit:
        return text[commit.end() :]
    match = _label(text, labels)
    return text[match.end() :] if match else text


def is_pointer(text: str) -> bool:
    """Whether a line only points elsewhere or to the article itself: related articles, categories, corrections."""
    return points_to_itself(text) or points_elsewhere(text)


def points_to_itself(text: str) -> bool:
    """Whether a line files or corrects the article, is a footnote, or heads what ends it: categories, references."""
    footnote = _FOOTNOTE.match(text) is not None and _PLAIN_FOOTNOTE.match(text) is None
    own = footnote or _BUMP.match(text) or _CORRECTION.match(text)
    return bool(own) or _is_labelled(text) or text.casefold().replace("\u2019", "'") in _END_LINES


def _is_labelled(text: str) -> bool:
    """Whether a line is a label of pointers with a title, or of an article's tags with their list of any length."""
    if len(text) > LONGEST_POINTER and (_FILING.match(text) is None or reads_on(text)):
        return False
    if tags := _TAGS.match(text):
        return not _tells_below(text[tags.end() :])
    if _POINTER.match(text):
        return True
    spoken = _SPOKEN_POINTER.match(text)
    return spoken is not None and not reads_on(text[spoken.end() :])


def _tells_below(tags: str) -> bool:
    """Whether a sentence follows a list of tags in its line, which is then part of the article."""
    sentences = list(filter(None, split_line(tags)))
    return len(sentences) > 1 and reads_on(sentences[-1]) and describes(sentences[-1])


def chapters(lines: Sequence[Line]) -> dict[int, str]:
    """Return the names of a recording's chapters, which start at 0:00, by the indices of their lines.

    The first and the last one have none if they are a single word: Intro, Outro; nor has a part that every recording
    has, nor the line above that names the list.
    """
    if not any(_FIRST_CHAPTER.match(line.text) for line in lines):
        return {}
    names = {at: line.text[match.end() :] for at, line in enumerate(lines) if (match := _CHAPTER.match(line.text))}
    for edge in (min(names), max(names)):
        if " " not in names[edge]:
            names[edge] = ""
    names.update((at, "") for at, name in names.items() if name.casefold() in _PARTS)
    above = min(names) - 1
    if above >= 0 and _PART_LIST.fullmatch(lines[above].text):
        names[above] = ""
    return names


def _heading(text: str) -> str:
    """Return a heading without its mark and what follows in brackets: 材料 of "■材料(4人分)"."""
    return MARKED_HEADING.sub("", text).partition("(")[0].strip()


def structural_words(title: str, lines: Sequence[Line], labels: Set[str], own: Sequence[str]) -> frozenset[str]:
    """Return the single words that only name parts of the article, case-folded: labels, kickers and headings.

    A word that the text itself uses as well is not among them, but for a format before the title: 【直播】. The title
    is part of the text except for its kicker and its labels ("Cast of Winter Ferry" above "Cast: ..."). ``own``: the
    lines without boilerplate.
    """
    kicker = _KICKER.match(title)
    kicked = {next(filter(None, kicker.groups()))} if kicker else set()
    names = set(kicked)
    names.update(
        _heading(line.text)
        for line in lines
        if line.heading or (len(line.text) <= _LONGEST_HEADING and MARKED_HEADING.match(line.text))
    )
    single = [name for name in names | labels if len(name) <= _LONGEST_HEADING and (" " not in name or name in title)]
    if not single:
        return frozenset()
    told = (without_label(line, labels) for line in own)
    text = "\n".join(part for part in told if _heading(part) not in names).casefold()
    head = (title[kicker.end() :] if kicker else title).casefold()
    return frozenset(
        name.casefold()
        for name in single
        if (name.casefold() not in text or (name in kicked and name in _FORMATS))
        and (name in labels or name.casefold() not in head)
    )

"""Judge whether a headline states what happened, as that of a report does.

    is_statement("Mendes elected mayor of Velsund", "en")         ->  True
    is_statement("Can the new mayor make buses free?", "en")      ->  False
    is_statement("Comment: a victory for the buses", "en")        ->  False

Only form and closed classes of words are judged. Out of scope: which headline is chosen (`labels`).
"""

import re
from collections.abc import Mapping, Sequence

from alt_pipelines.text.stopwords import stop_words, word_set

# At the end of a clause か asks, but not in 静か, 明らか, 穏やか, わずか, なか and ほか.
_ASKING_KA = r"(?<![静豊確僅微遥密厳やなほ])(?<!(?<!か)ら)(?<!わず)か(?:$|[ 、…])"
_QUESTION = re.compile(
    rf"[?？؟]|{_ASKING_KA}|なぜ|怎么|怎麼|怎样|为何|為何|为什么|為什麼|如何|什么|什麼|吗$|嗎$|(?:까|나요)$"
)
# A whole title, one with only its speaker after it, or one after a colon. “Barbie” wins has a name in quotation marks.
_QUOTATION = re.compile(
    r"^[\"“„«][^\"“”„«»]{0,500}[\"”“»][.!]?(?: ?[:…—–-] ?\S{0,12})?$"
    r"|^(?:「[^「」]{0,500}」|『[^『』]{0,500}』)[。!]?$"
    r"|^「[^「」]{6,500}」(?:と|って|[:…—–-])\S{0,12}$"
    r"|: ?[\"“„«「『][^\"“”„«»]{0,500}[\"”“»」』]$"
)
_RUBRIC = re.compile(r"[\[［【〈<]([^\]］】〉>]{1,12})[\]］】〉>] ?")
_BETWEEN_WORDS = re.compile(r"[\s·・/,]+")
_LABEL = re.compile(r"([^\W\d_][^:：|.!?]{1,24}) ?[:：|] ?")
_COMMENTS = word_set(
    """
    comment commentary analysis opinion editorial column review explainer explained interview profile essay letter
    letters q&a factbox timeline feature live watch listen video podcast hands-on
    kommentar analyse meinung leitartikel kolumne rezension interview porträt essay glosse reportage hintergrund
    commentaire éditorial chronique tribune critique entretien portrait décryptage récit
    comentario análisis opinión columna reseña entrevista perfil crónica reportaje
    comentário análise opinião editorial coluna resenha crônica reportagem perfil
    commento analisi opinione editoriale rubrica recensione intervista ritratto
    commentaar mening recensie analys ledare krönika recension komentarz analiza opinia recenzja wywiad
    комментарий анализ мнение колонка рецензия интервью репортаж обзор аналітика думка інтерв'ю
    yorum analiz görüş köşe inceleme röportaj تحليل رأي مقال تعليق حوار تقرير विश्लेषण विचार संपादकीय समीक्षा
    분석 칼럼 사설 기고 오피니언 인터뷰 현장 르포 리뷰 취재수첩 데스크 시론 기자수첩
    社説 コラム 解説 論説 評論 書評 寄稿 特集 連載 インタビュー 分析 評論 社评 社論 专访 專訪 观点 觀點 特写 解读
    bình luận phân tích ý kiến phỏng vấn ulasan opini analisis wawancara
    """
)
_ALONE = word_set("live watch listen feature tribune")  # also at the end of names: Human Rights Watch
_NAME = r"(?-i: [A-ZÀ-ÖØ-ÞĞİŞĐ][\w’-]{0,30})"  # after a word that also begins names: Kim Jong-un, Ai Cập
_ASKING: Mapping[str, str] = {
    "en": rf"what|why|how|who|whose|which|when|where|inside(?!{_NAME},)|meet",
    "de": "was|warum|wieso|weshalb|wie|wer|wem|wen|wessen|welche[nmrs]?|wann|wo|wohin|woher",
    "fr": "qu['’]est-ce|que|quoi|pourquoi|comment|qui|quel(?:le)?s?|quand|où",
    "es": "qué|por qué|cómo|quién(?:es)?|cuál(?:es)?|cuándo|dónde|cuánt[ao]s?",
    "pt": "o que|por que|por quê|como|quem|qual|quais|quando|onde|quant[ao]s?|entenda|saiba|veja",
    "it": "cosa|che cosa|perché|come|chi|qual[ei]?|quando|dove|quant[aeio]",
    "nl": "wat|waarom|hoe|wie|welke?|wanneer|waar",
    "sv": "vad|varför|hur|vem|vilk(?:en|et|a)|när",
    "pl": "co|dlaczego|jak|kto|któr[aey]|kiedy|gdzie|czy",
    "ru": "что|почему|как|кто|какой|какая|какие|когда|где|зачем|чем",
    "uk": "що|чому|як|хто|який|яка|які|коли|де|чим",
    "tr": rf"ne|neden|niçin|nasıl|kim(?!{_NAME})|hangi|nerede",
    "ar": "ماذا|لماذا|كيف|هل|متى|أين",
    "hi": "क्या|क्यों|कैसे|कौन|कब|कहां",
    "vi": rf"vì sao|tại sao|ai(?!{_NAME})|gì|làm sao|thế nào",
    "id": "apa|mengapa|kenapa|bagaimana|siapa|kapan",
}
# A word ends neither before a hyphen (кто-то) nor before the sign of a vowel of Hindi.
_ASKS = {
    language: re.compile(f"(?:{words})(?![\\w\u0900-\u0963-])", re.IGNORECASE) for language, words in _ASKING.items()
}


def is_statement(title: str, language: str) -> bool:
    """Whether a title under NFKC states something: no question, quotation, comment or explanation."""
    rubric = _RUBRIC.match(title)
    if rubric is not None:
        if not _COMMENTS.isdisjoint(_BETWEEN_WORDS.split(rubric[1].casefold())):
            return False
        title = title[rubric.end() :]
    if not title or _QUESTION.search(title) or _QUOTATION.search(title):
        return False
    label = _LABEL.match(title)
    if label is not None and _is_comment(label[1].casefold().split(), language):
        return False
    asks = _ASKS[language].match(title) if language in _ASKS else None
    return asks is None or (len(asks[0]) > 1 and asks[0].isupper())  # the WHO and AI ask nothing


def _is_comment(label: Sequence[str], language: str) -> bool:
    """Whether a label is that of a comment: Analysis, Book review, Entrevista a Brandt; not Opinion poll."""
    if _COMMENTS.issuperset(label) or (label[-1] in _COMMENTS and label[-1] not in _ALONE):
        return True
    return label[0] in _COMMENTS and label[1] in stop_words(language)

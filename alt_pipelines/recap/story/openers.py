"""Words that tie a sentence to the previous one, by language: pronouns, demonstratives and connectives at its start.

A representative is read alone, so a reader does not know whom "She denied it." is about; `fitness` rates it lower. The
lists hold only closed classes of words. A word that is also an article ("das", "het") is not in them.
"""

import re
from collections.abc import Mapping

_QUOTES = r"[\"'`“‘„«「『（(]{0,3}\s?"

_SPACED: Mapping[str, str] = {
    "en": "i|we|you|he|she|they|it|his|her|their|its|our|my|this|that|these|those|there|here|who|which|but|and|or|nor"
    "|so|then|now|however|meanwhile|also|still|yet|instead|moreover|furthermore|nevertheless|additionally|therefore|thus"
    "|likewise|similarly|again|another|such|the (?:latter|former|same|following)|in addition|in fact|indeed|as a result"
    "|for (?:example|instance)|after that|since then|(?:at|by|until|of) (?:the time|then|course)"
    "|(?:it|he|she|that|there)['’]s|(?:we|they|you)['’]re|i['’]m",
    "de": "er|sie|es|wir|ich|ihre?[nmrs]?|seine?[nmrs]?|diese[nmrs]?|dies|jene[nmrs]?|dabei|dort|damit|danach|deshalb"
    "|daher|dazu|doch|aber|und|oder|auch|außerdem|zudem|allerdings|jedoch|dennoch|trotzdem|so|dann|darüber|hierbei",
    "fr": "il|elle|ils|elles|on|nous|je|ce|cela|ça|cet|cette|ces|son|sa|ses|leurs?|celui-ci|celle-ci|ceux-ci|mais|et|ou"
    "|donc|or|puis|ensuite|cependant|toutefois|pourtant|ainsi|alors|aussi|en outre|de plus|par ailleurs|en effet",
    "es": "él|ella|ellos|ellas|nosotros|yo|est[aeo]s?|es[aeo]s?|aquel|sus?|nuestr[ao]s?|pero|y|e|o|sin embargo|además"
    "|también|así|entonces|luego|por (?:ello|eso|lo tanto)|no obstante|según explicó|asimismo",
    "it": "lui|lei|egli|essi|loro|noi|io|quest[aeio]|quell[aeio]|su[oae]|suoi|ma|e|ed|o|però|tuttavia|inoltre|anche"
    "|così|poi|quindi|allora|infatti|nel frattempo",
    "pt": "ele|ela|eles|elas|nós|eu|est[ae]s?|ess[ae]s?|isso|isto|seus?|suas?|mas|e|ou|porém|contudo|no entanto"
    "|além disso|também|assim|então|depois",
    "nl": "hij|zij|ze|wij|we|ik|zijn|haar|hun|dit|deze|die|dat|maar|en|of|ook|dus|toch|echter|daarnaast|bovendien|toen"
    "|daarna|daar|hier",
    "sv": "han|hon|de|vi|jag|hans|hennes|deras|detta|denna|dessa|men|och|eller|också|dock|dessutom|därför|sedan|då|där",
    "pl": "on|ona|oni|one|my|ja|jego|jej|ich|ten|ta|te|to|ci|ale|i|oraz|jednak|także|również|ponadto|dlatego|potem|tam",
    "ru": "он|она|оно|они|мы|я|его|её|ее|их|этот|эта|это|эти|тот|но|а|и|или|однако|также|кроме того|при этом|поэтому"
    "|затем|тогда|там|тем временем",
    "tr": "o|onlar|biz|ben|bu|şu|bunun?|onun|ama|ve|veya|ancak|fakat|ayrıca|böylece|sonra|öte yandan",
    "id": "dia|ia|mereka|kami|kita|saya|ini|itu|namun|tetapi|tapi|dan|atau|selain itu|sementara itu|kemudian",
    "hi": "वह|वे|यह|ये|इस|उस|इन|उन|उन्होंने|इसके|उसके|उनके|हम|मैं|लेकिन|और|हालांकि|इसलिए|वहीं|साथ ही",
    "ar": "هو|هي|هم|نحن|هذا|هذه|ذلك|تلك|لكن|ولكن|كما|وهو|وهي|وهذا|وهذه|وذلك|وقال|وقالت|وأضاف|وأضافت|وأوضح|وأشار|وأكد",
    "he": "הוא|היא|הם|הן|אנחנו|אני|זה|זו|זאת|אלה|אבל|אך|גם|כמו כן|עם זאת|לדבריו|לדבריה",
}
_JOINED: Mapping[str, str] = {
    "ja": "それ|これ|あれ|その|この|あの|ここ|そこ|彼|我々|私|僕|しかし|だが|また|そして|一方|なお|ただ|さらに|ちなみに"
    "|だから|でも|しかも|すると|ところが|このほか|なお|次いで|続いて|両(?:氏|者|国|社|紙|新聞|チーム|軍|選手|親方)"
    "|同(?![盟志意点率性時化級期居窓僚乗調席行封胞額一系士様])[一-鿿]{1,4}",
    "zh": "他|她|它|我|这|這|那|此|其|该|該|但|不过|不過|然而|而|并|並|同时|同時|另外|因此|所以"
    "|于是|於是|对此|對此|双方|雙方",
    "ko": r"(?:그|그녀|그들|이|이것|그것|우리|나|저)[는은가를에]?\s|그러나|하지만|그리고|또한|또\s"
    "|한편|따라서|그래서|이와|이번|이날|해당",
}

_PATTERNS = {language: re.compile(rf"{_QUOTES}(?:{words})(?!\w)", re.IGNORECASE) for language, words in _SPACED.items()}
_PATTERNS |= {language: re.compile(_QUOTES + f"(?:{words})") for language, words in _JOINED.items()}


def refers_back(text: str, language: str) -> bool:
    """Whether a sentence begins with a word that refers to the previous one. Unknown languages are read as English."""
    return _PATTERNS.get(language, _PATTERNS["en"]).match(text) is not None

"""English words for the office that a person holds."""

from alt_pipelines.text.stopwords import word_set

OFFICES = word_set(
    """
    president vice-president minister premier chancellor king queen prince princess emperor pope bishop archbishop
    cardinal governor mayor senator congressman congresswoman deputy representative ambassador chairman chairwoman
    chairperson chief director executive ceo secretary treasurer founder co-founder owner chief judge justice attorney
    prosecutor general colonel major captain commander admiral sheriff commissioner coach manager head leader
    spokesman spokeswoman spokesperson professor dictator speaker
    """
)

"""Candidates of the other languages with spaces between words.

`analysis` runs the steps that all share: `tokens` divides the text, `reading` collects what the article shows of its
words, `words` finds the runs of content words (`verbs` knows which are verbs), and `cut` cuts them into phrases.
`steps` lists what some languages add, from their rooms: `arabic`, `germanic`, `hebrew`, `hindi`, `indonesian`,
`persian`, `romance`, `slavic`, `turkish`, and the module `vietnamese`.
"""

"""English candidates.

`analysis` runs the steps; `tagger` gives each word its part of speech, by `lexicon`, `unknown_words` and the words
beside it.
"""

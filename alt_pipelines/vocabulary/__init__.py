"""The vocabulary of the archive: how often words are in articles and in their titles, per language.

Scope: counting words in a sample of the archive (`words`), storing versions of the counts (`store`), the run and its
assets. Out of scope: what a tag ranker makes of the counts (`tagging.extraction.ranking`).
"""

"""The vocabulary of the archive: how often words occur in articles and in their titles, per language.

Scope: counting words in a sample of the archive (`words`), storing versions of the counts (`store`), the run and its
assets. Out of scope: how tags are ranked by the counts (`tagging.extraction.ranking`).
"""

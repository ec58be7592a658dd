"""Candidates of Russian and Ukrainian, whose dictionaries give every case.

`analysis` runs the steps; `reading` chooses the readings of each word, and `phrases` joins words that agree.
"""

"""Candidates of Thai, Lao, Khmer and Burmese, which are written without spaces.

`analysis` runs the steps; `thai_words` and `thai_names` know what ICU's dictionary of Thai lacks.
"""

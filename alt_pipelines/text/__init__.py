"""Text that tagging and recap share: cleaning, language, sentences, terms.

Pure functions over strings. What is particular to one pipeline (candidate phrases of tags, token budgets of genre runs)
belongs to that pipeline; models, databases and settings from the environment do not belong here at all.
"""

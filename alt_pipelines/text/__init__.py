"""Text processing that tagging and recap share: cleaning, language detection, sentences, terms.

Scope: pure functions over strings. Out of scope: anything specific to one pipeline (candidate phrases of tags, token
budgets of genre runs), models, databases, and settings from the environment.
"""

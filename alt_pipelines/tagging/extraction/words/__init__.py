"""Words of all languages: dictionaries of forms, frequencies, everyday nouns and verbs.

What only one language has is in its own room.
"""

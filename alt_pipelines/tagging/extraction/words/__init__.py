"""What the rooms of languages ask about a word.

`dictionaries` gives its dictionary form, `frequencies` its share of the language, `verbs` whether it is a verb by its
form, and `everyday` leaves out nouns that no reader searches for. What only one language has is in its own room.
"""

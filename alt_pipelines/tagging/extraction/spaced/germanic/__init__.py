"""German, Dutch and Swedish: nouns by their forms, people, titles of works, phrases in their dictionary form."""

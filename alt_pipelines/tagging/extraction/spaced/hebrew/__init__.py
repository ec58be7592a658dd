"""Hebrew words, verbs and noun phrases, in a script without capitals and mostly without vowels."""

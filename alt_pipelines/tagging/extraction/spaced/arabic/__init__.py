"""Arabic words, names and noun phrases, in a script without capitals and mostly without vowels."""

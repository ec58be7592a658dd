"""Candidates of the other languages with spaces between words.

`analysis` runs the steps that all share. `steps` lists what some languages add to them, from their rooms: `arabic`,
`germanic`, `hebrew`, `hindi`, `indonesian`, `persian`, `romance`, `slavic`, `turkish`.
"""

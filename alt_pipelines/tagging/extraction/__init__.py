"""Tag extraction: turns an article into tags with confidences.

`candidates` finds the phrases of an article with the room of its language (`english`, `japanese`, `chinese`, `korean`,
`inflected`, `unspaced`, `spaced`; each has a module `analysis`). `features` computes their features, `ranking` scores
them, `judgement` leaves out what a reader would find unfit, `shortlist` keeps one form for each thing and `selection`
one tag, and `calibration` turns scores into confidences. `cascade` decides which articles get a second pass, and
`refinement` is that pass. `extractor` runs all steps for a batch of articles.

Scope: text in, tags out. Out of scope: databases, Dagster, files of articles, and processes with their deadlines
(`tagging.processes`).
"""

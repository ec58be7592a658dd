"""Tag extraction: turns an article into tags with confidences.

The language modules (`english`, `japanese`, `chinese`, `korean`, `unspaced`, `generic`) find candidate phrases.
`features` computes their features, `ranking` scores them and selects the tags, and `calibration` turns scores into
confidences. `cascade` decides which articles get a second pass, and `refinement` is that pass. `extractor` runs all
steps for a batch of articles; `isolated` runs it in a child process with a deadline per article.

Scope: text in, tags out. Out of scope: databases, Dagster and files of articles.
"""

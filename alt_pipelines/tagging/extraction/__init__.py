"""From an article to its tags: pure modules, each usable alone.

`english`, `japanese` and `generic` find candidate phrases, `features` measures them, `ranking` orders and thins them,
`calibration` turns scores into confidences, `cascade` decides which articles are refined, and `extractor` does all of
it for a batch of articles.
"""

"""Continuous tagging: every article gets tags with calibrated confidences.

`extraction` turns an article into tags without a database, and `processes` runs it with a deadline per article. `store`
holds all SQL. `scan` finds pending articles, `run` tags them, and `assets` and `automation` expose both to Dagster.
"""

"""Continuous tagging: every article gets tags with calibrated confidences.

`extraction` turns an article into tags without a database. `store` holds all SQL. `scan` finds pending articles, `run`
tags them, and `assets` and `automation` expose both to Dagster.
"""

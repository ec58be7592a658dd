"""Continuous tagging: articles become tags with calibrated confidences.

`extraction` turns an article into tags, without a database. `store` reads and writes articles. `scan` finds what is
pending, `run` tags it, and Dagster sees both through `assets` and `automation`.
"""

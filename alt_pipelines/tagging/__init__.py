"""Continuous tagging: articles become tags with calibrated confidences.

Pure modules, each usable alone: ``english``, ``japanese`` and ``generic`` find candidate phrases, ``features`` measures
them, ``ranking`` orders and thins them, ``calibration`` turns scores into confidences, ``cascade`` decides which
articles are looked at twice, ``extractor`` puts them together for a batch of articles. Reading and writing articles is
``store``'s; Dagster sees all of it through ``assets`` and ``sensors``.
"""

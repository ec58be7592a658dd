"""Genre learning: the thresholds by which the recap worker trusts the tag label graph, learned from its own rows.

Learning rows of a week → one small record per article (`snapshot.py`) → three thresholds by Bayesian optimisation
(`optimise.py`) → a payload without NaN (`payload.py`) → the recap worker (`client.py`). `service.run_learning` is the
one way to do it, for the schedule, the API, the UI and the command; every attempt stays in `genre_learning_attempts`.
"""

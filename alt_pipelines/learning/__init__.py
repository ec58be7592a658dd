"""Genre learning: learn from the recap worker's rows when it should trust the tag label graph.

Learning rows of a week → one small record per article (`snapshot.py`) → three thresholds by Bayesian optimisation
(`optimise.py`) → a payload without NaN (`payload.py`) → the recap worker (`client.py`). The schedule, the API, the UI
and the command all call `run.run_learning`. Every attempt is stored in `genre_learning_attempts`.
"""

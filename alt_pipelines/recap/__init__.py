"""Genre runs: from a genre's articles to story clusters with representative sentences.

A genre run is a row of `recap_subworker_runs`; a Dagster run is the execution that processes it. `corpus` turns a
request into articles with vectors, `clustering` groups the articles, and `story` describes each group. `pipeline`
calls the three in order, and `run` stores the result. `store` holds the SQL; `assets` and `automation` connect genre
runs to Dagster.
"""

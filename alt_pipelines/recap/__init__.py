"""Genre runs: from a genre's articles to story clusters with representative sentences.

`corpus` turns a request into articles with vectors, `clustering` groups them, `story` describes each group, and
`pipeline` does all of it. `store` keeps runs in Postgres; Dagster sees them through `assets` and `automation`.
"""

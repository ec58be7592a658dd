"""The processes that extraction runs in: supervised children with a deadline per article, or one with a CPU limit.

`isolated` extracts the articles of a run in child processes, in `groups`, and `shared_vocabularies` sends them their
vocabularies. `cpu_limit` is for the command line, which has no child.

Scope: who extracts an article, and for how long. Out of scope: how its tags are found (`extraction`), and supervision
itself (`runtime.supervised`).
"""

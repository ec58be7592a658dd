"""Site boilerplate: lines and sentences that recur in many articles of one site.

Scope: learning them from articles (`repeated`), storing them (`store`), the run and its asset. Out of scope: the keys
of lines, and the removal of lines from an article (`text.boilerplate`).
"""

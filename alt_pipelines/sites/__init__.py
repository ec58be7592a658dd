"""What is learned of sites: the lines that their articles repeat, and the names that their articles are tagged with.

Scope: learning lines from articles (`repeated`) and names from tags (`names`), storing them (`store`), the runs and
their assets. Out of scope: the keys of lines and the removal of lines from an article (`text.boilerplate.removal`), and
the choice of a name for a tag (`tagging.extraction.name_variants`).
"""

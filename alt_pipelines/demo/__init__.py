"""The demo: load real or sample articles, follow the stack's progress and print the results in the terminal.

Scope: loading articles, terminal output, and the documented substitute for the recap worker's learning rows. Out of
scope: anything that a deployment needs.
"""

"""Trying the product on real or sample articles: load them, watch the stack work, read the results in the terminal.

Scope: loading articles, the terminal's progress and summary, the documented stand-in for the recap worker's learning
rows. Out of scope: anything a deployment needs.
"""

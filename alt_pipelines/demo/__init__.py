"""Trying the product on real or sample articles: load them, watch the stack work, read the results in the terminal.

What belongs here: reading article files, the terminal's progress and summary, the documented stand-in for the recap
worker's learning rows. What does not: anything a deployment needs.
"""

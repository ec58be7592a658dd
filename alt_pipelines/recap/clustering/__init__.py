"""Grouping articles into stories: two strategies behind one protocol, pure and without any database."""

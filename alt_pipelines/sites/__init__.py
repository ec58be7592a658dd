"""What sites repeat: lines and sentences that many articles of one site hold are that site's boilerplate.

Scope: learning them from the articles at hand (`repeated`), keeping them (`store`), the run and its asset. Out of
scope: what a line is and how its key is made, and leaving lines out of an article, which are `text.boilerplate`'s.
"""

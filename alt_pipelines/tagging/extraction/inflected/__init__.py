"""Candidates of Russian and Ukrainian, whose dictionaries give every case. `analysis` runs the steps."""

"""Candidates of Thai, Lao, Khmer and Burmese, which are written without spaces. `analysis` runs the steps."""

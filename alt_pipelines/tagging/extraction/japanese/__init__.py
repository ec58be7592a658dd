"""Japanese candidates. `analysis` runs the steps; `words` reads a line with the morphological analyser."""

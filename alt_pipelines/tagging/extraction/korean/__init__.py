"""Korean candidates. `analysis` runs the steps; `words` reads a text with the morphological analyser."""

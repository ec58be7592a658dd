"""Chinese candidates, simplified and traditional. `analysis` runs the steps; `words` corrects the segmenter's words."""

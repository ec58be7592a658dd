"""The graph's SQL: observations from learning rows, edges per window, and the stored state."""

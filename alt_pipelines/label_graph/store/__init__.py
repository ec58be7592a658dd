"""The graph in Postgres: observations read from learning rows, edges written per window, and the state of the graph."""

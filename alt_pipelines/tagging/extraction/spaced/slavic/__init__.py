"""Polish and Czech phrases by their cases."""

"""The description of clusters: topic terms, representative sentences, evidence, diagnostics, map and response."""

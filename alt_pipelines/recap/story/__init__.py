"""What is said about a cluster: topic terms, representative sentences, evidence, diagnostics, map and response."""

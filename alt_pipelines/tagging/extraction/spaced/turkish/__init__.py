"""Turkish verbs, cases and noun phrases."""

"""The SQL of genre runs: `submissions` (with launch and reading), `claims` (with failures), `queue` and `results`."""

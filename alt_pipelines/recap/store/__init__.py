"""The SQL of genre runs: submission and launch (`submissions`), claims and failures (`claims`), results (`results`)."""

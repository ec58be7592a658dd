"""Genre runs in Postgres: submitted and launched (`submissions`), worked on (`claims`), finished (`results`)."""

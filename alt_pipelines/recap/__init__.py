"""Genre runs: from a genre's articles to story clusters with representative sentences."""

"""The pure parts around tagging: hours, cursor, results, reports."""

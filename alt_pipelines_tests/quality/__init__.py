"""The measured quality of what ships, held: a change that costs tags or stories fails here, where the data is."""

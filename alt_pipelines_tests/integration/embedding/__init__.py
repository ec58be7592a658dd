"""What the embedding room promises with the real models of models/, and with torch where it is installed."""

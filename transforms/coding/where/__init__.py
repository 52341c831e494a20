"""Where an account happened: place names found in text, resolved, and chosen between."""

"""Who did it, and who says so."""

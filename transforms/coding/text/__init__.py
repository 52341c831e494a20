"""Article to headline, sentences and tokens."""

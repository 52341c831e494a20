"""The day of an account; then what the article is about."""

"""The words that the coder knows, and how a text is searched for them."""

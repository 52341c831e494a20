"""How an explanation is put in words and marks; `explain` puts it together."""

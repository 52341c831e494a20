"""Casualty words to their victims, by the kind of word; `clauses` says which word is read how."""

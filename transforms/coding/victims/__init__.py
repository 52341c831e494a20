"""Where the victims of a casualty word stand: left of it, right of it, in a list, before it."""

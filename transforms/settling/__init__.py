"""Settling: from the claims of an event to its tolls, by a rule of the user's choice."""

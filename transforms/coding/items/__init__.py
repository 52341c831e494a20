"""A mention in its place: its context, the person it is about, the one who says it."""

"""Which figures of an article are of one event, and how they add up."""

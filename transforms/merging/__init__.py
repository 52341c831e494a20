"""Merging: which reports tell of one event.

`features` reads off each report what is compared, `candidates` finds the pairs worth comparing,
`scores` compares them, `clusters` joins what no contradiction holds apart, `identity` names the
events by what was known when.
"""

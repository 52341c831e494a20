"""The parts of a night's ingest: what is known, what to ask in which order, and how it ended.

`flows/ingest.py` makes a flow of them; here nothing knows Prefect.
"""

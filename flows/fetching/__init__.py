"""The parts of one polite, bounded GET; `flows/fetch.py` puts them together.

Only this package and `flows/fetch.py` know `requests` and `urllib3`.
"""

"""The commands, by what they work on; `flows/__main__.py` puts them together.

Commands import what they run only when they run, so that a verb without Prefect starts at once, and
Prefect meets an environment that was prepared for it.
"""

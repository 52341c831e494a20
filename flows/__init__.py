"""Everything that touches the world: network, files, clock, Prefect, the command line."""

__version__ = "0.1.0"

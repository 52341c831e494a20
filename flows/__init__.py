"""Everything that touches the world: network, files, clock, Prefect, the command line."""

"""Pure functions from frames to frames: no files, network, clock, environment or randomness."""

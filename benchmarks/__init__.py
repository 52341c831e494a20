"""Speed and accuracy, measured: each module says what, and against which peer."""

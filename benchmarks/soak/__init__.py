"""What breaks in a house that works, done to it and looked at: ``python -m benchmarks.soak``."""

"""Which citation comes first."""

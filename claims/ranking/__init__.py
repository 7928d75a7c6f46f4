"""Which citation first, which sentence of it, and how it bears on the claim."""

"""Documents for people: what a document holds (``model``), and its writers, one a kind of file."""

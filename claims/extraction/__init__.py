"""From an Article to its claims."""

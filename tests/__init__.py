"""The tests: statements about the domain. No folder here is called claims, db or reviewer."""

"""The rules of a review: pure functions over records, without a database."""

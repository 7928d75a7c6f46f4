"""The pure rules of a review."""

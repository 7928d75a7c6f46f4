"""The review of a version as a document that people read: its face, its claims, its method, its people."""

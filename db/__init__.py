"""Stores the records of ``claims`` and returns them; only this floor knows SQLAlchemy and Alembic."""

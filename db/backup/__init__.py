"""A database whole: as it stood at one moment for a backup, and from one again."""

from db.backup.opening import open_store
from db.backup.stored import DatabaseStore, Restoring, StoredDatabase, StoredTable

__all__ = ["DatabaseStore", "Restoring", "StoredDatabase", "StoredTable", "open_store"]

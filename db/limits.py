"""How long the database is waited for, and how many wait: told without loading a driver."""

from __future__ import annotations

# SQLite's writer is waited for so long.
BUSY_SECONDS = 30.0
# A server that does not answer, and a free connection of this process, are waited for so long.
CONNECT_SECONDS = 10
# Enough for the threads of one server: its pages, the gate, two jobs and a renewing lease each.
CONNECTIONS = 20
# On PostgreSQL: a row is waited for, a statement takes, and a transaction stands still no longer.
LOCK_SECONDS, STATEMENT_SECONDS, IDLE_SECONDS = 10, 120, 120

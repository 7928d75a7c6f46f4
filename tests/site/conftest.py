"""A PostgreSQL server for the tests of a whole site."""

from tests.persistence.conftest import fresh_postgresql_url, postgresql_url

__all__ = ["fresh_postgresql_url", "postgresql_url"]

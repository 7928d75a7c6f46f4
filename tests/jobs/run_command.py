"""``konkyo`` of this tree, for processes that tests start; a test may give it leases that end sooner."""

import os

from reviewer.workflow import leasing

if seconds := os.environ.get("KONKYO_TEST_LEASE_SECONDS"):
    # Before anything reads them.
    leasing.LEASE_SECONDS = float(seconds)
    leasing.BEAT_SECONDS = leasing.LEASE_SECONDS / 3

if __name__ == "__main__":
    from reviewer.cli import konkyo

    konkyo()

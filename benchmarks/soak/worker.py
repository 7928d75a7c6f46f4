"""A command as ``konkyo`` runs it, begun once all is loaded, so that a random moment falls into its work.

``KONKYO_SOAK_LEASE``: seconds of a search's lease, so that a round need not wait for the whole half minute.
``KONKYO_SOAK_FILE_BYTES``: no file may grow beyond, which is how a full disk looks where none can be mounted.
"""

from __future__ import annotations

import importlib
import os
import resource
import signal
import sys

from claims.lexicon.lexicon import load_lexicon
from reviewer.cli import COMMANDS, konkyo
from reviewer.workflow import leasing, searching


def prepare() -> None:
    """Loaded is what every command needs; limits of the round are in force."""
    if lease := os.environ.get("KONKYO_SOAK_LEASE"):
        for module in (leasing, searching):
            vars(module)["LEASE_SECONDS"] = float(lease)
        leasing.BEAT_SECONDS = float(lease) / 3
    if limit := os.environ.get("KONKYO_SOAK_FILE_BYTES"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))


def main() -> None:
    """Run the command of the command line."""
    importlib.import_module(COMMANDS[sys.argv[1]][0])
    if sys.argv[1] == "search":
        load_lexicon()
    prepare()
    print("ready", flush=True)
    konkyo(sys.argv[1:])


if __name__ == "__main__":
    main()

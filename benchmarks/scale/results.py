"""What the measurements of scale found, kept in one file with the day and the machine."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

KEPT = Path(__file__).parent / "results.json"


Row: TypeAlias = Mapping[str, float | str]


def add_results(file: Path, name: str, rows: Sequence[Row]) -> None:
    """Keep the rows under their name, with day and machine; what is there under other names stays."""
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    memory = round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
    system = f"{platform.system()}, Python {platform.python_version()}"
    kept[name] = {
        "measured_on": datetime.now(UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, {memory} GB, {system}",
        "rows": list(rows),
    }
    file.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

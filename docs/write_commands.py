"""Write docs/commands.md from the help of each command; a test says when it is due."""

from __future__ import annotations

from pathlib import Path

from tests.docs.test_docs import ALL_COMMANDS, help_text


def main() -> None:
    """Write the reference beside this script."""
    parts = ["# Commands", "", "Written from each command's `--help` by `python -m docs.write_commands`.", ""]
    for path in ALL_COMMANDS:
        parts += [f"## {path}", "", "```text", help_text(path), "```", ""]
    Path(__file__).with_name("commands.md").write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()

"""The script that Streamlit runs for each click: the page that is open."""

from __future__ import annotations

from reviewer.dashboard.navigation import draw

draw()

"""The ASGI entry: the review room as one Streamlit app. ``konkyo serve`` runs it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import reviewer.dashboard

app = st.App(Path(reviewer.dashboard.__file__).with_name("main.py"))

"""Moments on the screen: in the zone of the browser that looks at it, named."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import streamlit as st

from reviewer import moments
from reviewer.settings import load_settings


def get_zone() -> ZoneInfo:
    """The browser's time zone; that of the installation where the browser tells none."""
    return moments.find_zone(st.context.timezone or "") or _find_installation_zone()


@cache
def _find_installation_zone() -> ZoneInfo:
    return load_settings().time_zone


def format_moment(moment: datetime, locale: str) -> str:
    """The moment in the browser's zone, as ``locale`` writes it."""
    return moments.format_moment(moment, locale, get_zone())


def format_local_day(moment: datetime, locale: str) -> str:
    """The day in the browser's zone, as ``locale`` writes it."""
    return moments.format_local_day(moment, locale, get_zone())


def write_day(moment: datetime) -> str:
    """The day in the browser's zone in figures, the same in every language."""
    return moments.write_day(moment, get_zone())

"""The ASGI entry: dashboard, sign-in routes and the gate before both. ``konkyo serve`` runs it."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

import reviewer.dashboard
from reviewer.api.gate import SignInGate
from reviewer.api.routes import list_routes
from reviewer.bootstrap import open_shared_house, open_shared_reader, open_shared_runner
from reviewer.settings import load_settings, oidc_secrets

settings = load_settings()
logging.basicConfig(format="%(asctime)s %(name)s %(message)s")
logging.getLogger("konkyo").setLevel(settings.log_level.upper())


@asynccontextmanager
async def live(_: st.App) -> AsyncIterator[None]:
    """While the server lives; afterwards every job stops after its present step.

    What is loaded by then stays as long as the server: left out of garbage collections, it makes the pause
    of a full one 25 to 50 ms instead of 100 (measured with 500 claims an article).
    """
    gc.freeze()
    yield
    open_shared_runner().close()
    open_shared_reader().close()


app = st.App(
    Path(reviewer.dashboard.__file__).with_name("main.py"),
    routes=list_routes(open_shared_house),
    middleware=[Middleware(SignInGate, open_house=open_shared_house)],
    lifespan=live,
    secrets=oidc_secrets(settings),
)

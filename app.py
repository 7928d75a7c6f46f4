"""The ASGI entry: dashboard, sign-in routes and the gate before both. ``konkyo serve`` runs it."""

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
import streamlit.config
from starlette.middleware import Middleware

import reviewer.dashboard
from reviewer.accounts.tokens import SIGN_IN_HEADER
from reviewer.api.framing import OneEnd
from reviewer.api.gate import SignInGate
from reviewer.api.headers import AnswerHeaders
from reviewer.api.health import list_health_routes
from reviewer.api.page_head import PageHead
from reviewer.api.request_id import RequestIds
from reviewer.api.routes import Elsewhere, list_routes
from reviewer.bootstrap import (
    open_shared_application,
    open_shared_metrics,
    open_shared_queue,
    open_shared_reader,
)
from reviewer.dashboard.elsewhere import make_login_address, read_identity
from reviewer.dashboard.handed_out import may_fetch
from reviewer.dashboard.openers import find_opener, holds_file
from reviewer.home import load_secret, prepare_home
from reviewer.monitoring.logs import start_logging
from reviewer.settings import load_settings, oidc_secrets

EARLY = Path(reviewer.dashboard.__file__).with_name("browser") / "early.js"

os.umask(0o077)
settings = load_settings()
start_logging(settings)
prepare_home(settings)
# Streamlit gives a session back to who reconnects with its id and the same values of these headers alone.
streamlit.config.set_option("server.trustedUserHeaders", {SIGN_IN_HEADER: "sign_in"})
# The room stands in no other page, so that none may send it messages; by default Streamlit's own hosts may.
streamlit.config.set_option("client.allowedOrigins", [])
if not streamlit.config.is_manually_set("server.maxUploadSize"):
    # Megabytes, as large as an article may be; by default 200 of each file would be kept in memory.
    streamlit.config.set_option("server.maxUploadSize", 30)


@asynccontextmanager
async def live(_: st.App) -> AsyncIterator[None]:
    """While the server lives; afterwards what it is at work at is given back.

    What is loaded by then stays as long as the server: left out of garbage collections, it makes the pause
    of a full one 25 to 50 ms instead of 100 (measured with 500 claims an article).
    """
    gc.freeze()
    open_shared_queue().watch()
    yield
    open_shared_queue().close()
    open_shared_reader().close()


app = st.App(
    Path(reviewer.dashboard.__file__).with_name("main.py"),
    routes=[
        *list_health_routes(open_shared_application, open_shared_metrics(), settings.metrics_token),
        *list_routes(open_shared_application, Elsewhere(make_login_address, read_identity)),
    ],
    middleware=[
        Middleware(AnswerHeaders),
        Middleware(PageHead, title="Konkyo 根拠", script=EARLY.read_text(encoding="utf-8")),
        Middleware(RequestIds),
        Middleware(OneEnd),
        Middleware(
            SignInGate,
            open_application=open_shared_application,
            find_opener=find_opener,
            holds_file=holds_file,
            may_fetch=may_fetch,
        ),
    ],
    lifespan=live,
    secrets=oidc_secrets(settings, load_secret(settings)),
)

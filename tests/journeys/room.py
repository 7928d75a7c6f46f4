"""A served review room with the sample article, and a browser to work in it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Event
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

Theme = Literal["light", "dark"]
ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
_KONKYO = (sys.executable, "-c", "from reviewer.cli import konkyo; konkyo()")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

_MOVING = """() => document.getAnimations().some(
  one => one.playState === 'running' && one.effect?.getComputedTiming().iterations !== Infinity)"""
# Whether nothing has run and nothing has moved for six looks and a third of a second since it was asked.
_AT_REST = """asked => {
  const app = document.querySelector('[data-testid="stApp"]');
  const rests = app?.dataset.testScriptState === 'notRunning' && !(MOVING)();
  if (window.konkyoAsked !== asked || !rests) {
    window.konkyoAsked = asked;
    window.konkyoRest = {since: performance.now(), looks: 0};
    return false;
  }
  window.konkyoRest.looks += 1;
  return window.konkyoRest.looks > 5 && performance.now() - window.konkyoRest.since > 330;
}""".replace("MOVING", _MOVING)
_GROUND = """() => getComputedStyle(
  document.querySelector('[data-testid="stApp"]') ?? document.body).backgroundColor"""
_REFUSED = "Content Security Policy"
_settling = count(1)

# The browser that all journeys of this process share while one is kept.
_kept: list[Browser] = []


@contextmanager
def serve_sample(sample: Path, home: Path) -> Iterator[str]:
    """The address of a review room over a copy of the ``sample`` home; the copy is ``demo`` in ``home``."""
    shutil.copytree(sample, home / "demo")
    with serve_home(home / "demo", home / "serve.log") as url:
        yield url


def make_sample(folder: Path, reviewed: bool = False) -> Path:
    """A home with the sample article and its evidence; nobody has graded it, or it is half ``reviewed``."""
    environment = {**os.environ, "KONKYO_HOME": str(folder), "PYTHONPATH": str(ROOT)}
    environment.pop("KONKYO_DATABASE_URL", None)
    subprocess.run(
        [*_KONKYO, "demo", "--no-serve", "--review" if reviewed else "--no-review"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
    )
    return folder / "demo"


@contextmanager
def serve_home(
    home: Path, log: Path, port: int = 0, told: Path | None = None, **settings: str
) -> Iterator[str]:
    """The address of a review room over ``home`` that offers the demo's people; ``log`` has its output.

    What it says on standard error alone is in ``log``; the rest is in ``told`` where that is given.

    It listens on ``port``, or on one that is free. In the values of ``settings``, ``{url}`` is that address.
    """
    port = port or find_free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "KONKYO_HOME": str(home),
        "KONKYO_DEMO": "1",
        "KONKYO_LOG": "info",
        "PYTHONPATH": str(ROOT),
        **{name: value.format(url=url) for name, value in settings.items()},
    }
    environment.pop("KONKYO_DATABASE_URL", None)
    with (
        log.open("wb") as output,
        (told or log).open("ab") as said,
        subprocess.Popen(
            [*_KONKYO, "serve", "--port", str(port)], cwd=home, env=environment, stdout=said, stderr=output
        ) as server,
    ):
        try:
            _await(f"{url}/_stcore/health", server, log)
            yield url
        finally:
            server.terminate()


@contextmanager
def open_browser(locale: str, width: int = 1440, height: int = 900, theme: Theme = "light") -> Iterator[Page]:
    """A page of the system's Chromium that asks for ``locale`` and the light or dark ``theme``.

    It has no cookie and remembers nothing, like that of a browser just started. Whoever works in it fails in
    the end when the room asked for something that its own policy refuses.
    """
    refused: list[str] = []
    with (
        _use_browser() as browser,
        browser.new_context(
            locale=locale,
            viewport={"width": width, "height": height},
            accept_downloads=True,
            color_scheme=theme,
        ) as context,
    ):
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda told: refused.append(told.text) if _REFUSED in told.text else None)
        yield page
    assert refused == []


@contextmanager
def keep_browser() -> Iterator[None]:
    """Within it every page is one of the same browser."""
    with _launch_browser() as browser:
        _kept.append(browser)
        try:
            yield
        finally:
            _kept.remove(browser)


@contextmanager
def _use_browser() -> Iterator[Browser]:
    if _kept:
        yield _kept[-1]
        return
    with _launch_browser() as browser:
        yield browser


@contextmanager
def _launch_browser() -> Iterator[Browser]:
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET)) as browser,
    ):
        yield browser


def sign_in(page: Page, url: str, name: str = "reviewer-a") -> None:
    """Come in as one of the demo's people, by the button that the demo offers."""
    page.goto(f"{url}/sign-in")
    page.locator(f'.people form:has(input[value="{name}"]) button').click()
    settle(page)


def settle(page: Page) -> None:
    """Wait until Streamlit has drawn what was asked for, and nothing on the page moves any more.

    The page itself measures its rest: on a machine that is busy it is waited for longer.
    """
    page.wait_for_function(_AT_REST, arg=next(_settling), polling=50)


def switch_theme(page: Page, theme: Theme) -> None:
    """Let the browser ask for the other theme, and wait until its colours are there and none still fades."""
    ground = page.evaluate(_GROUND)
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(f"former => ({_GROUND})() !== former && !({_MOVING})()", arg=ground, polling=50)
    page.wait_for_function(f"() => !({_MOVING})()", polling=200)


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            Event().wait(0.25)
    raise RuntimeError(f"the review room did not start: {log.read_text(encoding='utf-8', errors='replace')}")

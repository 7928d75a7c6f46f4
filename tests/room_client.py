"""A client of the review room as the browser is one: signs in by the form, and speaks Streamlit's protocol.

It draws nothing and obeys nobody, so that it can also do what no browser would.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from reviewer.accounts.sample_people import SAMPLE_PASSWORD
from reviewer.accounts.tokens import COOKIE

_WAIT_SECONDS = 60


def enter(url: str, name: str, former: str = "") -> str:
    """The cookie of a new sign-in of one of the demo's people, in a browser that had the ``former`` one."""
    answer = requests.post(
        f"{url}/sign-in",
        data={"name": name, "password": SAMPLE_PASSWORD},
        cookies={COOKIE: former} if former else None,
        allow_redirects=False,
        timeout=_WAIT_SECONDS,
    )
    return answer.cookies[COOKIE]


def is_kept_out(url: str, cookie: str = "", session_id: str = "", origin: str = "") -> bool:
    """Whether no socket is opened for this cookie, asked from a page of ``origin`` (else the room's)."""
    try:
        with open_tab(url, cookie, session_id, origin):
            return False
    except InvalidStatus as refused:
        return refused.response.status_code == 403


class Tab:
    """One socket: what came by it, and what can be sent."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self.session_id = ""
        self.page_hash = ""
        self.shown = ""
        self.elements: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.told: dict[str, str] = {}
        self.fragments: dict[str, str] = {}
        self.files: list[str] = []

    @property
    def close_code(self) -> int | None:
        """Why the server closed the socket, ``None`` while it is open."""
        return self._line.close_code

    def open(self, query: str) -> bool:
        """Whether the page of this address was drawn to its end."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        return self._ask(asked, query)

    def press(self, key: str, query: str, **typed: str) -> bool:
        """Whether the button of this key was pressed and a page drawn, with these texts in fields."""
        asked = BackMsg()
        run = asked.rerun_script
        run.query_string, run.page_script_hash = query, self.page_hash
        run.widget_states.widgets.add(id=self.elements[key], trigger_value=True)
        for field, text in typed.items():
            run.widget_states.widgets.add(id=self.elements[field], string_value=text)
        run.fragment_id = self.fragments.get(key, "")
        return self._ask(asked, query)

    def press_all(self, query: str, text: str, **sent: str) -> bool:
        """Whether every button that was drawn was pressed in one go and a page drawn, each field filled.

        ``sent``: what a component's script sends under the component's key.
        """
        asked = BackMsg()
        run = asked.rerun_script
        run.query_string, run.page_script_hash = query, self.page_hash
        for key, name in self.elements.items():
            state = run.widget_states.widgets.add(id=name)
            if self.kinds[key] == "button":
                state.trigger_value = True
            elif self.kinds[key] in ("text_input", "text_area"):
                state.string_value = text
            elif key in sent:
                state.id, state.json_trigger_value = f"$$STREAMLIT_INTERNAL_KEY_{name}__events", sent[key]
            else:
                run.widget_states.widgets.remove(state)
        return self._ask(asked, query)

    def download(self, place: int = 0) -> str | None:
        """Where the file of a download button can be fetched, or the sentence that refuses it.

        ``None``: the socket was closed instead.
        """
        asked = BackMsg()
        request = asked.backend_operation_request
        request.request_id, request.session_id = "1", self.session_id
        request.deferred_file.file_id = self.files[place]
        for told in self._send(asked):
            if told.WhichOneof("type") == "backend_operation_response":
                answer = told.backend_operation_response
                return answer.error_msg or answer.deferred_file.url
        return None

    def tell(self, kind: str) -> None:
        """Send a message that is nothing but of this kind, to which nothing is answered."""
        told = BackMsg()
        setattr(told, kind, True)
        self._line.send(told.SerializeToString())

    def wait_until_closed(self, seconds: float) -> int | None:
        """The code by which the server closes the socket within that time, ``None`` when it does not."""
        try:
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                self._line.recv(timeout=max(0.01, until - time.monotonic()))
        except TimeoutError:
            return None
        except ConnectionClosed:
            return self.close_code
        return None

    def _ask(self, asked: BackMsg, query: str) -> bool:
        self.shown = ""
        for told in self._send(asked):
            kind = told.WhichOneof("type")
            if kind == "new_session" and told.new_session.initialize.session_id:
                self.session_id = told.new_session.initialize.session_id
            elif kind == "navigation":
                self.page_hash = told.navigation.page_script_hash
            elif kind == "delta":
                self._look_at(told)
            elif kind == "script_finished" and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return True
        return False

    def _send(self, asked: BackMsg) -> Iterator[ForwardMsg]:
        """What comes back, until the socket is closed."""
        try:
            self._line.send(asked.SerializeToString())
            while True:
                told = ForwardMsg()
                told.ParseFromString(bytes(self._line.recv(timeout=_WAIT_SECONDS, decode=False)))
                yield told
        except ConnectionClosed:
            return

    def _look_at(self, told: ForwardMsg) -> None:
        element = told.delta.new_element
        self.shown += str(element)
        kind = element.WhichOneof("type")
        drawn: object = getattr(element, kind) if kind else None
        name = getattr(drawn, "id", "")
        if found := re.match(r"\$\$ID-[0-9a-f]+-(.+)", name):
            self.elements[found[1]] = name
            self.kinds[found[1]] = kind or ""
            self.told[found[1]] = getattr(drawn, "json", "")
            self.fragments[found[1]] = told.delta.fragment_id
        if file := getattr(drawn, "deferred_file_id", ""):
            self.files.append(file)


@contextmanager
def open_tab(
    url: str, cookie: str = "", session_id: str = "", origin: str = "", **headers: str
) -> Iterator[Tab]:
    """A tab of a browser with this cookie; with a session's id it comes back to that session.

    Raises ``InvalidStatus`` when the server opens no socket.
    """
    asked = ["streamlit", "none", session_id] if session_id else ["streamlit"]
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    with connect(
        url.replace("http", "ws") + "/_stcore/stream",
        subprotocols=[Subprotocol(entry) for entry in asked],
        additional_headers={**sent, **({"Cookie": f"{COOKIE}={cookie}"} if cookie else {})},
        origin=Origin(origin or url),
        max_size=None,
        open_timeout=_WAIT_SECONDS,
    ) as line:
        yield Tab(line)

"""What one browser session holds: the place that is open, who reviews, and in which language.

The place stands in the address, so that it can be reloaded and sent to a colleague; who is signed in stands
in a cookie that no script can read.
"""

from __future__ import annotations

import logging
from typing import cast

import streamlit as st

from claims.errors import KonkyoError, SignInRefused, StoreError
from claims.records.assessment import Basis, JudgedCitation
from claims.records.citation import Pmid
from claims.records.job import Job
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.accounts.signing_in import find_signed_in, note_use
from reviewer.accounts.tokens import COOKIE, PREFIX, hash_token
from reviewer.addresses import read_number
from reviewer.bootstrap import Application, open_shared_application
from reviewer.error_messages import describe_error
from reviewer.i18n import LOCALES, Translate, translator
from reviewer.workflow.queue_lists import ALL, ARTICLE_ORDER, QueueList, read_list

# Where the address has the list of claims that was asked for: filter, order, words.
LIST_PLACES = ("show", "sort", "find")
# Which sign-in the state of this session belongs to.
_SIGN_IN = "sign_in"
_log = logging.getLogger("konkyo.room")


def get_application() -> Application:
    """The house of this server's settings, opened once."""
    return open_shared_application()


def open_session() -> User | None:
    """Who is signed in, asked as a run of the page begins; what another sign-in left here is gone by then."""
    if not _is_own():
        _forget_all()
    st.session_state[_SIGN_IN] = _name_sign_in()
    _note_use()
    return find_user()


def keep_in_use(work: UnitOfWork) -> bool:
    """Whether the sign-in lasts longer once ``work`` is committed, for its person does something."""
    application = get_application()
    return note_use(work, get_token(), application.secret, application.now(), application.settings.idle)


def _note_use() -> None:
    """Keep that the room is used. A database that only reads at this moment shows its pages all the same."""
    try:
        with get_application().work() as work:
            if keep_in_use(work):
                work.commit_passing()
    except StoreError as error:
        note_refusal(error)


def find_user() -> User | None:
    """Who is signed in at this moment, ``None`` once the sign-in has ended."""
    with get_application().work() as work:
        return find_who_asks(work, get_token())


def require_signed_in(work: UnitOfWork) -> User:
    """Who is signed in at this moment.

    Raises ``SignInRefused`` when the sign-in has ended, or is another than the one that this session was
    opened by; of that one's state nothing stays.
    """
    if not _is_own():
        _forget_all()
        raise SignInRefused("sign_in_changed")
    return require_who_asks(work, get_token())


def require_who_asks(work: UnitOfWork, token: str) -> User:
    """Whose sign-in the token is at this moment. Raises ``SignInRefused`` when it has ended."""
    user = find_who_asks(work, token)
    if user is None:
        raise SignInRefused("sign_in_ended")
    return user


def find_who_asks(work: UnitOfWork, token: str) -> User | None:
    """Whose sign-in the token is at this moment, ``None`` for nobody's."""
    application = get_application()
    return find_signed_in(work, token, application.secret, application.now())


def _name_sign_in() -> str:
    """What tells this browser's sign-in from others, "" where it has none; nobody can sign in with it."""
    return hash_token(get_application().secret, get_token()) or ""


def _is_own() -> bool:
    """Whether the state of this session is that of the sign-in that asks now."""
    opened_by = _name_sign_in()
    return bool(st.session_state.get(_SIGN_IN, opened_by) == opened_by)


def _forget_all() -> None:
    for name in list(st.session_state):
        del st.session_state[name]


def signs_in_elsewhere() -> bool:
    """Whether people sign in elsewhere (OIDC): then they have no password here."""
    return get_application().settings.oidc is not None


def proves_elsewhere(user: User) -> bool:
    """Whether the person proves at the provider who they are, and not by a password."""
    oidc = get_application().settings.oidc
    return oidc is not None and user.name != oidc.break_glass


def get_token() -> str:
    """The token of this browser's sign-in, "" where it has none."""
    # Over HTTPS the gate lets nobody in by the other one.
    cookies = st.context.cookies
    return cookies.get(PREFIX + COOKIE) or cookies.get(COOKIE, "")


def keep_user(user: User) -> None:
    """Remember for this run of the page who is signed in."""
    st.session_state["user"] = user


def get_user() -> User:
    """Who is signed in, as the beginning of this run found it: for drawing alone, a step asks anew."""
    return cast(User, st.session_state["user"])


def get_locale() -> str:
    """The language of the screen: as chosen, else as the address or the browser asks, else Japanese."""
    asked = st.query_params.get("lang") or (st.context.locale or "")[:2]
    chosen = st.session_state.get("locale") or asked
    return chosen if chosen in LOCALES else LOCALES[0]


def get_translate() -> Translate:
    """What turns an English message into the language of the screen."""
    return translator(get_locale())


def find_place(name: str) -> int | None:
    """The number of the ``version`` or ``claim`` that is open, or ``None``."""
    return read_number(st.query_params.get(name, ""))


def find_list() -> QueueList:
    """The list of claims that the address asks for, the whole where it asks for none."""
    show, sort, find = (st.query_params.get(name, "") for name in LIST_PLACES)
    return read_list(show, sort, find)


def open_list(asked: QueueList) -> None:
    """Show this list of claims from now on; the address has it."""
    for name, value in zip(LIST_PLACES, (asked.show, asked.sort, asked.find), strict=True):
        if value in (ALL, ARTICLE_ORDER, ""):
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = value


def find_room() -> str:
    """The room that the address names beside articles and claims, "" for none."""
    return st.query_params.get("room", "")


def take_asked_grader() -> str:
    """Whose grade the address asks to see, "" for nobody's; it is asked for once."""
    return st.query_params.pop("grade_of", "")


def open_place(**place: int | str) -> None:
    """Open the page of ``version=``, ``claim=`` or ``room=``; without any, the list of articles.

    The list of claims that somebody made stays as they go about its claims and back to it.
    """
    kept = ("lang", *(LIST_PLACES if place and "room" not in place else ()))
    known = {name: st.query_params[name] for name in kept if name in st.query_params}
    st.query_params.from_dict({**known, **{name: str(value) for name, value in place.items()}})
    st.session_state.pop("message", None)
    st.session_state.pop("message_place", None)


def get_focus(claim_id: int) -> Pmid:
    """Which citation of the claim is being read, "" where none was chosen."""
    return cast(Pmid, st.session_state.get(f"focus_{claim_id}", ""))


def shows_everything(claim_id: int) -> bool:
    """Whether somebody asked for all citations of the claim, those that are related only too."""
    return bool(st.session_state.get(f"everything_{claim_id}"))


def show_everything(claim_id: int) -> None:
    """Show all citations of the claim from now on."""
    st.session_state[f"everything_{claim_id}"] = True


def set_focus(claim_id: int, pmid: Pmid) -> None:
    """Read this citation."""
    st.session_state[f"focus_{claim_id}"] = pmid


def get_basis(claim_id: int, pmid: Pmid, own: JudgedCitation | None) -> Basis:
    """What the reviewer read of a citation: as chosen, else as judged, else the abstract."""
    stored = own.basis if own is not None else Basis.ABSTRACT
    return cast(Basis, st.session_state.get(f"basis_{claim_id}_{pmid}", stored))


def keep_basis(claim_id: int, pmid: Pmid, basis: Basis) -> None:
    """Remember what the reviewer read of a citation."""
    st.session_state[f"basis_{claim_id}_{pmid}"] = basis


def watch_job(job: Job) -> None:
    """Have the end of this job told in this session."""
    st.session_state[f"job_{job.order.key}"] = job.number


def is_watched(job: Job) -> bool:
    """Whether the end of this job is still to be told in this session."""
    return bool(st.session_state.get(f"job_{job.order.key}") == job.number)


def leave_job(key: str) -> None:
    """The end of the job has been told, or nothing is known of it."""
    st.session_state.pop(f"job_{key}", None)


def keep_message(kind: str, sentence: str) -> None:
    """Keep a sentence to be shown once: ``saved`` or ``refused``."""
    st.session_state["message"] = (kind, sentence)
    st.session_state.pop("message_place", None)


def place_message(place: str) -> None:
    """Let the sentence that is kept be shown at this part of the page, where the act was done."""
    st.session_state["message_place"] = place


def keep_refusal(error: KonkyoError) -> None:
    """Keep the sentence of a refused step, which says what is missing."""
    note_refusal(error)
    keep_message("refused", describe_error(error, get_translate()))


def note_refusal(error: KonkyoError) -> None:
    """Count and log that somebody was refused: the code, and the number of their account, 0 for none."""
    get_application().metrics.count_refusal(error.code)
    user = cast("User | None", st.session_state.get("user"))
    told = {"event": "refused", "code": error.code, "person": user.id if user else 0}
    _log.info("refused: %s", error.code, extra=told)


def is_refused() -> bool:
    """Whether the sentence that is kept is a refusal."""
    kind, _ = cast("tuple[str, str]", st.session_state.get("message", ("", "")))
    return kind == "refused"


def peek_message() -> str:
    """The sentence that is kept, "" where there is none."""
    _, sentence = cast("tuple[str, str]", st.session_state.get("message", ("", "")))
    return sentence


def has_message() -> bool:
    """Whether a sentence is kept that no page has shown yet."""
    return "message" in st.session_state


def take_message(place: str = "") -> tuple[str, str] | None:
    """The kind and sentence of the last step, if it left one that is shown at this part of the page."""
    if st.session_state.get("message_place", "") != place:
        return None
    st.session_state.pop("message_place", None)
    return cast("tuple[str, str] | None", st.session_state.pop("message", None))

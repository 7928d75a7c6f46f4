"""What one browser session holds: the place that is open, who reviews, and in which language.

The place stands in the address, so that it can be reloaded and sent to a colleague; who is signed in stands
in a cookie that no script can read.
"""

from __future__ import annotations

from typing import cast

import streamlit as st

from claims.errors import KonkyoError, SignInRefused
from claims.records.assessment import Basis, JudgedCitation
from claims.records.citation import Pmid
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.accounts.signing_in import find_signed_in
from reviewer.accounts.tokens import COOKIE
from reviewer.bootstrap import House, open_shared_house
from reviewer.i18n import LOCALES, Translate, translator
from reviewer.sentences import tell_error


def get_house() -> House:
    """The house of this server's settings, opened once."""
    return open_shared_house()


def find_user() -> User | None:
    """Who is signed in, asked anew at each click: a sign-in that has ended ends here too."""
    with get_house().work() as work:
        return _find_signed_in(work)


def require_signed_in(work: UnitOfWork) -> User:
    """Who is signed in at this moment. Raises ``SignInRefused`` when the sign-in has ended."""
    user = _find_signed_in(work)
    if user is None:
        raise SignInRefused("sign_in_ended")
    return user


def _find_signed_in(work: UnitOfWork) -> User | None:
    house = get_house()
    if house.settings.oidc is not None and st.user.get("email_verified"):
        return work.people.find_by_email(str(st.user.get("email", "")))
    return find_signed_in(work, get_token(), house.secret, house.now())


def signs_in_elsewhere() -> bool:
    """Whether this sign-in was made elsewhere (OIDC): it has no password here and ends there."""
    return get_house().settings.oidc is not None and bool(st.user.is_logged_in)


def get_token() -> str:
    """The token of this browser's sign-in, "" where it has none."""
    return st.context.cookies.get(COOKIE, "")


def keep_user(user: User) -> None:
    """Remember for this run of the page who is signed in."""
    st.session_state["user"] = user


def get_user() -> User:
    """Who is signed in, as the beginning of this run found it."""
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
    number = st.query_params.get(name, "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 16 else None


def find_room() -> str:
    """The room that the address names beside articles and claims, "" for none."""
    return st.query_params.get("room", "")


def take_asked_grader() -> str:
    """Whose grade the address asks to see, "" for nobody's; it is asked for once."""
    return st.query_params.pop("grade_of", "")


def open_place(**place: int | str) -> None:
    """Open the page of ``version=``, ``claim=`` or ``room=``; without any, the list of articles."""
    language = {"lang": st.query_params["lang"]} if "lang" in st.query_params else {}
    st.query_params.from_dict({**language, **{name: str(value) for name, value in place.items()}})
    st.session_state.pop("message", None)


def get_focus(claim_id: int) -> Pmid:
    """Which citation of the claim is being read, "" where none was chosen."""
    return cast(Pmid, st.session_state.get(f"focus_{claim_id}", ""))


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


def keep_message(kind: str, sentence: str) -> None:
    """Keep a sentence to be shown once: ``saved`` or ``refused``."""
    st.session_state["message"] = (kind, sentence)


def keep_refusal(error: KonkyoError) -> None:
    """Keep the sentence of a refused step, which says what is missing."""
    keep_message("refused", tell_error(error, get_translate()))


def is_refused() -> bool:
    """Whether the sentence that is kept is a refusal."""
    kind, _ = cast("tuple[str, str]", st.session_state.get("message", ("", "")))
    return kind == "refused"


def take_message() -> tuple[str, str] | None:
    """The kind and sentence of the last step, if it left one."""
    return cast("tuple[str, str] | None", st.session_state.pop("message", None))

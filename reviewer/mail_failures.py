"""Why a mail was not sent, in words: codes of ours, and numbers of mail servers."""

from __future__ import annotations

from reviewer.i18n import Translate, mark

_WORDS = {
    "server_away": mark("the mail server cannot be reached"),
    "sign_in_refused": mark("the mail server refuses user or password"),
    "not_encrypted": mark("the mail server offers no encryption"),
    "certificate_refused": mark("the certificate of the mail server is not trusted"),
    "line_broke": mark("the connection broke while it was sent: it may have arrived"),
    "interrupted": mark("the server went down while it was sent: it may have arrived"),
}
_ANSWER = mark("the mail server answered {code}")


def tell_failure(code: str, translate: Translate = str) -> str:
    """The words of the code, in the reader's language.

    >>> tell_failure("550")
    'the mail server answered 550'
    """
    return translate(_WORDS[code]) if code in _WORDS else translate(_ANSWER).format(code=code)

"""The little that only the browser can do: scroll to what is in focus, move the cursor, know the language,
and say that the sign-in has ended while the server no longer answers.
"""

from __future__ import annotations

import json
from string import Template

import streamlit as st

from reviewer.dashboard.session import get_locale, get_translate

# Moves each pane by itself: scrollIntoView would move the page, and with it the buttons.
_SCROLL = """<script>/* %s */
(() => {
  const show = (pane, target, above) => {
    const frame = document.querySelector(pane), part = document.querySelector(target);
    if (!frame || !part) return;
    const gap = part.getBoundingClientRect().top - frame.getBoundingClientRect().top;
    frame.scrollTop += gap - above(frame);
  };
  [60, 250].forEach(wait => setTimeout(() => %s, wait));
})();
</script>"""
_CLAIM = "show('.st-key-%s', '.st-key-%s mark.now', frame => frame.clientHeight * 0.3)"
# The pane of what is read begins with what is read; in the list it has company above it.
_READING = """{
  show('.st-key-reading', '.st-key-focus', () => 0);
  show('.st-key-listed', '.st-key-listed_%s', frame => frame.clientHeight * 0.3);
  show('.st-key-context', '.alike-claims, .excerpt mark.now', frame => frame.clientHeight * 0.25);
}"""
_LANGUAGE = "<script>document.documentElement.lang = '%s';</script>"

# Stands over the page until somebody has signed in, beside it: what was typed stays in its fields, and the
# page goes on by itself. Asked by the browser, since an ended sign-in has no connection to be told by.
_WATCH = Template("""<script>
(() => {
  const told = $told, way = $way;
  window.konkyoSignedOut = () => {
    const bar = document.createElement('div'), link = document.createElement('a');
    bar.id = 'konkyo-signed-out';
    bar.setAttribute('role', 'alert');
    link.href = '/sign-in?next=' + encodeURIComponent(location.pathname + location.search);
    link.target = '_blank';
    link.textContent = way;
    bar.append(told + ' ', link);
    return bar;
  };
  if (window.konkyoWatch) return;
  const look = async () => {
    const answer = await fetch('/signed-in', {redirect: 'error'}).catch(() => null);
    const bar = document.getElementById('konkyo-signed-out');
    const page = document.querySelector('[data-testid="stApp"]');
    if (answer?.status === 403 && !bar) document.body.append(window.konkyoSignedOut());
    if (answer?.status !== 204 || !bar || page?.dataset.testConnectionState !== 'CONNECTED') return;
    bar.remove();
    document.querySelector('.st-key-draw_again button')?.click();
  };
  window.konkyoWatch = setInterval(look, $milliseconds);
})();
</script>""")
_LOOK_MILLISECONDS = 5_000


def watch_sign_in() -> None:
    """Let the browser ask whether the sign-in is in force, and show the way to sign in once it is not."""
    translate = get_translate()
    told = translate("Your sign-in has ended: nothing is saved until you sign in again. This page stays.")
    with st.container(key="sign_in_watch"):
        st.html(
            _WATCH.substitute(
                told=json.dumps(told).replace("<", "\\u003c"),
                way=json.dumps(translate("Sign in")).replace("<", "\\u003c"),
                milliseconds=_LOOK_MILLISECONDS,
            ),
            unsafe_allow_javascript=True,
        )
        # Nobody sees it: Streamlit draws nothing by itself when it has connected again.
        st.button("↻", key="draw_again")


def set_page_language() -> None:
    """Tell the browser in which language the page is, for screen readers, fonts and line breaks."""
    with st.container(key="language"):
        st.html(_LANGUAGE % get_locale(), unsafe_allow_javascript=True)


def bring_into_view(claim_id: int, focus: str) -> None:
    """Scroll list, abstract and excerpt to the citation and the claim in focus, when either changed."""
    with st.container(key="moving"):
        told = f"{claim_id} {focus}"
        digits = "".join(filter(str.isalnum, focus)) or "none"
        st.html(_SCROLL % (told, _READING % digits), unsafe_allow_javascript=True)


def bring_claim_into_view(claim_id: int, pane: str = "article") -> None:
    """Scroll the whole article, which stands in the pane, to the claim, when it was opened there."""
    with st.container(key="moving_article"):
        st.html(_SCROLL % (f"{pane} {claim_id}", _CLAIM % (pane, pane)), unsafe_allow_javascript=True)

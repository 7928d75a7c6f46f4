"""The little that only the browser can do: scroll to what is in focus, move the cursor, know the language."""

from __future__ import annotations

import streamlit as st

from reviewer.dashboard.session import get_locale, get_translate

# Moves each pane by itself: scrollIntoView would move the page, and with it the buttons.
_SCROLL = """<script>/* %d %s */
(() => {
  const show = (pane, target, above) => {
    const frame = document.querySelector(pane), part = document.querySelector(target);
    if (!frame || !part) return;
    const gap = part.getBoundingClientRect().top - frame.getBoundingClientRect().top;
    frame.scrollTop += gap - above(frame);
  };
  const move = () => {
    show('.st-key-article', '.konkyo mark.now', frame => frame.clientHeight * 0.3);
    show('.st-key-evidence', '.st-key-focus', () => 44);
  };
  [60, 250].forEach(wait => setTimeout(move, wait));
})();
</script>"""
# What is pressed before the page can hear it waits; the first script that arrives collects it.
_LANGUAGE = """<script>
document.documentElement.lang = '%s';
if (!window.konkyo && !window.konkyoEarly) {
  window.konkyoEarly = [];
  window.addEventListener('keydown', event => window.konkyoEarly?.push(event), true);
  window.addEventListener('click', event => {
    if (!window.konkyoEarly || !event.target.closest?.('.stButton button')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    window.konkyoEarly.push(event);
  }, true);
}
</script>"""


def tell_language() -> None:
    """Tell the browser in which language the page is, for screen readers, fonts and line breaks."""
    with st.container(key="language"):
        st.html(_LANGUAGE % get_locale(), unsafe_allow_javascript=True)


def bring_into_view(claim_id: int, focus: str) -> None:
    """Scroll article and evidence to the claim and the citation in focus, when either changed."""
    with st.container(key="moving"):
        st.html(_SCROLL % (claim_id, focus), unsafe_allow_javascript=True)


def draw_comment_key() -> None:
    """Draw the key that puts the cursor into the comment; the browser does it by itself."""
    st.button(get_translate()("comment"), key="to_comment", width="stretch")

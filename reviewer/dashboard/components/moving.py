"""The little that only the browser can do: scroll to what is in focus, move the cursor, know the language."""

from __future__ import annotations

import streamlit as st

from reviewer.dashboard.session import get_locale, get_translate

# Moves each pane by itself: scrollIntoView would move the page, and with it the buttons.
_SCROLL = """<script>/* %d %d */
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
_CURSOR = """<script>/* %d */
setTimeout(() => document.querySelector('.st-key-comment textarea')?.focus(), 60);
</script>"""
_LANGUAGE = "<script>document.documentElement.lang = '%s';</script>"


def tell_language() -> None:
    """Tell the browser in which language the page is, for screen readers, fonts and line breaks."""
    with st.container(key="language"):
        st.html(_LANGUAGE % get_locale(), unsafe_allow_javascript=True)


def bring_into_view(claim_id: int, focus: int) -> None:
    """Scroll article and evidence to the claim and the citation in focus, when either changed."""
    with st.container(key="moving"):
        st.html(_SCROLL % (claim_id, focus), unsafe_allow_javascript=True)


def draw_comment_key() -> None:
    """Draw the key that puts the cursor into the comment."""
    translate = get_translate()
    if st.button(translate("comment"), key="to_comment", shortcut="m", width="stretch"):
        times = st.session_state["cursor_moves"] = st.session_state.get("cursor_moves", 0) + 1
        with st.container(key="cursor"):
            st.html(_CURSOR % times, unsafe_allow_javascript=True)

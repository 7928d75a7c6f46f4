"""How far a job has come, with the way to stop it; the page is drawn anew when it is over."""

from __future__ import annotations

import streamlit as st

from claims.errors import KonkyoError
from reviewer.bootstrap import open_shared_runner
from reviewer.dashboard.actions.searching import cancel_job
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.components.fragments import draw_every
from reviewer.dashboard.session import get_translate, keep_message, keep_refusal
from reviewer.jobs import Job, JobState
from reviewer.markup import Html

_SECONDS = 1.0


def draw_job_progress(key: str) -> None:
    """Draw the job under ``key`` while there is one, looked at every second; nothing otherwise."""
    if open_shared_runner().find(key) is not None:
        draw_every(_SECONDS, _watch, key)


def _watch(key: str) -> None:
    runner, translate = open_shared_runner(), get_translate()
    job = runner.find(key)
    if job is None or job.is_over:
        runner.forget(key)
        if job is not None:
            _describe_end(job)
        st.rerun()
        return
    told = translate("Searching: {done} of {total}").format(done=job.done, total=job.total)
    if job.is_stopping:
        told = translate("Stopping: what was found so far is kept.")
    with st.container(key="progress", horizontal=True, vertical_alignment="center", gap="small"):
        draw_html(Html('<p class="konkyo message saved" role="status">{}</p>').format(told))
        st.button(
            translate("Stop"), key="cancel_job", on_click=cancel_job, args=(key,), disabled=job.is_stopping
        )


def _describe_end(job: Job) -> None:
    """Keep the sentence of how the job ended. Anything but a known error is raised as it is."""
    translate = get_translate()
    if isinstance(job.error, KonkyoError):
        keep_refusal(job.error)
    elif job.error is not None:
        raise job.error
    elif job.state is JobState.CANCELLED:
        keep_message("saved", translate("Stopped. What was found so far is kept."))
    elif job.done < job.total:
        told = translate("The search has ended: {done} of {total}. Others are searching the rest already.")
        keep_message("saved", told.format(done=job.done, total=job.total))
    else:
        keep_message("saved", translate("The search has ended."))

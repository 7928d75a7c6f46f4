"""How far a job has come, with the way to stop it; the page is drawn anew when it is over."""

from __future__ import annotations

import streamlit as st

from claims.records.job import Job, JobState
from reviewer.bootstrap import open_shared_queue
from reviewer.dashboard.actions.searching import cancel_job
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.components.fragments import draw_every
from reviewer.dashboard.session import (
    get_translate,
    is_watched,
    keep_message,
    leave_job,
    watch_job,
)
from reviewer.error_messages import describe_code
from reviewer.markup import Html

_SECONDS = 1.0


def draw_job_progress(key: str) -> None:
    """Draw the job under ``key`` until this session has told its end, looked at every second."""
    job = open_shared_queue().find(key)
    if job is not None and (not job.is_over or is_watched(job)):
        watch_job(job)
        draw_every(_SECONDS, _watch, key)


def _watch(key: str) -> None:
    translate = get_translate()
    job = open_shared_queue().find(key)
    if job is None or job.is_over:
        if job is not None and is_watched(job):
            _describe_end(job)
        leave_job(key)
        st.rerun()
        return
    told = translate("Searching: {done} of {total}").format(done=job.done, total=job.order.total)
    if job.state is JobState.WAITING:
        told = translate("The search waits for its turn.")
    if job.is_stopping:
        told = translate("Stopping: what was found so far is kept.")
    with st.container(key="progress", horizontal=True, vertical_alignment="center", gap="small"):
        draw_html(Html('<p class="konkyo message saved" role="status">{}</p>').format(told))
        st.button(
            translate("Stop"), key="cancel_job", on_click=cancel_job, args=(key,), disabled=job.is_stopping
        )


def _describe_end(job: Job) -> None:
    """Keep the sentence of how the job ended."""
    translate = get_translate()
    if job.state is JobState.FAILED:
        keep_message("refused", describe_code(job.failure, dict(job.failure_values), translate))
    elif job.state is JobState.CANCELLED:
        keep_message("saved", translate("Stopped. What was found so far is kept."))
    elif job.done < job.order.total:
        told = translate("The search has ended: {done} of {total}. Others are searching the rest already.")
        keep_message("saved", told.format(done=job.done, total=job.order.total))
    else:
        keep_message("saved", translate("The search has ended."))

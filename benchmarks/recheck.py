"""Looking again at the papers under live claims: what a night costs, from a part of it that is run.

    python -m benchmarks.recheck [--papers 100000] [--run 10000]

A house of so many papers under published claims is made in SQLite, every paper under one claim of an article
of fifty. A recheck asks a server on this machine that answers like NCBI for the first ``--run`` of them, with
one in a thousand retracted meanwhile, is then stopped, and printed are its requests, its seconds, what the
whole would take, and how long the requests alone take at ten a second.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from claims.pubmed.source import PubMed
from claims.records.assessment import CitationJudgement
from claims.records.citation import Citation, Pmid, RetractionCheck, RetractionStatus
from claims.records.decision import Decision, VersionState
from claims.records.finding import ClaimEvidence, Finding
from claims.search.rate_limit import SharedBudget
from db.engine import open_engine
from db.unit_of_work import UnitOfWork
from reviewer.workflow.recheck_runs import order_recheck, run_recheck
from tests.databases import make_database
from tests.entrez_server import EntrezServer, sample_article
from tests.factories import (
    make_article,
    make_audit_entry,
    make_citation,
    make_evidence,
    make_extraction,
    make_finding,
    make_judgement,
    make_moment,
)

CLAIMS, RETRACTED_OF = 50, 1_000
RETRACTION = (
    '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>SAMPLE</RefSource>'
    "</CommentsCorrections></CommentsCorrectionsList>"
)

"""What people write has a length at each place; a longer text is refused, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import String, Text

from claims.errors import RuleRefused
from claims.lexicon.tables import LexiconRow, TermRole
from claims.records.assessment import Basis, CitationJudgement, SupportGrade
from claims.records.decision import VersionState
from claims.records.document import DocumentDetails
from claims.records.flag import AnswerKind
from claims.records.lengths import LENGTHS
from claims.records.living import NewRecord, NewRecordAnswer
from claims.records.mailing import MailChoice
from claims.records.people import Role, User
from claims.records.proposal import ProposedStep
from claims.records.reference import NamedPaper
from claims.records.retrieval import Query, Rung
from claims.records.review_day import SetDay
from db.base import Base, Typed
from db.unit_of_work import UnitOfWork
from reviewer.accounts.managing import add_user
from reviewer.accounts.own_keys import keep_own_key
from reviewer.workflow.adjudicating import adjudicate, reopen_claim, write_view
from reviewer.workflow.amending import dismiss_claim, reword_reading
from reviewer.workflow.assigning import declare_interests
from reviewer.workflow.documents import enter_document
from reviewer.workflow.drafting import keep_draft
from reviewer.workflow.flagging import answer_flag, raise_flag, resolve_flag
from reviewer.workflow.grading import judge_citation, record_grade
from reviewer.workflow.importing_references import import_references
from reviewer.workflow.lexicon import add_term
from reviewer.workflow.mailing import choose_mailing
from reviewer.workflow.new_records import answer_new_record
from reviewer.workflow.overriding import enter_guideline, override_level
from reviewer.workflow.proposing import change_by_hand
from reviewer.workflow.publishing import decide_version, keep_claim
from reviewer.workflow.search_jobs import order_search_query
from reviewer.workflow.searching import search_by_hand
from reviewer.workflow.standard_wordings import approve_wording, withdraw_wording
from tests.factories import make_pmid
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, JUDGE, TWO_REVIEWERS, A, B, Clinic
from tests.workflow.test_closed_versions import SEARCHER

# Texts that a machine writes, or that are names of accounts and permanent codes.
WRITTEN_BY_MACHINE = {
    "account.name",
    "account.password_hash",
    "account_identity.issuer",
    "account_identity.subject",
    "article.title",
    "article.title_hash",
    "article_version.origin",
    "article_version.text",
    "article_version.title",
    "article_version.title_hash",
    "article_version.version_hash",
    "audit_entry.actor",
    "audit_entry.subject",
    "audit_link.digest",
    "audit_link.key_name",
    "author_reference.label",
    "citation.doi",
    "claim_assignment.name",
    "claim_words.words",
    "declaration.name",
    "draft.name",
    "effort.name",
    "fetched_record.source",
    "flag_answer.flag_key",
    "flag_resolution.flag_key",
    "house_secret.fingerprint",
    "job.failure",
    "job.key",
    "lexicon_term.spelling",
    "living_look.failure",
    "living_look.source",
    "living_run.failure",
    "living_run.source",
    "mail.address",
    "mail.failure",
    "mailing.locale",
    "ncbi_key.sealed",
    "new_record.source",
    "notice.cause",
    "open_grade.name",
    "original.media_type",
    "original.name",
    "recheck_note.about",
    "recheck_run.cursor",
    "recheck_run.failure",
    "recheck_run.source",
    "request_budget.account",
    "request_sent.account",
    "retraction_watch.doi",
    "retraction_watch.notice_doi",
    "retraction_watch.reasons",
    "review_day.rules",
    "review_mark.key",
    "review_plan.adjudicator",
    "search_run.failure",
    "search_run.lexicon_version",
    "search_run.query",
    "search_run.ranker_version",
    "search_run.source",
    "search_run.translation",
    "sign_in.token_hash",
    "sign_in_try.bucket",
    "source_answer.query_hash",
    "source_answer.source",
    "standard_wording.words",
    "standing.notice",
    "used_identity.identity_hash",
    "version_decision.version_hash",
    "workload.name",
}
Step = Callable[[Clinic, UnitOfWork, str], object]
OVERSTATED = SupportGrade.OVERSTATED


def first(clinic: Clinic) -> int:
    return clinic.claim_ids[0]


def prepare(clinic: Clinic, place: str) -> None:
    """Bring the first claim to where somebody writes at this place."""
    if place in {"own_view.comment", "adjudication.comment"}:
        clinic.assign(TWO_REVIEWERS)
        for who, judgement in ((A, CitationJudgement.PARTLY), (B, CitationJudgement.PARTLY)):
            clinic.judge(who, judgement)
        clinic.grade(A, SupportGrade.PARTIALLY_SUPPORTED)
        clinic.grade(B, OVERSTATED, "weaker")
        if place == "adjudication.comment":
            clinic.write_view(JUDGE)
    elif place == "assessment.comment":
        clinic.judge(A, CitationJudgement.PARTLY)
    elif place in {"reopening.reason", "keeping.reason", "proposal.words"}:
        clinic.judge(A, CitationJudgement.PARTLY)
        clinic.grade(A, OVERSTATED, "weaker")
    elif place == "standard_wording.reason":
        clinic.judge(A)
        clinic.grade(A, SupportGrade.SUPPORTED)
        with clinic.open_work() as work:
            approve_wording(work, first(clinic), EDITOR, clinic.now())
    elif place.startswith("flag_"):
        with clinic.open_work() as work:
            raise_flag(work, first(clinic), "words", A, clinic.now())
        clinic.judge(A, CitationJudgement.PARTLY)
        clinic.grade(A, OVERSTATED, "weaker")


def add_account(
    work: UnitOfWork, clinic: Clinic, full_name: str, qualification: str = "", email: str = ""
) -> User:
    password = "three owls read slowly"
    return add_user(
        work, ADMIN, "kato", password, (Role.AUTHOR,), clinic.now(), full_name, qualification, email
    )


def search(clinic: Clinic, work: UnitOfWork, text: str) -> None:
    version, claim = work.articles.get_version(clinic.version_id), work.claims.get_claim(first(clinic))
    search_by_hand(clinic.open_work, version, claim, Query(Rung.BY_HAND, text), SEARCHER, EDITOR)


def answer(clinic: Clinic, work: UnitOfWork, words: str) -> None:
    claim_id, pmid = first(clinic), make_pmid()
    new = NewRecord(claim_id, clinic.version_id, pmid, "pubmed", Rung.STRICT, 0.9, clinic.now())
    work.living.add([new])
    answer_new_record(work, claim_id, pmid, NewRecordAnswer.CHANGES, words, EDITOR, clinic.now())


def enter(work: UnitOfWork, clinic: Clinic, details: DocumentDetails) -> None:
    enter_document(work, first(clinic), details, A, clinic.now())


def add_spelling(clinic: Clinic, work: UnitOfWork, term: str, english: str) -> None:
    add_term(work, LexiconRow(term, (), (english,), "", TermRole.GENERIC), A, clinic.now())


# For each place the step by which a person writes there.
WRITING: dict[str, Step] = {
    "account.full_name": lambda c, w, t: add_account(w, c, t),
    "account.qualification": lambda c, w, t: add_account(w, c, "Kato", t),
    "account.email": lambda c, w, t: add_account(w, c, "Kato", email=t),
    "ncbi_key.email": lambda c, w, t: keep_own_key(
        w, w.people.get_user("a"), "k" * 36, "a@" + t, "secret", c.now()
    ),
    "mailing.address": lambda c, w, t: choose_mailing(
        w, w.people.get_user("a"), t, MailChoice.DAILY, "ja", c.now()
    ),
    "draft.text": lambda c, w, t: keep_draft(w, first(c), t, 0, None, A, c.now()),
    "assessment.comment": lambda c, w, t: record_grade(w, first(c), OVERSTATED, t, A, c.now()),
    "own_view.comment": lambda c, w, t: write_view(w, first(c), OVERSTATED, t, JUDGE, c.now()),
    "adjudication.comment": lambda c, w, t: adjudicate(
        w, first(c), w.claims.get_claim(first(c)).revision, OVERSTATED, t, JUDGE, c.now()
    ),
    "judgement.passage": lambda c, w, t: judge_citation(
        w, first(c), make_pmid(), CitationJudgement.PARTLY, Basis.FULL_TEXT, A, c.now(), t
    ),
    "document.title": lambda c, w, t: enter(w, c, DocumentDetails(t, "body")),
    "document.body": lambda c, w, t: enter(w, c, DocumentDetails("title", t)),
    "document.published": lambda c, w, t: enter(w, c, DocumentDetails("title", "body", t)),
    "document.address": lambda c, w, t: enter(
        w, c, DocumentDetails("title", address=f"https://example.org/{t}"[: len(t)])
    ),
    "document.quotation": lambda c, w, t: enter(w, c, DocumentDetails("title", "body", quotation=t)),
    "document.place": lambda c, w, t: enter(w, c, DocumentDetails("title", "body", place=t)),
    "level_override.reason": lambda c, w, t: override_level(w, first(c), make_pmid(), 1, t, A, c.now()),
    "reopening.reason": lambda c, w, t: reopen_claim(
        w, first(c), w.claims.get_claim(first(c)).revision, t, EDITOR, c.now()
    ),
    "guideline_grade.grade": lambda c, w, t: enter_guideline(w, first(c), t, "source", A, c.now()),
    "guideline_grade.source": lambda c, w, t: enter_guideline(w, first(c), "A", t, A, c.now()),
    "remark.words": lambda c, w, t: raise_flag(w, first(c), t, A, c.now()),
    "remark.suggestion": lambda c, w, t: raise_flag(w, first(c), "words", A, c.now(), t),
    "flag_answer.words": lambda c, w, t: answer_flag(
        w, first(c), "raised_by_person:1", AnswerKind.DISPUTE, t, AUTHOR, c.now()
    ),
    "flag_resolution.comment": lambda c, w, t: resolve_flag(
        w, first(c), "raised_by_person:1", True, t, A, c.now()
    ),
    "declaration.qualification": lambda c, w, t: declare_interests(w, c.version_id, "none", t, A, c.now()),
    "declaration.statement": lambda c, w, t: declare_interests(w, c.version_id, t, "Doctor", A, c.now()),
    "claim.reason": lambda c, w, t: dismiss_claim(w, w.claims.get_claim(first(c)), t, A, c.now()),
    "claim.read_as": lambda c, w, t: reword_reading(w, w.claims.get_claim(first(c)), t, A, c.now()),
    "proposal.words": lambda c, w, t: change_by_hand(
        w, ProposedStep.DISMISS, (w.claims.get_claim(first(c)),), (t,), B, c.now()
    ),
    "version_decision.comment": lambda c, w, t: decide_version(
        w,
        c.version_id,
        w.articles.get_version(c.version_id).version_hash,
        VersionState.IN_REVIEW,
        t,
        EDITOR,
        c.now(),
    ),
    "review_date.reason": lambda c, w, t: w.review_days.add_set(
        SetDay(c.version_id, None, t, EDITOR.name, c.now())
    ),
    "new_record.comment": answer,
    "keeping.reason": lambda c, w, t: keep_claim(w, first(c), t, EDITOR, c.now()),
    "lexicon_term.term": lambda c, w, t: add_spelling(c, w, t, "hair"),
    "lexicon_term.english": lambda c, w, t: add_spelling(c, w, "見本", t),
    "search_run.query": search,
    "author_reference.said": lambda c, w, t: import_references(
        w, c.version_id, [NamedPaper(t)], A, c.now(), first(c)
    ),
    "standard_wording.reason": lambda c, w, t: withdraw_wording(w, 1, t, EDITOR, c.now()),
}


def test_every_text_that_is_stored_has_a_length_or_is_a_machines() -> None:
    columns = {
        f"{table.name}.{column.name}": column.type
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if type(column.type) in (String, Text, Typed)
        and not column.name.endswith(("_by", "text_hash", "pmid"))
    }
    typed = {place for place, kind in columns.items() if isinstance(kind, Typed)}
    assert {place: kind.place for place, kind in columns.items() if isinstance(kind, Typed)} == {
        place: place for place in typed
    }
    assert sorted(set(columns) - typed) == sorted(WRITTEN_BY_MACHINE)
    assert set(WRITING) == set(LENGTHS) >= typed


def test_a_query_that_is_too_long_is_no_job(clinic: Clinic) -> None:
    query = Query(Rung.BY_HAND, "長" * (LENGTHS["search_run.query"] + 1))
    with clinic.open_work() as work, pytest.raises(RuleRefused, match="text_too_long"):
        order_search_query(work, first(clinic), query, "pubmed", A)


@pytest.mark.parametrize("place", LENGTHS)
def test_a_text_that_is_too_long_is_refused_with_its_length_and_nothing_is_kept(
    clinic: Clinic, place: str
) -> None:
    most = LENGTHS[place]
    prepare(clinic, place)
    with clinic.open_work() as work:
        before = work.audit.list_entries()
    with clinic.open_work() as work, pytest.raises(RuleRefused) as refused:
        WRITING[place](clinic, work, "長" * (most + 1))
    assert refused.value.code == "text_too_long"
    assert refused.value.values["most"] == most
    with clinic.open_work() as work:
        assert work.audit.list_entries() == before

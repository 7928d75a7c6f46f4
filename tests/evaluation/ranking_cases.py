"""Our own claims with records in the order that a reader wants them, and how well they are ranked."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from claims.extraction.statement import read_statement
from claims.lexicon.lexicon import load_lexicon
from claims.ranking.question import ask_claim
from claims.ranking.scoring import rank_citations
from claims.records.article import Language
from claims.records.citation import AbstractSection, Citation, MeshHeading, Pmid, Term
from claims.search.query import build_plan

FILE = Path(__file__).parent / "ranking" / "cases.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    """A claim and its records with their worth, 0 for the least; ``orders_by`` is all they differ in."""

    claim: str
    language: Language
    orders_by: str
    worth: dict[Pmid, int]
    citations: tuple[Citation, ...]


def load_cases() -> list[Case]:
    """The cases in the order of their file."""
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    return [
        Case(
            row["claim"],
            Language(row["language"]),
            row["orders_by"],
            {Pmid(record["pmid"]): record["grade"] for record in row["records"]},
            tuple(map(_read_record, row["records"])),
        )
        for row in rows
    ]


def digest_cases() -> str:
    """The SHA-256 of the file."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()


def measure_ndcg(cases: Sequence[Case]) -> float:
    """The mean nDCG of the shipped ranking: 1 where every record stands where it should."""
    return mean(_measure_case(case) for case in cases)


def _measure_case(case: Case) -> float:
    statement = read_statement(case.claim, case.language)
    lexicon = load_lexicon()
    question = ask_claim(statement, case.language, lexicon)
    plan = build_plan(case.claim, "", "", case.language, lexicon)
    ranked = [case.worth[citation.pmid] for citation, _ in rank_citations(question, plan, case.citations)]
    return _discount(ranked) / _discount(sorted(ranked, reverse=True))


def _discount(worths: Sequence[int]) -> float:
    return sum(((1 << worth) - 1) / math.log2(place + 1) for place, worth in enumerate(worths, start=1))


def _read_record(row: dict[str, Any]) -> Citation:
    return Citation(
        Pmid(row["pmid"]),
        row["title"],
        abstract=(AbstractSection(row["abstract"]),),
        published_year=row["year"],
        publication_types=tuple(map(Term, row["types"])),
        mesh=tuple(MeshHeading(Term(name)) for name in row["mesh"]),
    )

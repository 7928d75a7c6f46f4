"""What our own material comes to, printed as JSON: claims, plans, rankings and stances, a line each.

    python -m tests.evaluation.whole_path

For comparing processes: the same text must come to the same claim, query, score and stance in each.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from claims.errors import QueryError
from claims.extraction import extract_claims
from claims.extraction.statement import read_statement
from claims.lexicon.lexicon import load_lexicon
from claims.ranking.question import ask_claim
from claims.ranking.scoring import rank_citations
from claims.records.article import Language
from claims.search.query import build_plan
from claims.stance.reading import read_citation
from tests.evaluation.ranking_cases import load_cases
from tests.evaluation.stance_pairs import load_pairs
from training.labelled_articles import list_labelled


def list_results() -> Iterator[list[object]]:
    """A row for each claim, dropped unit, plan, ranking and reading, floats at full precision."""
    lexicon = load_lexicon()
    for labelled in list_labelled():
        extracted = extract_claims(labelled.article)
        for dropped in extracted.dropped:
            yield ["dropped", labelled.name, repr(dropped)]
        for claim in extracted.claims:
            yield ["claim", labelled.name, repr(claim)]
            yield ["plan", claim.text, _write_plan(claim.text, labelled.article.language)]
    for case in load_cases():
        question = ask_claim(read_statement(case.claim, case.language), case.language, lexicon)
        plan = build_plan(case.claim, "", "", case.language, lexicon)
        for citation, features in rank_citations(question, plan, case.citations):
            yield ["ranked", case.claim, citation.pmid, repr(features)]
    for pair in load_pairs():
        claim = read_statement(pair.claim, pair.language)
        question = ask_claim(claim, pair.language, lexicon)
        yield ["stance", pair.claim, pair.citation.pmid, repr(read_citation(question, pair.citation, claim))]


def _write_plan(text: str, language: Language) -> str:
    try:
        return repr(build_plan(text, "", "", language, load_lexicon()))
    except QueryError as error:
        return f"no plan: {error}"


if __name__ == "__main__":
    for row in list_results():
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")

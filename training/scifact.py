"""SciFact's claims beside their cited abstracts, with what people found in them.

Source: Wadden et al., "Fact or Fiction: Verifying Scientific Claims", EMNLP 2020. The folder holds
``claims_train.jsonl`` and ``corpus.jsonl.gz``; its documents have numbers of their own that are no PMIDs.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

from claims.extraction.statement import read_statement
from claims.lexicon.lexicon import load_lexicon
from claims.ranking.question import Question, ask_claim
from claims.records.article import Language
from claims.records.citation import AbstractSection, Citation, Pmid
from claims.records.rationale import Stance
from claims.text.sentences import Span

_STANCES = {"SUPPORT": Stance.SUPPORTS, "CONTRADICT": Stance.REFUTES}


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and a document; ``text`` is the claim's wording.

    ``gold`` are the spans of its evidence sentences among ``spans``, all of them.
    ``group`` is shared by all pairs that share a claim or a document, so that no fold learns from another's.
    """

    claim_id: int
    text: str
    question: Question
    citation: Citation
    stance: Stance
    spans: tuple[Span, ...]
    gold: frozenset[int]
    group: int


def load_documents(folder: Path) -> dict[int, tuple[Citation, tuple[Span, ...]]]:
    """Each document as a record, with its sentences' spans in the abstract."""
    documents: dict[int, tuple[Citation, tuple[Span, ...]]] = {}
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            sentences = [" ".join(sentence.split()) for sentence in row["abstract"]]
            text, spans = "", []
            for sentence in sentences:
                text += " " if text and sentence else ""
                spans.append((len(text), len(text) + len(sentence)))
                text += sentence
            sections = (AbstractSection(text),) if text else ()
            record = Citation(Pmid(str(row["doc_id"])), " ".join(row["title"].split()), abstract=sections)
            documents[row["doc_id"]] = (record, tuple(spans))
    return documents


def load_pairs(folder: Path, wordings: Path | None = None) -> list[Pair]:
    """Every claim beside each document that it cites, or those with a Japanese wording in ``wordings``."""
    documents, lexicon = load_documents(folder), load_lexicon()
    claims = [json.loads(line) for line in (folder / "claims_train.jsonl").read_text("utf-8").splitlines()]
    japanese = _load_wordings(wordings) if wordings else {}
    groups = _group(claims)
    pairs: list[Pair] = []
    for claim in claims:
        if wordings and claim["id"] not in japanese:
            continue
        language = Language.JA if wordings else Language.EN
        text = japanese.get(claim["id"], claim["claim"])
        question = ask_claim(read_statement(text, language), language, lexicon)
        for document in _list_documents(claim):
            evidence = claim["evidence"].get(str(document), [])
            stance = _STANCES[evidence[0]["label"]] if evidence else Stance.NOT_ENOUGH_INFO
            gold = frozenset(number for told in evidence for number in told["sentences"])
            record, spans = documents[document]
            pairs.append(Pair(claim["id"], text, question, record, stance, spans, gold, groups[claim["id"]]))
    return pairs


def _load_wordings(folder: Path) -> dict[int, str]:
    lines = (folder / "train_claims_ja.jsonl").read_text("utf-8").splitlines()
    return {row["id"]: row["claim_ja"] for row in map(json.loads, lines)}


def _list_documents(claim: dict[str, list[int]]) -> list[int]:
    return list(dict.fromkeys([*claim["cited_doc_ids"], *map(int, claim["evidence"])]))


def _group(claims: list[dict[str, list[int]]]) -> dict[int, int]:
    """Claim → the smallest claim that it is joined to through documents that two of them cite."""
    leader: dict[str, int] = {}
    groups: dict[int, int] = {}

    def find(number: int) -> int:
        while groups[number] != number:
            number = groups[number]
        return number

    for claim in claims:
        number = int(str(claim["id"]))
        groups[number] = number
        for document in map(str, _list_documents(claim)):
            one, other = sorted((find(number), find(leader.setdefault(document, number))))
            groups[other] = one
    return {number: find(number) for number in groups}

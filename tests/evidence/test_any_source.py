"""What holds for every source of evidence, those that are added later too."""

from __future__ import annotations

import ast
import inspect
import tomllib
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from claims.errors import QueryError, SourceError
from claims.records.citation import Citation, Pmid
from claims.records.retrieval import SearchStatus
from claims.search.caching import CachedSource
from claims.search.ports import RemoteSource, SourceProfile
from claims.sources import SOURCES, list_failure_values
from reviewer.error_messages import MESSAGES, describe_code, describe_error
from reviewer.i18n import LOCALES, translator
from tests.evidence.source_places import PLACES
from tests.factories import make_moment, make_run
from tests.structure.enum_maps import ROOT, list_modules

NOWHERE = Pmid("9999999999")
# These tell of settings that PubMed alone has.
OF_PUBMED_ALONE = {"source_blocked", "source_key_refused", "source_unusable"}
each_source = pytest.mark.parametrize("name", SOURCES)


@each_source
def test_a_source_can_be_tried(name: str) -> None:
    assert name in PLACES, f"tests/evidence/source_places.py has no line for {name}"


def find_module(name: str) -> ModuleType:
    """Where the source's profile is made."""
    (module,) = (
        module
        for module in list_modules()
        if module.__name__ != "claims.sources"
        for value in vars(module).values()
        if isinstance(value, SourceProfile) and value.name == name and _makes_profile(module)
    )
    return module


def _makes_profile(module: ModuleType) -> bool:
    return any(
        isinstance(node, ast.Call) and ast.unparse(node.func) == SourceProfile.__name__
        for node in ast.walk(ast.parse(inspect.getsource(module)))
    )


@each_source
def test_what_is_found_can_be_fetched_and_counts_itself(name: str, tmp_path: Path) -> None:
    with PLACES[name](tmp_path, False) as source:
        answer = source.search("minoxidil", 2)
        assert 0 < len(answer.pmids) <= 2 <= answer.count
        parts = source.fetch(answer.pmids)
        assert set(parts) == set(answer.pmids)
        assert all(isinstance(part, Citation) and part.pmid == pmid for pmid, part in parts.items())


@each_source
def test_nothing_there_is_an_empty_answer_and_no_record(name: str, tmp_path: Path) -> None:
    with PLACES[name](tmp_path, False) as source:
        answer = source.search("nosuchwordanywhere", 20)
        assert (answer.pmids, answer.count) == ((), 0)
        assert source.fetch([NOWHERE]) == {}


@each_source
def test_a_blank_query_is_refused_and_not_answered(name: str, tmp_path: Path) -> None:
    with PLACES[name](tmp_path, False) as source, pytest.raises(QueryError):
        source.search("  ", 20)


@each_source
def test_out_of_order_is_an_error_with_a_sentence_that_names_the_source(name: str, tmp_path: Path) -> None:
    with PLACES[name](tmp_path, True) as source:
        cached = CachedSource(source, make_moment)
        for question in (lambda: cached.search("minoxidil", 20), lambda: cached.fetch([NOWHERE])):
            with pytest.raises(SourceError) as refused:
                question()
            assert refused.value.code in MESSAGES
            assert refused.value.values["source"] == SOURCES[name].database
            told = describe_error(refused.value)
            assert "{source}" not in MESSAGES[refused.value.code] or SOURCES[name].database in told


@each_source
def test_a_source_says_of_itself_what_is_registered(name: str, tmp_path: Path) -> None:
    with PLACES[name](tmp_path, False) as source:
        if isinstance(source, RemoteSource):
            assert source.per_second > 0
        assert source.profile == SOURCES[name]
        assert source.profile.fetch_batch > 0


@each_source
def test_a_contract_keeps_the_others_from_importing_it(name: str) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    protected = {
        module
        for contract in contracts["contracts"]
        if contract["type"] == "protected"
        for module in contract["protected_modules"]
    }
    package = ".".join(find_module(name).__name__.split(".")[:2])
    assert package in protected, f"pyproject.toml needs a protected contract for {package}, as PubMed has"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("code", [code for code in MESSAGES if code.startswith("source_")])
def test_a_sentence_blames_no_source_but_the_one_that_was_asked(code: str, locale: str) -> None:
    told = describe_code(code, {"source": "SAMPLE"}, translator(locale))
    assert ("PubMed" in told) == (code in OF_PUBMED_ALONE)


@each_source
def test_a_search_that_failed_is_told_with_the_name_of_its_source(name: str) -> None:
    run = replace(make_run(SearchStatus.FAILED, failure="source_timeout"), source=name)
    assert SOURCES[name].database in describe_code(run.failure, list_failure_values(run))

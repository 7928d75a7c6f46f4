"""What is stored is loaded and changed by ``reviewer/workflow`` and ``accounts``, and by nothing beside."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from db import unit_of_work
from tests.structure.enum_maps import ROOT

REVIEWER = ROOT / "reviewer"
AT_HOME = ("workflow", "accounts")
# What opens a unit of work.
OPENERS = {"work", "reading", "exporting"}
# What still asks a repository itself, and why; nothing may be added without a reason.
LEFT = {
    # Before anybody has signed in: whether there is an account at all.
    "api/routes.py: people.list_users",
    "cli/serve.py: people.list_users",
    # Lexicon and rules on reviews are laid over what comes with the house, not read.
    "bootstrap.py: lexicon",
    "bootstrap.py: review_rules.find_latest",
    # Below every step: the home keeps the head of the trail before anybody acts, and after a restore.
    "backup/restoring.py: audit.find_head",
    "trail_head.py: audit.count_entries",
    "trail_head.py: audit.find_head",
    # One look-up by number or id, without a rule, for a sentence or a file.
    "cli/original.py: articles.get_original",
    "cli/lexicon.py: lexicon.list_added",
    "dashboard/actions/grading.py: people.get_user",
    "dashboard/leaving.py: claims.get_claim",
    "dashboard/navigation.py: articles.find_newer",
    # A claim that was replaced stands in no list that is shown.
    "cli/claims.py: claims.list_replaced",
    # What a step is handed, as it stands now; the step refuses where the version is closed.
    "cli/claim.py: articles.get_version",
    "cli/claim.py: claims.list_claims",
    "cli/demo.py: claims.list_claims",
    # The sample people act as somebody in the room does; what they act on is looked up here.
    "cli/sample_review.py: assessments.load_assessments",
    "cli/sample_review.py: claims.get_claim",
    "cli/sample_review.py: claims.list_claims",
    "cli/sample_review.py: people.get_user",
    "cli/search.py: articles.get_version",
    "cli/search.py: claims.list_claims",
    "cli/search.py: searches.load_leased",
    "dashboard/actions/searching.py: articles.get_version",
    "dashboard/actions/searching.py: claims.get_claim",
    "dashboard/actions/searching.py: claims.list_claims",
    # A draft goes with the grade in one unit of work.
    "dashboard/actions/grading.py: drafts.give",
}


def list_repositories() -> set[str]:
    """The names under which a unit of work has its repositories."""
    tree = ast.parse(Path(unit_of_work.__file__).read_text(encoding="utf-8"))
    return {
        node.targets[0].attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Attribute)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func).endswith("Repository")
    }


def list_units(tree: ast.AST) -> set[str]:
    """The names that a file gives to units of work, ``work`` among them."""
    given = {"work"}
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.annotation and ast.unparse(node.annotation) == "UnitOfWork":
            given.add(node.arg)
        if isinstance(node, ast.withitem) and isinstance(node.optional_vars, ast.Name):
            opened = node.context_expr
            if isinstance(opened, ast.Call) and ast.unparse(opened.func).split(".")[-1] in OPENERS:
                given.add(node.optional_vars.id)
    return given


def list_asked(source: str) -> Iterator[str]:
    """The repositories that a file asks, and what of them."""
    tree = ast.parse(source)
    units, repositories = list_units(tree), list_repositories()
    of_units = {
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in repositories
        and isinstance(node.value, ast.Name)
        and node.value.id in units
    }
    asked = {node.value: node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in of_units:
        yield f"{node.attr}.{asked[node]}" if node in asked else node.attr


def test_a_repository_is_asked_by_workflow_and_accounts_alone() -> None:
    asked = {
        f"{file.relative_to(REVIEWER).as_posix()}: {what}"
        for file in REVIEWER.rglob("*.py")
        if file.relative_to(REVIEWER).parts[0] not in AT_HOME
        for what in list_asked(file.read_text(encoding="utf-8"))
    }
    assert asked - LEFT == set(), "load and store by reviewer/workflow"
    assert asked >= LEFT, "take out of LEFT what asks no repository any more"


def test_every_repository_is_looked_for() -> None:
    assert {"articles", "claims", "people", "audit", "ncbi_keys"} <= list_repositories()


def test_a_repository_is_found_whatever_the_unit_is_called() -> None:
    for source in (
        "with application.reading() as unit:\n    unit.claims.list_claims(1)",
        "def draw(unit: UnitOfWork) -> None:\n    unit.claims.list_claims(1)",
        "act(lambda work, user, now: work.claims.list_claims(1))",
    ):
        assert list(list_asked(source)) == ["claims.list_claims"]
    assert list(list_asked("dossier.citations.get(pmid)")) == []

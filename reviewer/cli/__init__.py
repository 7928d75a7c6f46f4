"""The command line: one file a command group, each imported only when it is called."""

from __future__ import annotations

import errno
import importlib
import logging
import os

import click

from claims.errors import KonkyoError
from reviewer.error_messages import describe_code, describe_error

# Command → module that defines it, and its line in the overview: so that ``--help`` imports none of them.
COMMANDS = {
    "extract": ("reviewer.cli.extract", "Print the claims of an article, without a database."),
    "references": ("reviewer.cli.references", "Print what an article cites, and which sentences cite it."),
    "ingest": ("reviewer.cli.ingest", "Store an article and its claims for review."),
    "claims": ("reviewer.cli.claims", "List the claims of a stored version: number, status, type, text."),
    "claim": (
        "reviewer.cli.claim",
        "Add, merge, split, dismiss, restore, retype or reword claims by hand.",
    ),
    "compare": (
        "reviewer.cli.compare",
        "Show what changed in a version against the one before, claim by claim.",
    ),
    "original": (
        "reviewer.cli.original",
        "Write the file that a stored version was read from, byte for byte.",
    ),
    "search": ("reviewer.cli.search", "Find evidence for the claims of a stored article."),
    "run": ("reviewer.cli.run", "Ingest, search and report in one go."),
    "where": ("reviewer.cli.where", "Tell where a paper, a claim's sentence or a document is used."),
    "recheck": ("reviewer.cli.recheck", "Look again whether the papers under the claims still stand."),
    "tick": (
        "reviewer.cli.tick",
        "Do what is due by the clock: remind of reviews, look again at papers, search for new ones.",
    ),
    "retractions": ("reviewer.cli.retractions", "Bring Retraction Watch's table in, beside PubMed's word."),
    "attach": (
        "reviewer.cli.attach",
        "Bring papers of a list in, beside what the text of an article cites.",
    ),
    "document": (
        "reviewer.cli.document",
        "Enter package inserts, guidelines, authorities' pages and papers that PubMed does not have.",
    ),
    "report": ("reviewer.cli.report", "Write the review report of a stored article."),
    "article": (
        "reviewer.cli.article",
        "Write a stored article with numbered citations at the claims that stand.",
    ),
    "manuscript": (
        "reviewer.cli.manuscript",
        "Write a stored article as a Word file with flags and comments in the margin.",
    ),
    "packet": ("reviewer.cli.packet", "Write all that shows how a stored article was reviewed, as one zip."),
    "cite": ("reviewer.cli.cite", "Write the references of a stored article for a reference manager."),
    "searches": ("reviewer.cli.searches", "Write the search log of a stored article."),
    "query": ("reviewer.cli.query", "Show the concepts of a claim and the queries built from them, as JSON."),
    "same": (
        "reviewer.cli.same",
        "Say whether a new claim is the same as an earlier one, near to it, or another.",
    ),
    "lexicon": ("reviewer.cli.lexicon", "Add terms that the shipped tables lack, for every later query."),
    "assess": ("reviewer.cli.assess", "Suggest how library records bear on claims, as JSON lines."),
    "verify": ("reviewer.cli.verify", "Say whether a quotation stands word for word in a library record."),
    "library": ("reviewer.cli.library", "Import PubMed files into the local library, and search it."),
    "serve": ("reviewer.cli.serve", "Open the review room in the browser."),
    "worker": (
        "reviewer.cli.worker",
        "Do the searches that the review room starts, as one of many workers on PostgreSQL.",
    ),
    "user": ("reviewer.cli.user", "Make, list, change and close the accounts of the review room."),
    "secret": (
        "reviewer.cli.secret",
        "Take the present session secret for the house's, in place of one that is lost.",
    ),
    "audit": ("reviewer.cli.audit", "Check that nobody changed the audit trail, and note where it stands."),
    "recount": (
        "reviewer.cli.recount",
        'Count anew what "My work", the board and the agreement show.',
    ),
    "backup": ("reviewer.cli.backup", "Write the whole house to one file while people work."),
    "restore": ("reviewer.cli.backup", "Make the house that a backup holds."),
    "doctor": ("reviewer.cli.doctor", "Say what is set up, and what is missing."),
    "demo": (
        "reviewer.cli.demo",
        "Run the sample article through everything: claims, evidence, report, review room.",
    ),
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called, and not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of a review."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or ``None``."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(COMMANDS[cmd_name][0]), cmd_name)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a known error becomes one clear line on standard error and exit code 1.

        So does what the operating system refuses. A closed pipe and Ctrl+C are click's own to end.
        """
        try:
            return super().invoke(ctx)
        except KonkyoError as error:
            raise click.ClickException(describe_error(error)) from error
        except UnicodeEncodeError as error:
            raise click.ClickException(
                describe_code("screen_encoding", {"encoding": error.encoding})
            ) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            refused = {"path": error.filename or "–", "reason": error.strerror or str(error)}
            raise click.ClickException(describe_code("system_refused", refused)) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the overview without importing a command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="konkyo")
def konkyo() -> None:
    """Konkyo (根拠): from a medical claim to its evidence, graded by people.

    An article's claims are extracted, searched for in PubMed (or in a local library of NLM's files) and
    given to medical reviewers, whose grades leave as a report.

    Exit codes: 0 done; 1 refused or failed, and standard error ends with the reason; 2 mistyped.
    """
    # What a command writes is its owner's alone: grades are blind, and files hold what may not be published.
    os.umask(0o077)
    # The server's log tells of files that were open to others; a command says why it failed.
    logging.getLogger("konkyo.home").addHandler(logging.NullHandler())

"""How the houses of a run are filled before anything happens to them."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from sqlalchemy import text

from benchmarks.soak.grounds import Ground, migrated
from benchmarks.soak.processes import call
from claims.records.audit import AuditAction
from db.engine import open_engine
from tests.entrez_server import sample_article
from tests.evidence.library_files import write_document
from tests.factories import make_article, make_audit_entry, make_evidence, make_extraction, make_moment
from tests.persistence.released_houses import build_house, read_released
from tests.workflow.clinic import DECLARED, PEOPLE, TWO_REVIEWERS, Clinic

OLD_REVISION, OLD_CLAIMS = "0009", 6_000
OLD_GRADES = sum(table == "assessment" for table, _ in read_released(OLD_REVISION))
FIRST_PMID = 9_000_000_001
_SUBJECTS = ("Minoxidil", "Finasteride", "Platelet-rich plasma", "Zinc", "Caffeine", "Biotin")
_EFFECTS = (
    "increases hair density in men",
    "reduces hair loss after six months",
    "improves hair growth in women",
)


def write_texts(folder: Path) -> None:
    """The article that is brought in, and the files of the library."""
    lines = [f"{subject} {effect}." for subject in _SUBJECTS for effect in _EFFECTS]
    (folder / "article.md").write_text("# Sample on hair\n\n" + "\n\n".join(lines) + "\n", encoding="utf-8")
    long = [f"{line[:-1]} by {n} percent." for n in range(10, 20) for line in lines]
    (folder / "long.md").write_text("# Long sample\n\n" + "\n\n".join(long) + "\n", encoding="utf-8")
    words = "SAMPLE " + "hair follicle growth factor " * 12
    for number in range(3):
        pmids = range(FIRST_PMID + number * 1_500, FIRST_PMID + (number + 1) * 1_500)
        records = (sample_article(str(pmid), f"SAMPLE {pmid}", words) for pmid in pmids)
        write_document(folder / f"pubmed26n{number + 1:04}.xml", *records)


def list_articles() -> list[str]:
    """What PubMed's stand-in knows: a record for each sentence of the article."""
    lines = [f"{subject} {effect}" for subject in _SUBJECTS for effect in _EFFECTS]
    return [
        sample_article(str(FIRST_PMID + n), f"SAMPLE: {line}", f"{line}: hair, a trial of 40 persons.")
        for n, line in enumerate(lines)
    ]


def build_nothing(ground: Ground) -> None:
    """A house in which nothing has been done."""


def build_article(ground: Ground) -> None:
    """The short article is in it, and nothing was searched for."""
    run = call(ground, "ingest", str(ground.home.parent / "article.md"))
    assert "version 1" in run.read(), run.read()


def build_clinic(ground: Ground, claims: int = 60) -> None:
    """A review that two reviewers are assigned to, nobody having graded."""
    with ground.working() as open_work:
        with open_work() as work:
            version = work.articles.add_version(make_article("見" * 10 * claims), make_moment())
            stored = work.claims.add_extraction(version.id, make_extraction(claims))
            for claim in stored:
                work.searches.record_evidence(claim.id, make_evidence(1, 2))
            for person in PEOPLE:
                work.people.add_user(person.name, person.full_name, person.roles, "", person.qualification)
            work.commit(make_audit_entry(AuditAction.VERSION_INGESTED, "version:1"))
        clinic = Clinic(open_work, version.id, tuple(claim.id for claim in stored), count(1))
        clinic.declare(*DECLARED)
        clinic.assign(TWO_REVIEWERS)


def build_large_clinic(ground: Ground) -> None:
    """So many claims that a report takes a while."""
    build_clinic(ground, claims=300)


def build_backed_up(ground: Ground) -> None:
    """A house with a backup of itself, and an article that came in after it."""
    build_clinic(ground, claims=100)
    run = call(ground, "backup", str(ground.home / "x.backup"))
    assert (ground.home / "x.backup").exists(), run.read()
    call(ground, "ingest", str(ground.home.parent / "article.md"))


def build_old(ground: Ground) -> None:
    """A house of an earlier program with many claims."""
    build_house(ground.url, OLD_REVISION)
    engine = open_engine(ground.url)
    with engine.begin() as connection:
        series = (
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) "
            "INSERT INTO claim (version_id, number, status, reason, revision, by_hand) "
            "SELECT 1, 1000 + i, 'extracted', '', 1, '[]' FROM n"
        )
        connection.execute(text(series), {"most": OLD_CLAIMS})
        place = (
            "INSERT INTO placement (version_id, claim_id, start_char, end_char, claim, standing) "
            "SELECT 1, c.id, 10 * c.number, 10 * c.number + 5, "
            "(SELECT claim FROM placement ORDER BY id LIMIT 1), {true} FROM claim c WHERE c.number > 1000"
        )
        connection.execute(text(place.format(true="true")))
    engine.dispose()


BUILDS = {
    "nothing": migrated(build_nothing),
    "article": migrated(build_article),
    "clinic": migrated(build_clinic),
    "large clinic": migrated(build_large_clinic),
    "backed up": migrated(build_backed_up),
    "old": build_old,
}

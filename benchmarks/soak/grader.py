"""One reviewer who grades, and prints each grade once it is acknowledged: ``NAME once`` or ``NAME FILE``.

``once``: every claim that has no grade of theirs yet. Until the file is there: the claims over and over,
whatever happens. Each grade has words of its own, so that one that is lost or doubled is found.
"""

from __future__ import annotations

import sys
import time
from itertools import count, cycle
from pathlib import Path
from uuid import uuid4

from benchmarks.soak.worker import prepare
from claims.errors import KonkyoError
from claims.records.assessment import SupportGrade
from claims.records.review import ReviewClaim
from reviewer.bootstrap import Application, open_application
from reviewer.settings import load_settings
from reviewer.workflow.grading import record_grade
from tests.workflow.clinic import PEOPLE

PEOPLE_BY_NAME = {person.name: person for person in PEOPLE}


def grade(application: Application, name: str, claim: ReviewClaim, words: str) -> bool:
    """Whether the grade was acknowledged, which is printed as it happens."""
    try:
        with application.work() as work:
            actor = PEOPLE_BY_NAME[name]
            record_grade(work, claim.id, SupportGrade.OVERSTATED, words, actor, application.now())
    except KonkyoError as refusal:
        print(f"refused {refusal.code}", flush=True)
        return False
    print(f"acked {claim.id} {words}", flush=True)
    return True


def main() -> None:
    """Grade as the command line says."""
    name, how = sys.argv[1:]
    prepare()
    application = open_application(load_settings())
    with application.work() as work:
        claims = [claim for v in work.articles.list_versions() for claim in work.claims.list_claims(v.id)]
        given = work.assessments.load_assessments([claim.id for claim in claims])
    print("ready", flush=True)
    token = uuid4().hex[:8]
    if how == "once":
        open_claims = [one for one in claims if all(g.graded_by != name for g in given[one.id])]
        for number, claim in enumerate(open_claims):
            grade(application, name, claim, f"{name}-{token}-{number}")
        return
    for number, claim in zip(count(), cycle(claims)):
        if Path(how).exists():
            break
        if not grade(application, name, claim, f"{name}-{token}-{number}"):
            time.sleep(0.2)


if __name__ == "__main__":
    main()

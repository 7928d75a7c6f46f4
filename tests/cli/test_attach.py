"""``konkyo attach``: a list of papers, from the file to the claim."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reviewer.cli import konkyo
from tests.cli.homes import copy_home
from tests.entrez_server import EntrezServer
from tests.references.manuscripts import ENGLISH, OTHER, PAPERS, PMIDS, find_paper

RIS = """TY  - JOUR
AU  - Sample, A.
TI  - Copper prevents anaemia after gastric bypass
T2  - J Sample
PY  - 2020
VL  - 5
SP  - 2
DO  - 10.5555/sample.5
ER  -
TY  - JOUR
AU  - Sample, A.
TI  - Vitamin D prevents fractures of the hip
PY  - 2020
AN  - 9000000391
ER  -
"""


@pytest.fixture
def attach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    (tmp_path / "manuscript.md").write_text(ENGLISH, encoding="utf-8")
    copy_home(tmp_path / "home", tmp_path / "manuscript.md")
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NCBI_EMAIL", "sample@example.org")
    monkeypatch.setattr("claims.pubmed.source.KEYLESS_PER_SECOND", 100)
    monkeypatch.delenv("KONKYO_DATABASE_URL", raising=False)

    def run(text: str, *options: str) -> Result:
        (tmp_path / "papers.ris").write_text(text, encoding="utf-8")
        with EntrezServer(PAPERS, find=find_paper) as server:
            monkeypatch.setenv("KONKYO_ENTREZ_URL", server.base_url)
            arguments = ["attach", "1", str(tmp_path / "papers.ris"), "--source", "pubmed", *options]
            return CliRunner().invoke(konkyo, arguments)

    return run


def test_each_paper_is_told_and_what_pubmed_has_is_the_claims(attach: object) -> None:
    assert callable(attach)
    done = attach(RIS, "--claim", "1")
    assert done.exit_code == 0, done.output
    copper = "Sample A. Copper prevents anaemia after gastric bypass. J Sample. 2020;5:2."
    assert done.stdout.splitlines() == [
        f"the same paper\t{PMIDS[4]}\t{copper}",
        f"identifier of another paper\t{OTHER}\tSample A. Vitamin D prevents fractures of the hip. 2020.",
    ]
    assert "2 papers brought in" in done.stderr
    assert "2 stood there already" in attach(RIS, "--claim", "1").stderr


def test_a_broken_list_is_refused_with_its_line_and_leaves_nothing(attach: object) -> None:
    assert callable(attach)
    done = attach(RIS.replace("PY  - 2020\nVL", "PY - 2020\nVL"))
    assert done.exit_code == 1
    assert "Line 5 (“PY - 2020”) has a broken RIS tag" in done.stderr
    assert "1 paper brought in, 1 stood there already" in attach(RIS).stderr

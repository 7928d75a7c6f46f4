"""How fast an article becomes claims, what memory it takes, and how the claims score.

    python -m benchmarks.extraction [SHARED]
    python -m benchmarks.extraction --pages DIR

SHARED is the folder of the real material (``../shared``); where its article is missing, the speed rows are
skipped and say so. Each of the thousand articles differs in every sentence, so that nothing is remembered.

With ``--pages`` the pages of a folder are scored by the labels beside them or in the project, a row each and
one a language (``training.labelled_pages``). Labels that were not found in a page are counted, not left out
in silence. Pages that the shipped weights were fitted on say so; those of the others are what to go by.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

from claims.articles import decode_text, parse_article, read_article
from claims.extraction import extract_claims
from claims.records.article import Language
from tests.evaluation.contexts import list_cases
from training.claim_figures import format_figures, score_folder
from training.claim_scoring import Score, add_scores, score_claims
from training.extraction import score_left_out
from training.labelled_articles import list_labelled
from training.labelled_pages import list_fitted, read_pages

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
ARTICLE = Path("articles") / "hair_loss_prp_exosome_ja.txt"
MANY, WARM_RUNS = 1_000, 50


def main() -> None:
    """Print the speed rows, then the evaluation."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", metavar="SHARED", type=Path, nargs="?", default=SHARED)
    parser.add_argument("--pages", metavar="DIR", type=Path)
    asked = parser.parse_args()
    if asked.pages:
        print_pages(asked.pages)
        return
    article = asked.shared / ARTICLE
    if article.exists():
        print_speed(article)
    else:
        print(f"speed: skipped, put the real article at {article}")
    print_evaluation()


def print_speed(path: Path) -> None:
    """Cold process, warm call, and many articles in one process on one core."""
    warm = min(time_call(path) for _ in range(WARM_RUNS)) * 1000
    print(f"cold process     {time_process(path):8.2f} s   (at most 1.5)")
    print(f"warm, best of {WARM_RUNS} {warm:8.1f} ms  (at most 50)")
    text = decode_text(path.read_bytes())
    before, began = peak_memory(), time.process_time()
    for number in range(MANY):
        extract_claims(parse_article(text.replace("。", f"{number}。")))
    rate = MANY / (time.process_time() - began)
    print(f"{MANY} articles    {rate:8.1f} a second of one core (at least 60)")
    print(f"memory growth    {peak_memory() - before:8.1f} MB over them")


def time_process(path: Path) -> float:
    """Seconds of ``konkyo extract`` from start to end, the best of three."""
    command = [sys.executable, "-c", "from reviewer.cli import konkyo; konkyo()", "extract", str(path)]
    times = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return min(times)


def time_call(path: Path) -> float:
    """Seconds from the file to its claims in a warm process."""
    began = time.perf_counter()
    extract_claims(read_article(path))
    return time.perf_counter() - began


def peak_memory() -> float:
    """The most memory that the process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def print_evaluation() -> None:
    """The figures with the shipped weights, and with each article judged by the weights of the others."""
    for language in Language:
        print(format_figures(f"{language.value} shipped weights", score_folder(language)))
        left_out = score_left_out(list_labelled(language))
        print(format_figures(f"{language.value} each left out", add_scores(score for _, score in left_out)))
    cases = list(list_cases())
    named = sum(case.named for case in cases)
    print(f"context          {named / len(cases):8.3f} of {len(cases)} pointers and left-out subjects named")


def print_pages(folder: Path) -> None:
    """The figures of each labelled page of a folder, then those of each language, fitted pages apart."""
    fitted = list_fitted()
    for language in Language:
        scores = {True: list[Score](), False: list[Score]()}
        for page in read_pages(folder, language):
            name = page.labelled.name
            score = score_claims(page.labelled.gold, extract_claims(page.labelled.article).claims)
            scores[name in fitted].append(score)
            note = f"  {page.lost} of {page.rows} labels not found" if page.lost else ""
            print(format_figures(f"{name}{' (fitted)' * (name in fitted)}", score, polarity=False) + note)
        for was_fitted, told in ((True, "fitted"), (False, "not fitted")):
            if scores[was_fitted]:
                total = add_scores(scores[was_fitted])
                print(
                    format_figures(
                        f"{language.value} {told}: {len(scores[was_fitted])} pages", total, polarity=False
                    )
                )


if __name__ == "__main__":
    main()

"""What docs/scale.md tells was measured: its tables are those of the results that are kept."""

from __future__ import annotations

from importlib import import_module

# By name: mypy knows the scripts of docs as files, not as a package.
write_scale = import_module("docs.write_scale")


def test_the_tables_are_those_of_the_results_that_are_kept() -> None:
    page = write_scale.PAGE.read_text(encoding="utf-8")
    assert write_scale.fill_tables(page) == page, "run `python -m docs.write_scale`"
    assert page.count("<!-- end -->") == 3


def test_a_fit_goes_through_what_follows_its_law() -> None:
    sizes = [100, 1_000, 5_000]
    factor, power = write_scale.fit_power(sizes, [3 * size**0.5 for size in sizes])
    assert abs(factor - 3) < 1e-9
    assert abs(power - 0.5) < 1e-9

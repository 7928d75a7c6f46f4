"""The rules on wording as tables: the clinic's, those that come with Konkyo, and one that is checked."""

from __future__ import annotations

from collections.abc import Iterable

from claims.extraction.house_rules import HouseRule
from claims.extraction.wording import list_bases, list_examples
from claims.records.article import Language
from claims.records.claim import WordingRule
from reviewer.dashboard.components.claim import render_bases
from reviewer.dashboard.components.drawing import render_table
from reviewer.error_messages import describe_error
from reviewer.i18n import mark, translator
from reviewer.labels import RISK_LABELS
from reviewer.markup import Html
from reviewer.wording_rules import CheckedLine

_HOUSE = (mark("Phrase"), mark("Language"), mark("Reason"), mark("Instead"), mark("Kept in"))
_SHIPPED = (mark("Rule"), mark("Pointed at, for example"), mark("Reason, and what to write instead"))
_CHECKED = (mark("Line"), mark("Taken?"), mark("Phrase"), mark("Reason, or what to do"))
# How many examples stand open; the others unfold.
_OPEN = 2


def render_house_rules(rules: Iterable[tuple[HouseRule, str]], locale: str) -> Html:
    """The clinic's rules as HTML, each with the words for where it is kept."""
    return render_table(
        map(translator(locale), _HOUSE),
        ((rule.phrase, rule.language.value, rule.reason, rule.alternative, place) for rule, place in rules),
    )


def render_shipped_rules(locale: str) -> Html:
    """The rules that come with Konkyo as HTML, each with what it points at and its laws."""
    translate = translator(locale)
    rows = (
        (translate(RISK_LABELS[rule]), _render_examples(rule, locale), render_bases(bases, locale))
        for rule in WordingRule
        if (bases := list_bases(rule, locale))
    )
    return render_table(map(translate, _SHIPPED), rows)


def _render_examples(rule: WordingRule, locale: str) -> Html:
    """Examples in the language of the screen first, then in the other."""
    languages = sorted(Language, key=lambda language: language.value != locale)
    examples = [example for language in languages for example in list_examples(rule, language)]
    told = [Html("{}").format(example) for example in examples]
    summary = Html("<details><summary>{}</summary>{}</details>")
    return summary.format(Html("<br>").join(told[:_OPEN]), Html("<br>").join(told[_OPEN:]))


def render_checked(lines: Iterable[CheckedLine], locale: str) -> Html:
    """Lines of a table as HTML: whether each would be taken, and why not."""
    translate = translator(locale)
    return render_table(map(translate, _CHECKED), (_list_cells(line, locale) for line in lines))


def _list_cells(checked: CheckedLine, locale: str) -> tuple[str, ...]:
    translate, found = translator(locale), checked.found
    if isinstance(found, HouseRule):
        instead = f" → {found.alternative}" if found.alternative else ""
        return str(checked.line), translate("yes"), found.phrase, found.reason + instead
    refused = Html('<b class="failure">{}</b>').format(translate("refused"))
    return str(checked.line), refused, str(found.values.get("phrase", "")), describe_error(found, translate)

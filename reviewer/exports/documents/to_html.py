"""A document as one page of HTML: no script, nothing from elsewhere, read from a file and printed alike."""

from __future__ import annotations

from datetime import UTC
from functools import cache
from pathlib import Path
from string import Template

from reviewer.exports.documents.model import (
    Block,
    Cell,
    Document,
    Grid,
    Heading,
    ItemList,
    Note,
    Paragraph,
    Run,
    Runs,
    Tone,
)
from reviewer.markup import Html
from reviewer.moments import write_moment

_PAGE = Path(__file__).with_name("document.html")
_NOTHING = Html("")
_CELL = Html("<td{}>{}</td>")
_ROW_HEAD = Html('<th scope="row"{}>{}</th>')


def to_html(document: Document, head: Html = _NOTHING) -> bytes:
    """The whole page in UTF-8. ``head`` is what else its head says of it, such as structured data."""
    page = Html.fill(
        load_page(),
        language=document.language.value,
        title=Run(document.title).shown,
        facts=_write_facts(document),
        head=head,
        stamp=_write_css_string(document.stamp),
        body=write_body(document),
    )
    return page.encode("utf-8")


def write_body(document: Document) -> Html:
    """What stands between the tags of the body: stamp, title, and every block on a line of its own."""
    face = [Html("<h1>{}</h1>").format(Run(document.title).shown)]
    if document.stamp:
        face.insert(0, Html('<p class="stamp">{}</p>').format(Run(document.stamp).shown))
    if document.subtitle:
        face.append(Html('<p class="subtitle">{}</p>').format(Run(document.subtitle).shown))
    return Html("").join(Html("{}\n").format(part) for part in (*face, *map(write_block, document.blocks)))


def write_block(block: Block) -> Html:
    """One block as an element."""
    match block:
        case Heading():
            # The title is above every heading.
            tag = f"h{block.level + 1}"
            return Html("<{}{}>{}</{}>").format(tag, _anchor(block.anchor), write_runs(block.runs), tag)
        case Paragraph():
            return _write_paragraph(block)
        case ItemList():
            return _write_list(block)
        case Grid():
            return _write_grid(block)
        case Note():
            inside = Html("\n").join(map(write_block, block.blocks))
            return Html('<aside class="{}">\n{}\n</aside>').format(block.tone.value, inside)


def write_runs(parts: Runs) -> Html:
    """The words with their look, and their links where they may be followed."""
    return Html("").join(map(_write_run, parts))


def _write_run(run: Run) -> Html:
    told = Html("<br>").join(run.shown.split("\n"))
    language = Html("") if run.language is None else Html(' lang="{}"').format(run.language.value)
    for wanted, tag in ((run.bold, "strong"), (run.italic, "em"), (run.superscript, "sup")):
        if wanted:
            told = Html("<{}>{}</{}>").format(tag, told, tag)
    if run.target:
        return Html('<a href="{}"{}>{}</a>').format(run.target, language, told)
    return Html("<span{}>{}</span>").format(language, told) if language else told


def _write_paragraph(block: Paragraph) -> Html:
    kind = Html("") if block.kind.value == "body" else Html(' class="{}"').format(block.kind.value)
    return Html("<p{}{}>{}{}</p>").format(
        _anchor(block.anchor), kind, write_runs(block.runs), _write_context(block)
    )


def _write_context(block: Paragraph) -> Html:
    """What a reference manager reads of the work (COinS)."""
    if not block.context_object:
        return Html("")
    return Html('<span class="Z3988" title="{}"></span>').format(block.context_object)


def _write_list(block: ItemList) -> Html:
    items = Html("").join(
        Html("<li{}>{}{}</li>\n").format(_anchor(item.anchor), write_runs(item.runs), _write_context(item))
        for item in block.items
    )
    if not block.ordered:
        return Html("<ul>\n{}</ul>").format(items)
    start = Html("") if block.first == 1 else Html(' start="{}"').format(block.first)
    return Html("<ol{}>\n{}</ol>").format(start, items)


def _write_grid(grid: Grid) -> Html:
    if not grid.columns:
        return Html("")
    caption = Html("<caption>{}</caption>\n").format(Run(grid.caption).shown) if grid.caption else Html("")
    total = sum(grid.widths)
    widths = Html("").join(
        Html('<col style="width:{}%">').format(f"{100 * width / total:.1f}") for width in grid.widths
    )
    columns = Html("<colgroup>{}</colgroup>\n").format(widths) if widths else Html("")
    names = Html("").join(Html('<th scope="col">{}</th>').format(write_runs(name)) for name in grid.head)
    head = Html("<thead><tr>{}</tr></thead>\n").format(names) if names else Html("")
    rows = Html("").join(_write_row(row, grid.row_heads) for row in grid.rows)
    return Html("<table>\n{}{}{}<tbody>\n{}</tbody>\n</table>").format(caption, columns, head, rows)


def _write_row(row: tuple[Cell, ...], named: bool) -> Html:
    forms = (_ROW_HEAD if named else _CELL, *(_CELL for _ in row[1:]))
    cells = (
        form.format(_tone(cell.tone), write_runs(cell.runs)) for form, cell in zip(forms, row, strict=True)
    )
    return Html("<tr>{}</tr>\n").format(Html("").join(cells))


def _tone(tone: Tone) -> Html:
    return Html("") if tone is Tone.PLAIN else Html(' class="{}"').format(tone.value)


def _anchor(name: str) -> Html:
    return Html(' id="{}"').format(name) if name else Html("")


def _write_facts(document: Document) -> Html:
    facts = [("author", author) for author in document.authors]
    if document.keywords:
        facts.append(("keywords", ", ".join(document.keywords)))
    if document.made_at is not None:
        facts.append(("dcterms.created", write_moment(document.made_at, UTC)))
    return Html("").join(
        Html('<meta name="{}" content="{}">\n').format(name, Run(told).shown) for name, told in facts
    )


def _write_css_string(text: str) -> str:
    """The text between the quotation marks of a style sheet, every sign of it as a number."""
    return "".join(f"\\{ord(sign):06x}" for sign in Run(text).shown.replace("\n", " "))


@cache
def load_page() -> Template:
    """The page that a document is put into, its style sheet included."""
    return Template(_PAGE.read_text(encoding="utf-8"))

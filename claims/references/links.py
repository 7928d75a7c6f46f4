"""Links to papers behind words, written as Markdown has them: [words](https://doi.org/10.x/y)."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

DOI = r"10\.[0-9]{4,9}/"
_PUBMED = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov/(?:\?term=)?|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/(?:\?term=)?|"
    r"europepmc\.org/(?:article|abstract)/med/)([0-9]{5,10})(?![0-9])",
    re.IGNORECASE,
)
_PMC = re.compile(
    r"(?:ncbi\.nlm\.nih\.gov/(?:pmc/)?articles|europepmc\.org/(?:article|abstract|articles)(?:/pmc)?)/"
    r"(?:PMC)?([0-9]{5,10})(?![0-9])",
    re.IGNORECASE,
)
# The DOI in the address of its resolver, or of a publisher's page, whose last part is none of it.
_RESOLVED = re.compile(
    rf"//(?:[\w-]{{1,40}}\.)?doi\.org/{{1,2}}(?:doi:)?({DOI}[^\s?#]{{1,200}})", re.IGNORECASE
)
_PUBLISHED = re.compile(rf"//[\w.-]{{1,80}}/(?:[\w.-]{{1,40}}/){{0,4}}({DOI}[^\s?#]{{1,200}})", re.IGNORECASE)
_VIEW = re.compile(
    r"(?:/(?:full|fulltext|abstract|abs|e?pdf|html|meta|summary)){0,3}/?(?:[?#].{0,300})?\Z", re.IGNORECASE
)
_PART = r"[^\s()\[\]<>]"
_ADDRESS = (
    rf"(?:https?:)?//{_PART}{{1,300}}(?:\({_PART}{{0,80}}\){_PART}{{0,80}}){{0,3}}(?:\s\"[^\"\n]{{0,200}}\")?"
)
# A number that is the whole of a link points at an entry, as a mark without a link does.
_NUMBER = re.compile(
    r"\\?[\[［]?\^?([0-9０-９⁰¹²³⁴-⁹]{1,3}(?:\s?[-–,、，⁻]\s?[0-9０-９⁰¹²³⁴-⁹]{1,3}){0,6})\\?[\]］]?"
)
_LINK = re.compile(
    rf"(?<!!)\[(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]{{0,40}}\]){{1,400}})\]\((?P<leads>{_ADDRESS})\)"
)
# What is the name of a place where papers are kept says that the line is about one.
_PLACES = re.compile(
    r"(?:view\s(?:on|in|at)\s)?(?:pubmed(?:\scentral)?|pmc|doi|cross ?ref|(?:free\s)?full ?text|article|link|"
    r"abstract|j-?stage|リンク|論文|原文|全文)",
    re.IGNORECASE,
)


def find_address(target: str) -> str:
    """The address of the paper that a link leads to, as one writes it; "" for a link to anything else.

    >>> find_address("http://dx.doi.org/10.5555%2Fzinc.1"), find_address("/pubmed/")
    ('https://doi.org/10.5555/zinc.1', '')
    >>> find_address("https://journal.example/doi/full/10.5555/zinc(1)/abstract?cited=1")
    'https://doi.org/10.5555/zinc%281%29'
    """
    plain = unquote(target.strip())
    if found := _PUBMED.search(plain):
        return f"https://pubmed.ncbi.nlm.nih.gov/{found[1]}/"
    if found := _PMC.search(plain):
        return f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{found[1]}/"
    if found := _RESOLVED.search(plain) or _PUBLISHED.search(plain):
        return f"https://doi.org/{quote(trim_doi(found[1]), safe='/:;._-')}"
    return ""


def trim_doi(written: str) -> str:
    """A DOI as an address has it, without the signs of addresses and the publisher's view of the paper.

    >>> trim_doi("10.5555/zinc%281%29/full"), trim_doi("10.5555/zinc.1")
    ('10.5555/zinc(1)', '10.5555/zinc.1')
    """
    plain = unquote(written) if "%" in written else written
    return _VIEW.sub("", plain.rstrip(".,;/"), count=1)


def write_link(words: str, target: str) -> str:
    """The words with the address of the paper behind them; the words alone where the link is to none.

    >>> write_link(" preserves taste ", "https://doi.org/10.5555/zinc.1")
    ' [preserves taste](https://doi.org/10.5555/zinc.1) '
    """
    address, said = find_address(target), words.strip()
    named = unquote(address.rstrip("/").split("/", 3)[-1]).removeprefix("articles/")
    written = f"[{said}]({address})"
    if not address or named.casefold() in said.casefold() or not _LINK.fullmatch(written):
        # Words that name the paper need no address; those of several lines are no link of a sentence.
        return words
    return words.replace(said, written, 1)


def show_links(text: str) -> str:
    """The text as it is read: the words of links to papers, a number in the brackets of a mark.

    >>> show_links("Iron helps[8](https://doi.org/10.5555/a). It [eases](https://doi.org/10.5555/b) colds.")
    'Iron helps[8]. It eases colds.'
    """
    return _LINK.sub(_show, text) if "](" in text else text


def find_hidden(text: str) -> tuple[tuple[int, int], ...]:
    """Where the text has signs of links to papers that ``show_links`` leaves out, in order.

    >>> find_hidden("It [eases](https://doi.org/10.5555/b) colds.")
    ((3, 4), (9, 37))
    """
    hidden: list[tuple[int, int]] = []
    for link in _LINK.finditer(text) if "](" in text else ():
        shown = _show(link)
        if shown == link[0]:
            continue
        shown = shown if shown in link[0] else link["words"]
        start = link.start() + link[0].index(shown)
        hidden += [(link.start(), start), (start + len(shown), link.end())]
    return tuple((start, end) for start, end in hidden if start < end)


def read_link(line: str) -> str:
    """The words of a line that is a link to a paper and nothing else; "" for any other line.

    >>> read_link("[On taste](https://doi.org/10.5555/a)"), read_link("[It](https://doi.org/10.5555/a) helps")
    ('On taste', '')
    """
    link = _LINK.fullmatch(line.strip(" \t\u3000*_")) if "](" in line else None
    return link["words"].strip() if link and find_address(link["leads"]) else ""


def name_places(text: str) -> str:
    """The text with the addresses of those links alone whose words name no more than where the paper is."""
    if "](" not in text:
        return text
    return _LINK.sub(
        lambda link: link[0] if _PLACES.fullmatch(link["words"].strip(" []【】")) else _show(link), text
    )


def _show(link: re.Match[str]) -> str:
    if not find_address(link["leads"]):
        return link[0]
    number = _NUMBER.fullmatch(link["words"])
    if number is None:
        return link["words"]
    return f"[{number[1]}]" if number[1].isascii() or number[1][0] in "０１２３４５６７８９" else number[1]

"""Latin words on a Japanese page that are nobody's words: codes, and English that was left over."""

from __future__ import annotations

from playwright.sync_api import Page

# What stays as it is in Japanese medical writing, the formats, and the names of the sample house.
_KNOWN_WORDS = (
    "PubMed PMID PMCID DOI PMC MeSH MEDLINE NLM NCBI NIH Entrez Europe ClinicalTrials OCEBM GRADE",
    "CSV TSV RIS NBIB BibTeX CSL Word Excel PDF HTML Markdown ZIP Unicode Text txt API ID EN JST UTC URL",
    "https Konkyo Enter Shift Ctrl Esc Tab kappa Kappa Gwet AC Krippendorff Cohen alpha SAMPLE Sample",
    "PRISMA JSON sample Reviewer Author Editor Adjudicator Admin Language",
    "PRP GLP OR AND NOT Zotero EndNote Administrator FDA EMA PMDA MHLW in vitro",
)
KNOWN = frozenset(word for line in _KNOWN_WORDS for word in line.split())
# What people wrote, records in the language that they have, and what is marked as a code.
_LEFT_OUT = (
    ".citation .title",
    ".citation .place",
    ".abstract",
    '[class*="st-key-listed_"] button',
    'pre, code, textarea, input, script, style, a, [lang="en"]',
    '[data-testid="stIconMaterial"], [data-testid="stFileChips"]',
    ".article, .wording, .reading, .cited, .references, .quote, .said, .former, table.searches td, .trail b",
    '[class*="st-key-claim_"] button',
)
_READ = """([known, left]) => {
    const words = new Set();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const holder = node.parentElement;
        if (holder.closest(left) || !holder.getClientRects().length) continue;
        for (const word of node.data.match(/[A-Za-z][A-Za-z_]+/g) ?? [])
            if (!known.includes(word)) words.add(`${word} in “${node.data.trim().slice(0, 60)}”`);
    }
    return [...words];
}"""


def find_latin(page: Page) -> list[str]:
    """Words in Latin letters that stand on the page by themselves, each with the text that it stands in.

    Left out are what people wrote (articles, claims, comments), records in the language that they have, codes
    that are marked as such, and ``KNOWN``.
    """
    return list(page.evaluate(_READ, [sorted(KNOWN), ", ".join(_LEFT_OUT)]))

"""Latin words on a Japanese page that are nobody's words: codes, and English that was left over."""

from __future__ import annotations

from playwright.sync_api import Page

# What stays as it is in Japanese medical writing, the formats, and the names of the sample house.
_KNOWN_WORDS = (
    "PubMed PMID PMCID DOI PMC MeSH MEDLINE NLM NCBI NIH Entrez Europe ClinicalTrials OCEBM GRADE PRISMA",
    "CSV TSV RIS NBIB BibTeX CSL JSON Word Excel PDF HTML Markdown ZIP Unicode Text txt API ID EN JST UTC",
    "URL https Konkyo Enter Shift Ctrl Esc Tab kappa Kappa Gwet AC Krippendorff Cohen alpha Language PRP",
    "GLP OR AND NOT Zotero EndNote FDA EMA PMDA MHLW in vitro yyyy mm dd",
    # Sample people: their names, the names they sign in by, their qualifications.
    "SAMPLE Sample sample Reviewer Author Editor Adjudicator Admin Administrator reviewer author editor",
    "adjudicator admin professor of dermatology dermatologist plastic surgeon cli root",
    # Columns of the clinic's table and examples of record names, as they are typed.
    "phrase language reason alternative ja en claim version",
)
KNOWN = frozenset(word for line in _KNOWN_WORDS for word in line.split())
# What people wrote, records in the language that they have, and what is marked as a code.
_LEFT_OUT = (
    ".citation .title",
    ".papers .title",
    ".citation .place",
    ".abstract",
    '[class*="st-key-listed_"] button',
    'pre, code, textarea, input, script, style, a, [lang="en"]',
    '[data-testid="stIconMaterial"], [data-testid="stFileChips"]',
    ".article, .wording, .reading, .cited, .references, .quote, .said, .former, table.searches td, .trail b",
    '[class*="st-key-claim_"] button, .st-key-obstacles button',
    ".runs .place",
)
_READ = """([known, left]) => {
    const words = new Set();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    // Rules on wording stand in the language of the words that they look for.
    if (location.search.includes('room=wording')) left += ', td';
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const holder = node.parentElement;
        const isSeen = holder.getClientRects().length && getComputedStyle(holder).fontSize !== '0px';
        if (holder.closest(left) || !isSeen) continue;
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

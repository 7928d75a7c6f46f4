"""PubMed's fields: one name of the house for each, and the tags by which PubMed knows it."""

from __future__ import annotations

import re

# The house's name of each field, and what PubMed takes for it besides (lower case). Source: NLM's PubMed Help
# (NBK3827, "Search field descriptions and tags") and the field list that EInfo gives for PubMed.
_NAMES: dict[str, tuple[str, ...]] = {
    "all": ("all fields",),
    "tiab": ("title/abstract",),
    "ti": ("title", "titl"),
    "tt": ("transliterated title",),
    "ab": ("abstract",),
    "tw": ("text word", "text words", "word"),
    "mesh": ("mh", "mesh terms", "mesh term"),
    "mesh:noexp": ("mh:noexp", "mesh terms:noexp"),
    "majr": ("mesh major topic", "mesh major topics"),
    "majr:noexp": ("mesh major topic:noexp",),
    "sh": ("mesh subheading", "mesh subheadings", "subheading", "subheadings", "subh"),
    "sh:noexp": ("subheading:noexp", "mesh subheading:noexp"),
    "pt": ("publication type", "ptyp"),
    "pt:noexp": ("publication type:noexp",),
    "sb": ("subset",),
    "filter": ("filt",),
    "nm": ("supplementary concept", "substance name", "subs"),
    "nm:noexp": ("supplementary concept:noexp", "substance name:noexp"),
    "rn": ("ec/rn number", "ecno"),
    "pa": ("pharmacological action", "pharmacological action mesh terms", "papx"),
    "pa:noexp": ("pharmacological action:noexp",),
    "ot": ("other term", "other terms", "otrm"),
    "la": ("lang", "language"),
    "au": ("author", "authors", "author name", "auth"),
    "1au": ("author - first", "first author name", "first author", "faut"),
    "lastau": ("author - last", "last author name", "last author", "laut"),
    "fau": ("author - full", "full author name", "full author", "full"),
    "cn": ("author - corporate", "corporate author", "investigator - corporate", "coln"),
    "auid": ("author - identifier", "author identifier"),
    "aucl": ("author cluster id",),
    "ir": ("investigator", "investigators", "invr"),
    "fir": ("investigator - full", "full investigator name", "full investigator", "finv"),
    "ed": ("editor",),
    "ps": ("subject - personal name", "personal name as subject"),
    "ad": ("affiliation", "affl"),
    "ta": ("journal", "jour", "journal title", "journal title abbreviation"),
    "jid": ("nlm unique id",),
    "is": ("issn",),
    "isbn": (),
    "book": (),
    "pubn": ("publisher",),
    "pl": ("place of publication", "country of publication", "cnty"),
    "vi": ("volume", "vol"),
    "ip": ("issue", "iss"),
    "pg": ("pagination", "page"),
    "pmid": ("uid", "unique identifier"),
    "eid": ("extended pmid",),
    "aid": ("doi", "article identifier", "pii", "pid", "publisher id", "publisher identifier", "pmcid"),
    "lid": ("location id",),
    "si": ("secondary source id",),
    "gr": ("grants and funding", "grant number", "grant", "grnt"),
    "cois": ("conflict of interest statements", "conflict of interest statement"),
    "dp": ("pdat", "publication date", "date - publication", "date of publication"),
    "ppdat": ("print publication date", "date of print publication", "ppdt"),
    "epdat": ("electronic publication date", "date of electronic publication", "epdt"),
    "edat": ("date - entry", "entry date", "entrez date"),
    "p1dat": (),
    "crdt": ("date - create", "create date", "date created"),
    "mhda": ("date - mesh", "mesh date"),
    "dcom": ("date - completion", "completion date", "date completed", "date of completion", "cdat"),
    "lr": ("date - modification", "modification date", "date last revised", "date of last modification",
            "mdat"),
    "own": ("owner",),
    "dso": (),
}  # fmt: skip
_FIELDS = {tag: field for field, names in _NAMES.items() for tag in (field, *names)}
_PROXIMITY = re.compile(r"(.*\S)\s*+:\s*+~\s*+([0-9]{1,4})\Z")
_PROXIMITY_FIELDS = frozenset({"ti", "tiab", "ad"})


def read_field(tag: str) -> tuple[str, int | None] | None:
    """The house's name of the field in a tag, and its proximity; ``None`` for what is no field of PubMed.

    >>> read_field("Title/Abstract"), read_field("tiab:~3"), read_field("colour")
    (('tiab', None), ('tiab', 3), None)
    """
    name = " ".join(tag.lower().split())
    if near := _PROXIMITY.match(name):
        field = _FIELDS.get(near.group(1))
        if field in _PROXIMITY_FIELDS:
            return field, int(near.group(2))
    return (_FIELDS[name], None) if name in _FIELDS else None

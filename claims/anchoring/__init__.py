"""A revised article's claims found again: which are untouched, and what became of the others."""

from claims.anchoring.anchoring import re_anchor
from claims.anchoring.cutting import CutArticle, cut_article

__all__ = ["CutArticle", "cut_article", "re_anchor"]

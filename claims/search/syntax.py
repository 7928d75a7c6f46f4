"""PubMed's query syntax as far as the ladder and its readers need it: text to tree, and nothing invalid.

Rules from NLM's PubMed User Guide: operators in capitals, read from left to right without precedence;
words side by side are ANDed; a field tag in square brackets belongs to the term before it; a truncated
word has at least four characters before its asterisk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.errors import QueryError
from claims.search.fields import read_field
from claims.search.typed import list_seen, write_plainly

SHORTEST_STEM = 4
DEEPEST_NESTING = 60

_SMALL_OPERATORS = frozenset({"and", "or", "not"})
_TOKEN = re.compile(
    r'\s*(?:(?P<open>\()|(?P<close>\))|"(?P<quoted>[^"]*)"|\[(?P<tag>[^\[\]"]*)\]|(?P<word>[^\s()\[\]"]+))'
)


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """One searched word or phrase. ``field`` is the house's name of the tag, "" where there is none.

    ``phrase``: its words stand together in this order. ``wildcard``: ``text`` is the stem, without the
    asterisk. ``proximity``: the words within that many others in any order, ``None`` where not asked.
    """

    text: str
    field: str = ""
    phrase: bool = False
    wildcard: bool = False
    proximity: int | None = None


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The kept part without what the dropped part finds."""

    kept: Node
    dropped: Node


Node = SearchTerm | And | Or | Not


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def read_typed_query(text: str) -> str:
    """A person's query as it is sent. Raises ``QueryError`` as ``parse_query`` does, and for operators.

    ``query_small_operator``: PubMed takes and, or, not in small letters for words, and searches for something
    else than was meant, without a word of it.
    """
    parse_query(text)
    tokens = _split_tokens(text)
    for at in range(1, len(tokens) - 1):
        if tokens[at].kind == "word" and _is_meant(tokens, at):
            raise QueryError("query_small_operator", word=tokens[at].text, at=tokens[at].at)
    return write_plainly(text)


def _is_meant(tokens: list[_Token], at: int) -> bool:
    """Whether a word is meant as an operator: beside a finished part, or parting words that have no tag."""
    word = tokens[at].text.lower()
    if word not in _SMALL_OPERATORS:
        return False
    if tokens[at - 1].kind in ("quoted", "tag", "close") or tokens[at + 1].kind in ("quoted", "open"):
        return True
    after = next((token.kind for token in tokens[at:] if token.kind != "word"), "")
    return word != "and" and tokens[at - 1].kind == "word" and after != "tag"


def parse_query(text: str) -> Node:
    """The tree of a query in PubMed's syntax, an input method's signs included.

    Raises ``QueryError`` where PubMed would not do as written. Codes: ``query_empty``, ``query_unreadable``,
    ``query_parenthesis``, ``query_operator``, ``query_tag``, ``query_wildcard``, ``query_depth``. The value
    ``at`` counts the characters as typed, from 1.

    >>> parse_query('"hair loss"[tiab] AND minoxid*[ti]')
    And(parts=(SearchTerm(text='hair loss', field='tiab', phrase=True, wildcard=False, proximity=None), \
SearchTerm(text='minoxid', field='ti', phrase=False, wildcard=True, proximity=None)))
    """
    tokens = _split_tokens(text)
    if not tokens:
        raise QueryError("query_empty")
    reader = _Reader(tokens)
    tree = reader.read_expression(0)
    if reader.peek() is not None:
        raise QueryError("query_parenthesis", at=reader.position)
    return tree


def list_terms(node: Node) -> tuple[SearchTerm, ...]:
    """Every term that a tree searches for, in order; what NOT drops is left out.

    >>> [term.text for term in list_terms(parse_query("(a OR b) NOT c"))]
    ['a', 'b']
    """
    if isinstance(node, SearchTerm):
        return (node,)
    if isinstance(node, Not):
        return list_terms(node.kept)
    return tuple(term for part in node.parts for term in list_terms(part))


def _split_tokens(typed: str) -> list[_Token]:
    seen = list_seen(typed)
    text = "".join(sign for _, sign in seen)
    tokens: list[_Token] = []
    position = 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            unread = position + len(text[position:]) - len(text[position:].lstrip())
            raise QueryError("query_unreadable", at=seen[unread][0] + 1)
        group = match.lastgroup
        word = match.group(group)
        kind = "operator" if group == "word" and word in ("AND", "OR", "NOT") else group
        # Quotes and brackets may hold nothing, at the very end too.
        tokens.append(_Token(kind, word, seen[min(match.start(group), len(seen) - 1)][0] + 1))
        position = match.end()
    return tokens


class _Reader:
    """Reads tokens from left to right; one method for each thing the grammar knows."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0

    @property
    def position(self) -> int:
        token = self.peek()
        return token.at if token else self._tokens[-1].at

    def peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def read_expression(self, depth: int) -> Node:
        if depth > DEEPEST_NESTING:
            raise QueryError("query_depth", at=self.position)
        tree = self._read_operand(depth)
        switches = 0
        while (token := self.peek()) is not None and token.kind != "close":
            operator = "AND"
            if token.kind == "operator":
                operator = token.text
                self._next += 1
                following = self.peek()
                # PubMed reads "a AND NOT b" as "a NOT b".
                if (
                    operator == "AND"
                    and following
                    and (following.kind, following.text) == ("operator", "NOT")
                ):
                    operator = "NOT"
                    self._next += 1
            joined = _join(operator, tree, self._read_operand(depth))
            switches += isinstance(joined, Not) or any(part is tree for part in joined.parts)
            if depth + switches > DEEPEST_NESTING:
                raise QueryError("query_depth", at=self.position)
            tree = joined
        return tree

    def _read_operand(self, depth: int) -> Node:
        token = self.peek()
        if token is None or token.kind in ("operator", "close"):
            code = "query_parenthesis" if token and token.kind == "close" else "query_operator"
            raise QueryError(code, at=self.position)
        if token.kind == "tag":
            raise QueryError("query_tag", tag=token.text, at=token.at)
        if token.kind == "open":
            return self._read_group(token, depth)
        self._next += 1
        if token.kind == "quoted":
            return _build_term(token.text, self._read_tag(), quoted=True, at=token.at)
        return self._read_words(token)

    def _read_group(self, opening: _Token, depth: int) -> Node:
        self._next += 1
        tree = self.read_expression(depth + 1)
        closing = self.peek()
        if closing is None:
            raise QueryError("query_parenthesis", at=opening.at)
        self._next += 1
        return tree

    def _read_words(self, first: _Token) -> Node:
        words = [first]
        while (token := self.peek()) is not None and token.kind == "word":
            words.append(token)
            self._next += 1
        tag = self._read_tag()
        if tag is not None:
            return _build_term(" ".join(word.text for word in words), tag, quoted=False, at=first.at)
        terms = [_build_term(word.text, None, quoted=False, at=word.at) for word in words]
        return terms[0] if len(terms) == 1 else And(tuple(terms))

    def _read_tag(self) -> _Token | None:
        token = self.peek()
        if token is None or token.kind != "tag":
            return None
        self._next += 1
        return token


def _build_term(text: str, tag: _Token | None, quoted: bool, at: int) -> SearchTerm:
    words = " ".join(text.split())
    wildcard = words.endswith("*")
    stem = words[:-1] if wildcard else words
    if not stem:
        raise QueryError("query_wildcard" if wildcard else "query_empty", word=words, at=at)
    if "*" in stem or (wildcard and len(stem.split()[-1]) < SHORTEST_STEM and " " not in stem):
        raise QueryError("query_wildcard", word=words, at=at)
    field, proximity = _read_tag(tag)
    phrase = (quoted or " " in stem) and proximity is None
    return SearchTerm(stem, field, phrase, wildcard, proximity)


def _read_tag(tag: _Token | None) -> tuple[str, int | None]:
    if tag is None:
        return "", None
    if (field := read_field(tag.text)) is None:
        raise QueryError("query_tag", tag=tag.text, at=tag.at)
    return field


def _join(operator: str, left: Node, right: Node) -> And | Or | Not:
    if operator == "NOT":
        return Not(left, right)
    kind = And if operator == "AND" else Or
    return kind((*(left.parts if isinstance(left, kind) else (left,)), right))

"""PubMed through NCBI's E-utilities: ESearch for a query, EFetch for records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from claims.errors import QueryError, SourceError
from claims.network import find_way_out
from claims.pubmed.answers import parse_fetch_answer, parse_search_answer
from claims.pubmed.entrez import Entrez, Limits, Unwatched
from claims.records.citation import Citation, Pmid
from claims.records.retrieval import FetchedPart, Loss, SourceAnswer, UnreadableRecord
from claims.search.ports import Clock, RequestBudget, RequestWatch, SourceProfile
from claims.search.rate_limit import SystemClock, share_budget

NCBI_URL = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
LARGEST_LIMIT = 9_999
# NCBI's requests a second without a key and with one (E-utilities Help, NBK25497).
KEYLESS_PER_SECOND, KEYED_PER_SECOND = 3, 10
# ESearch wants both ends of a range of dates.
_YEARS_AHEAD = 100
PUBMED = SourceProfile("pubmed", "PubMed", "NCBI E-utilities, ESearch", fetch_batch=200)


class PubMed:
    """A ``RemoteSource`` that asks NCBI, or whoever answers like it under ``base_url``.

    One object may be used by several threads. Without a ``budget`` of its own it shares its process's.
    Certificates and proxy are the environment's; raises ``SettingsError`` where it names unusable ones.
    """

    profile = PUBMED

    def __init__(
        self,
        base_url: str = NCBI_URL,
        *,
        tool: str,
        email: str,
        api_key: str = "",
        budget: RequestBudget | None = None,
        clock: Clock | None = None,
        limits: Limits | None = None,
        watch: RequestWatch | None = None,
    ) -> None:
        self.per_second = rate_of(api_key)
        self._entrez = Entrez(
            base_url,
            tool,
            email,
            api_key,
            budget=budget or share_budget(api_key, self.per_second),
            clock=clock or SystemClock(),
            way_out=find_way_out(base_url),
            limits=limits or Limits(),
            watch=watch or Unwatched(),
        )

    def search(self, query: str, limit: int) -> SourceAnswer:
        """The best ``limit`` PMIDs by NCBI's relevance, of at most 9,999, with count, translation, warnings.

        A list that is shorter than its count, or repeats numbers, is asked for once more, then told.
        Raises ``SourceError`` when there was no answer, ``QueryError`` (``query_empty``) for a blank query.
        """
        return self._search(query, limit, {})

    def search_since(self, query: str, limit: int, since: date) -> SourceAnswer:
        """The same among the records that PubMed made on that day or later, whenever they were published.

        The Entrez date would not do: PubMed gives a record that comes a year after its paper the day of that.
        """
        until = f"{since.year + _YEARS_AHEAD}"
        dates = {"datetype": "crdt", "mindate": f"{since:%Y/%m/%d}", "maxdate": until}
        return self._search(query, limit, dates)

    def _search(self, query: str, limit: int, dates: Mapping[str, str]) -> SourceAnswer:
        if not query.strip():
            raise QueryError("query_empty")
        parameters = {
            "db": "pubmed",
            "term": query,
            "retmax": str(max(0, min(limit, LARGEST_LIMIT))),
            "sort": "relevance",
            "retmode": "xml",
            **dates,
        }
        read = partial(_read_list, limit=limit)
        answer = self._entrez.ask("esearch", parameters, read)
        return answer if answer.is_whole else self._entrez.ask("esearch", parameters, read)

    def fetch(self, pmids: Sequence[Pmid]) -> dict[Pmid, FetchedPart]:
        """The records by the PMID that was asked for, 200 in a request; what NLM does not send is absent.

        A number that became another brings the record under its new number. Raises ``SourceError`` when
        there was no answer. An answer too large is asked for in halves; one record too large is unreadable.
        """
        wanted = list(dict.fromkeys(pmids))
        found: dict[Pmid, FetchedPart] = {}
        for start in range(0, len(wanted), PUBMED.fetch_batch):
            found |= self._fetch_batch(wanted[start : start + PUBMED.fetch_batch])
        return {pmid: found[pmid] for pmid in wanted if pmid in found}

    def _fetch_batch(self, pmids: list[Pmid]) -> dict[Pmid, FetchedPart]:
        parameters = {"db": "pubmed", "id": ",".join(pmids), "retmode": "xml"}
        try:
            sent = self._entrez.ask("efetch", parameters, parse_fetch_answer)
            found = _by_number_asked(pmids, sent)
            missing = [pmid for pmid in pmids if pmid not in found]
            if len(missing) > 1 and _list_unasked(pmids, sent):
                # Which of them came under another number is not said: each is asked for by itself.
                for pmid in missing:
                    found |= self._fetch_batch([pmid])
            return found
        except SourceError as error:
            if error.code != "source_too_large":
                raise
            if len(pmids) == 1:
                return {pmids[0]: UnreadableRecord(pmids[0], error.code)}
        middle = len(pmids) // 2
        return self._fetch_batch(pmids[:middle]) | self._fetch_batch(pmids[middle:])


def rate_of(api_key: str) -> int:
    """The requests a second that NCBI allows with this key ("": without one)."""
    return KEYED_PER_SECOND if api_key else KEYLESS_PER_SECOND


def _read_list(body: bytes, limit: int) -> SourceAnswer:
    """ESearch's answer; ``IdsMissing`` warns that it lists fewer numbers than it counted and was asked for.

    Raises ``SourceError`` (``source_ids_missing``) where it counts records and lists none.
    """
    answer = parse_search_answer(body)
    pmids = answer.pmids[:limit]
    owed = max(0, min(answer.count, limit, LARGEST_LIMIT) - len(pmids))
    if owed and not pmids:
        raise SourceError("source_ids_missing", count=answer.count)
    told = (f"{Loss.IDS_MISSING.value}: {owed} of {len(pmids) + owed}",) if owed else ()
    return SourceAnswer(pmids, answer.count, answer.translation, (*answer.warnings, *told))


def _list_unasked(pmids: list[Pmid], sent: dict[Pmid, FetchedPart]) -> list[Pmid]:
    return [pmid for pmid, part in sent.items() if pmid not in pmids and isinstance(part, Citation)]


def _by_number_asked(pmids: list[Pmid], sent: dict[Pmid, FetchedPart]) -> dict[Pmid, FetchedPart]:
    """The records that were asked for. One missing and one unasked for are the same under a new number."""
    found = {pmid: sent[pmid] for pmid in pmids if pmid in sent}
    missing = [pmid for pmid in pmids if pmid not in sent]
    unasked = _list_unasked(pmids, sent)
    if len(missing) == len(unasked) == 1:
        found[missing[0]] = sent[unasked[0]]
    return found

"""From a claim to queries, and from queries to records, whichever evidence source is asked."""

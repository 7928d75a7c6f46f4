"""Where evidence comes from: PubMed through E-utilities, or a local library of NLM's files."""

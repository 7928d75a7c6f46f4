"""The evidence source PubMed, through NCBI's E-utilities."""

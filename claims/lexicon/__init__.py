"""From a term of the article to English and MeSH."""

"""What PubMed sends (XML, NBIB) becomes citations; pure, without a network."""

"""What a record is worth for a claim: design, species, level, retraction and quotation."""

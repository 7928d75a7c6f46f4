"""Everything that writes a table the product ships: corpora, fitting, and the figures that judge it."""

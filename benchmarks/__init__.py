"""One script a figure: each prints a row and says what it was measured against."""

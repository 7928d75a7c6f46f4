"""The work of people: bringing articles in, searching, grading, reporting."""

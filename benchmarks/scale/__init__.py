"""Growth: a million claims, fifty reviewers, millions of records. Hours: `make bench` leaves it out."""

"""One repository a subject: records in, records out, a fixed number of queries for each call."""

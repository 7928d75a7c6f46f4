"""What people do, one verb family a file; rules of grading are enforced here, not on a page."""

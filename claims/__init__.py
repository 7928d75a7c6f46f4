"""What an article, a claim, a citation and an assessment are, and how one leads to the next.

No database, no screen, no settings: typed values in, typed values or typed errors out.
"""

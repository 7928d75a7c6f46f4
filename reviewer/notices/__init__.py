"""Notices that leave the house: the mails, and the link by which somebody wants no more of them."""

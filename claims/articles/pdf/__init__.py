"""From a PDF to canonical text."""

from claims.articles.pdf.pdf_file import read_pdf_file

__all__ = ["read_pdf_file"]

"""Reads the HTML that arXiv makes of a paper by LaTeXML."""

"""A paper's full text: from arXiv's HTML, then from the PDF, then from the abstract.

Imports nothing, because the process that reads a file needs neither the network nor an event loop.
"""

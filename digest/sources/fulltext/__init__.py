"""A paper's full text: from arXiv's HTML, then from the PDF, then from the abstract."""

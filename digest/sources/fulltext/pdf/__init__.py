"""Reads a PDF as a paper, in a process of its own; everything but file, worker and reader is pure."""

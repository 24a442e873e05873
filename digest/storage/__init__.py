"""Keeps papers and announcements in one SQLite file. The only place that holds SQL about papers."""

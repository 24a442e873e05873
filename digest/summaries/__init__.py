"""Who writes briefs: one module per way to do it, each a `digest.writers.Summarizer`."""

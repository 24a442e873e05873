"""Who takes notes of whole papers: a chain of models, or sentences of the paper."""

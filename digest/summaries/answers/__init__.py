"""Who answers questions about papers: a chain of models, or the sentences nearest to the question."""

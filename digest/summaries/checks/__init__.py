"""The rules that what a model wrote is held to, a module a subject; `digest.summaries.check` applies them."""

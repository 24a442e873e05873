"""Documents for files and screens: terminal, Markdown, HTML. Each escapes whatever its medium obeys."""

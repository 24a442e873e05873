"""What each chat command does, on no platform in particular; a module a subject, gathered in `registry`."""

"""Discord, through discord.py; a module a task, tied together in `platform`."""

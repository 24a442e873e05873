"""Telegram, through python-telegram-bot; a module a task, tied together in `platform`."""

import sys

# The library imports httpx, and that a command line of its own with rich and pygments, where they are there:
# four megabytes for what nobody calls. httpx does without it when it can't be imported.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # how Python says that it can't be

"""Telegram, through python-telegram-bot; a module a task, tied together in `platform`."""

"""Telegram on loopback: a Bot API server that refuses what Telegram refuses, and shows what each chat shows."""

from .faults import Fault, Limits, flood
from .people import InlineQuery, Press
from .refusals import Refused
from .server import Call, TelegramServer
from .world import Chat, Shown, Topic, User

__all__ = [
    "Call",
    "Chat",
    "Fault",
    "InlineQuery",
    "Limits",
    "Press",
    "Refused",
    "Shown",
    "TelegramServer",
    "Topic",
    "User",
    "flood",
]

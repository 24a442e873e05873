"""Telegram on loopback: a Bot API that refuses what Telegram refuses, and shows each chat."""

from .faults import Fault, Limits, flood
from .front import Call
from .people import InlineQuery, Press
from .refusals import Refused
from .server import TelegramServer
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

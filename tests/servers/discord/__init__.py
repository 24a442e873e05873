"""Discord on loopback: REST and a gateway that refuse what Discord refuses, and show each channel."""

from . import faults
from .faults import Fault, banned, flood
from .interactions import Interaction
from .limits import Limits
from .messages import Shown
from .permissions import Allow
from .refusals import Refusal, Refused
from .request import Call
from .server import DiscordServer
from .sessions import Intents
from .world import Channel, Guild, Role, User

__all__ = [
    "Allow",
    "Call",
    "Channel",
    "DiscordServer",
    "Fault",
    "Guild",
    "Intents",
    "Interaction",
    "Limits",
    "Refusal",
    "Refused",
    "Role",
    "Shown",
    "User",
    "banned",
    "faults",
    "flood",
]

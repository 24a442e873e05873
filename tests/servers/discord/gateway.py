"""The gateway: all connections and sessions, what they are told, and what goes wrong with them on command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from .cards import guild_event, member_card
from .connection import INVALID, RECONNECT, Connection
from .sessions import Intents, Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from .world import Guild, World

Json = dict[str, Any]


class Gateway:
    """What speaks over websockets.

    Attributes:
        heartbeat: Seconds between the beats that clients are asked for.
        privileged: The privileged intents that the bot was given in the developer portal.
        deaf: Heartbeats aren't acknowledged.
        mute: Nothing is sent on any connection, as when a line is dead.
        refuse_sessions: How many of the next identifies are answered with an invalid session.
        refuse_connections: How many of the next connections get HTTP 503; None for all.
        heard: All that clients said, as (opcode, data).
    """

    def __init__(self, world: World, token: str, notify: Callable[[], None]) -> None:
        self.world, self.token, self.notify = world, token, notify
        self.heartbeat = 41.25
        self.privileged = Intents.NONE
        self.deaf = self.mute = False
        self.refuse_sessions = 0
        self.refuse_connections: int | None = 0
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self.heard: list[tuple[int, Any]] = []
        self.url = ""
        self.identified = 0

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Take one connection and keep it until it ends."""
        if self.refuse_connections != 0:
            if self.refuse_connections is not None:
                self.refuse_connections -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse(compress=False, timeout=1.0, max_msg_size=4096)
        await socket.prepare(request)
        connection = Connection(self, socket, dict(request.query), request.transport)
        self.connections.append(connection)
        self.notify()
        await connection.serve()
        return socket

    def ended(self, connection: Connection) -> None:
        """Forget a connection."""
        self.connections.remove(connection)
        self.notify()

    def open(self, session: Session) -> Session:
        """Take in a session; an older one of the same shard that nobody resumed goes."""
        for other in list(self.sessions.values()):
            if other.shard == session.shard and other.connection is None:
                self.forget(other)
        self.sessions[session.id] = session
        self.identified += 1
        return session

    def forget(self, session: Session) -> None:
        """Let a session be unknown from now on."""
        self.sessions.pop(session.id, None)

    @property
    def live(self) -> list[Session]:
        """Sessions that are connected."""
        return [session for session in self.sessions.values() if session.connection is not None]

    def ready(self, session: Session, user: Json) -> None:
        """Say who the bot is, then tell of its servers one by one."""
        guilds = [
            guild
            for guild in self.world.guilds.values()
            if self.world.has_bot(guild) and session.has(guild.id)
        ]
        application = {"id": str(self.world.bot.id), "flags": 0}
        session.tell(
            "READY",
            {
                "v": 10,
                "user": user | {"verified": True, "mfa_enabled": False, "email": None},
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "resume_gateway_url": self.url,
                "shard": [session.shard, session.shards],
                "application": application,
                "private_channels": [],
                "relationships": [],
                "_trace": ["[]"],
            },
        )
        if session.intents & Intents.GUILDS:
            for guild in guilds:
                if not guild.unavailable:
                    session.tell("GUILD_CREATE", self.guild_event(session, guild))

    def guild_event(self, session: Session, guild: Guild) -> Json:
        """A server as this session may know it."""
        return guild_event(guild, self.world, members=bool(session.intents & Intents.GUILD_MEMBERS))

    def tell(
        self,
        event: str,
        data: Json,
        *,
        guild: Guild | None,
        intent: Intents = Intents.NONE,
        blank: Json | None = None,
    ) -> None:
        """Tell the shard of a server (None: of direct messages) of an event, if it wants to hear such.

        Args:
            event: Its name.
            data: What it says.
            guild: The server it's of.
            intent: What a session must have asked for.
            blank: What it says to sessions that may not read messages.
        """
        for session in self.sessions.values():
            if session.has(guild.id if guild else None) and (not intent or session.intents & intent):
                hidden = blank is not None and not session.intents & Intents.MESSAGE_CONTENT
                session.tell(event, blank if hidden and blank is not None else data)

    def tell_guild(self, guild: Guild, *, joined: bool) -> None:
        """Tell of a server that the bot joined, or that is back: only then it says that it's available."""
        for session in self.sessions.values():
            if session.has(guild.id) and session.intents & Intents.GUILDS:
                told = self.guild_event(session, guild)
                if joined:
                    del told["unavailable"]
                session.tell("GUILD_CREATE", told)

    def tell_members(self, session: Session, asked: Json) -> None:
        """Answer a request for members: those with such a name, or ids; all only with the intent."""
        guild = self.world.guilds[int(asked["guild_id"])]
        ids = asked.get("user_ids") or []
        wanted = {str(number) for number in (ids if isinstance(ids, list) else [ids])}
        query = (asked.get("query") or "").lower()
        may_all = session.intents & Intents.GUILD_MEMBERS
        found = [
            member_card(member)
            for member in guild.members.values()
            if str(member.user.id) in wanted
            or (not wanted and (may_all or query) and member.user.name.lower().startswith(query))
        ]
        chunk: Json = {"guild_id": str(guild.id), "members": found, "chunk_index": 0, "chunk_count": 1}
        if "nonce" in asked:
            chunk["nonce"] = asked["nonce"]
        session.tell("GUILD_MEMBERS_CHUNK", chunk)

    def drop(self) -> None:
        """Cut all lines without a word; sessions can be resumed."""
        for connection in list(self.connections):
            connection.drop()

    def close(self, code: int, reason: str = "") -> None:
        """Close all connections with a code."""
        for connection in list(self.connections):
            connection.close(code, reason)

    def reconnect(self) -> None:
        """Ask all to connect anew and resume (opcode 7)."""
        for connection in list(self.connections):
            connection.op(RECONNECT)

    def invalidate(self, *, resumable: bool) -> None:
        """Say that sessions are invalid (opcode 9); only resumable ones are still known afterwards."""
        for session in self.live:
            if session.connection is not None:
                session.connection.op(INVALID, resumable)
            if not resumable:
                session.connection = None
                self.forget(session)

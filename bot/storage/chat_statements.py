"""What is asked of the table of chats that takes more than a line, as SQL. Knows no values."""

from __future__ import annotations

from bot.storage.chat_rows import NEVER

# As the index has it; SQLite uses a partial index only for its own words.
AWAKE = "(state = 'active' OR until IS NOT NULL)"

# One look into the index for each serial that chats were told of, instead of one for each chat: those that
# were told everything are passed over together, and so are those whose window is closed.
DUE = f"""
    WITH RECURSIVE waiting (told) AS (
        SELECT min(told) FROM chats WHERE {AWAKE}
        UNION ALL
        SELECT (SELECT min(chats.told) FROM chats WHERE chats.told > waiting.told AND {AWAKE})
        FROM waiting WHERE waiting.told < :newest
    )
    SELECT chats.number FROM waiting CROSS JOIN chats ON chats.told = waiting.told
    WHERE waiting.told < :newest AND chats.due_at <= :now AND {AWAKE}
    LIMIT :limit
"""  # noqa: S608 - a constant
BELOW = """
    WITH RECURSIVE tree (number) AS (
        SELECT :number UNION SELECT chats.number FROM chats JOIN tree ON chats.parent = tree.number
    )
    SELECT number FROM tree
"""
LOST = f"SELECT number FROM chats WHERE number IN ({BELOW}) AND state = 'unreachable'"  # noqa: S608 - a constant
LOST_WITH = f"{LOST} AND since = (SELECT since FROM chats WHERE number = :number)"  # noqa: S608 - a constant
DUE_FROM = f"""
    UPDATE chats SET due_at = CASE
        WHEN EXISTS (SELECT 1 FROM subscriptions WHERE subscriptions.chat = chats.number) THEN :at
        ELSE '{NEVER}' END
    WHERE number = :number
"""  # noqa: S608 - a constant
# In the order of the numbers, which + tells SQLite: by another index all would be sorted for each few.
READING = """
    FROM chats WHERE (+state = 'active' OR (+state = 'paused' AND until <= :now)) AND number > :after
      AND +platform IN (SELECT value FROM json_each(:platforms))
      AND EXISTS (SELECT 1 FROM subscriptions WHERE subscriptions.chat = chats.number)
"""
NEWEST = "(SELECT coalesce(max(serial), 0) FROM listings)"


ADD = f"""
    INSERT INTO chats (platform, chat, thread, parent, title, choices, state, told, due_at, claimed_by)
    VALUES (:platform, :chat, :thread, :parent, :title, '{{}}', 'active', {NEWEST}, :never, :by)
    ON CONFLICT (platform, chat, thread) DO UPDATE SET
        title = coalesce(nullif(excluded.title, ''), title),
        parent = coalesce(excluded.parent, parent),
        claimed_by = coalesce(nullif(claimed_by, ''), excluded.claimed_by)
    RETURNING number
"""  # noqa: S608 - a constant
SUBSCRIBE = """
    INSERT INTO subscriptions (chat, name, title, query, archives, about, preset, by, at)
    VALUES (:chat, :name, :title, :query, :archives, :about, :preset, :by, :at)
    ON CONFLICT (chat, name) DO UPDATE SET
        title = excluded.title, query = excluded.query, archives = excluded.archives,
        about = excluded.about, preset = excluded.preset, by = excluded.by, at = excluded.at
"""

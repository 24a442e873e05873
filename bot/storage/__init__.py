"""Keeps chats and the outbox in the database of papers. The only place that holds SQL about them."""

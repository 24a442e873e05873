"""People: chats, commands, platforms and the command line. Imports `digest`, never the reverse."""

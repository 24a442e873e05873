"""Chat platforms: one module or folder each, behind `bot.ports.Platform`; none knows another."""

"""The console: deliveries that ``paperround run`` prints, and a chat in the terminal."""

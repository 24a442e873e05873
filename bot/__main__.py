"""Lets ``python -m bot`` do what ``paperround`` does."""

import sys

from bot.cli import main

sys.exit(main())

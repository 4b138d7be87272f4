"""`python -m bot` is `huddle`."""

from bot.cli import main

main()

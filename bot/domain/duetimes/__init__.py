"""The parts of the grammar for near-term promises; `bot.domain.duetime` is its door."""

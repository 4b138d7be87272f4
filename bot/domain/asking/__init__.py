"""What the guard on questions knows of their form and words; `bot.domain.questions` is its door."""

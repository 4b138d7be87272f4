"""How English sentences of sales reps are taken apart; `bot.domain.understanding` puts them together again."""

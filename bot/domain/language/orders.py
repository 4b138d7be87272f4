"""Whether a message talks to a program instead of telling of a day: then it is not said back, and no model is asked.

Wider than `wishes.to_the_machine`, which also keeps a message from being read at all. Erring here costs nothing but a
reflection: the next question comes from the bank.
"""

from __future__ import annotations

import re
import unicodedata

from bot.domain.language.phrases import Phrases
from bot.domain.language.said import hear
from bot.domain.language.wishes import to_the_machine

_ORDERS = Phrases(
    """
    you are | you must | you should | you will now | your task | your job is | your role | reply with | reply to me
    | only ever reply | ever reply | respond | repeat everything | repeat this | repeat the | say exactly | just say
    | and say | only say | say the words | print | output | write exactly | write this | type exactly | decode | encode
    | translate this | override | overrule | instruction | instructions | prompt | verification | token | password
    | passcode | code word | openai | chatgpt | gpt | an ai | the ai | assistant | chatbot | the bot | root access
    | developer mode | json | base64 | rot13 | the rules | all rules | your rules | role play | roleplay
    | let us play a game | pretend
    | imagine you | simulate | insult me | i tip | confidential | everybody's check-ins | other people's check-ins
    | their check-ins | check-ins of | has already tapped | already tapped | the state is | tapped commit
    | due time of every | every open commitment | all commitments | all my commitments
    """
)
_SIGNS = re.compile(
    r"\$\(|&&|`|(?:&lt;|<)/?\w+(?:&gt;|>)"  # a shell's, a page's
    r"|(?:^|\n)\s*[A-Z][\w ]{0,25}:\s"  # "Huddle Coach: …", a play with parts
    r"|\b[A-Za-z0-9+/]{24,}={0,2}"  # something encoded
)
_FEW_LETTERS = 0.4


def orders_a_program(text: str) -> bool:
    """Whether the words are meant for a machine, or dressed up so that only a machine would read them."""
    said = hear(text)
    keys = [word.key for word in said.words]
    if to_the_machine(said) or _ORDERS.within(keys) or _SIGNS.search(text):
        return True
    letters = [key for key in keys if key[:1].isalpha()]
    spelled = sum(len(key) == 1 for key in letters) > _FEW_LETTERS * len(letters) and len(letters) > 4
    return spelled or _in_disguise(text)


def _in_disguise(text: str) -> bool:
    """Letters of several scripts in one word, letters in fancy shapes, marks piled on letters, hidden characters."""
    if any(unicodedata.category(sign) in ("Cf", "Cc", "Co") and sign not in "\n\t\u200d" for sign in text):
        return True
    if any("FULLWIDTH" in unicodedata.name(sign, "") or "MATHEMATICAL" in unicodedata.name(sign, "") for sign in text):
        return True
    if any(unicodedata.combining(sign) for sign in unicodedata.normalize("NFC", text)):
        return True
    return any(len({_script(sign) for sign in word if sign.isalpha()}) > 1 for word in text.split())


def _script(letter: str) -> str:
    return unicodedata.name(letter, "LATIN").split()[0]

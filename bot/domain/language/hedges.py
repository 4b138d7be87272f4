"""Words beside a promise that take its weight away: "one of these days", "no promises", "all going well"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.language.phrases import Phrases

# In the same clause.
_LOOSE = Phrases(
    """
    sometime this | sometime next | some time this | some time next | some time or another | one of these days
    | one of those days | at some point | at some stage | some day | someday | sooner or later
    | one day | eventually | in due course | somehow | or something | or other | in theory | in principle | ideally
    | when i get round | when i get around | when i get time | when i get a | when i get the | when i get some
    | when i have a | when i have time | when i find | when i can | whenever i get | whenever i have
    | whenever i find | whenever i can | when time permits | as and when | from now on | going forward
    | in future | in the future | more often | this week or next | subject to | if poss | if possible | hopefully
    | would hope | might | most likely | very likely | more than likely | tbd | tbc | maybe | perhaps | possibly
    | in the coming weeks | in the next few weeks
    | over the coming weeks | some time or other | if that would help | if it would help | if that helps | if needed
    | if required | if nobody else | if no one else | if you like | if you want | if need be | if necessary
    """
)
# Anywhere in the message.
_DISCLAIMERS = Phrases(
    """
    no promises | no promise | no guarantees | no guarantee | do not hold me to it | do not hold me to that
    | do not quote me | do not hold your breath | can not promise it | can not promise that | can not promise anything
    | can not promise though | can not guarantee it | can not guarantee that | can not guarantee anything
    | not promising anything | not promising it | without promising | fingers crossed | with any luck
    | with a bit of luck
    | with luck | touch wood | knock on wood | knock wood | god willing | inshallah | insha'allah | all going well
    | all being well | if all goes well | if all goes to plan | if everything goes well | if all is well
    | time permitting | weather permitting | traffic permitting | but we will see | but let us see | we will see though
    | not sure though | not 100 % sure | not 100% sure | not a hundred percent sure | not a firm | not set in stone
    | nothing definite | nothing firm | subject to change | subject to approval | no commitment though
    | in an ideal world
    | barring anything | barring surprises | assuming i | assuming we | assuming nothing | provided i | provided nothing
    | depends on | depending on | if the stars | 🤞 | :fingers_crossed: | :crossed_fingers:
    """
)
_LAST_WORDS = Phrases(
    """
    can not promise | can not guarantee | not promising | i do not know | do not know | do not know yet | no idea
    | we will see | not sure | not sure yet | who knows | not certain
    """
)


def loosened(keys: Sequence[str]) -> bool:
    """Whether a clause holds words that leave its time or its truth open."""
    return _LOOSE.within(keys)


def disclaimed(keys: Sequence[str], clauses: Sequence[Sequence[str]]) -> bool:
    """Whether a message as a whole takes its promises back: "… but don't hold me to it", "…, I don't know"."""
    if _DISCLAIMERS.within(keys):
        return True
    return len(clauses) > 1 and _ends_open(clauses[-1])


def _ends_open(keys: Sequence[str]) -> bool:
    for place in (0, 1):
        length = _LAST_WORDS.at(keys, place)
        if length and place + length == len(keys):
            return True
    return False

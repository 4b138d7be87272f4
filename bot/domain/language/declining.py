"""How people say no to an act: flatly, by an idiom, or because they are not able to."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.language.phrases import Phrases
from bot.domain.language.said import word_set
from bot.domain.language.verbs import is_gerund
from bot.domain.language.word_classes import ADVERBS

# What stands where a promise would have its verb: "I'll sit this one out", "we have to pass on this".
_DECLINING = Phrases(
    """
    keep today free | keep the day free | keep my day free | keep it free | keep that free | decline | pass on
    | pass | respectfully decline | politely decline | opt out | bow out | back out | duck out
    | step out of this
    | step back from | stand down | sit this out | sit this one out | sit that one out | sit it out | sit out
    | skip this | skip that | skip it | skip today | skip the | give it a miss | give this a miss | give that a miss
    | give this one a miss | give it a rest | leave it so | leave it for today | leave it today | leave it for now
    | leave it out | leave that for now | leave this for now | leave it be | leave that one | leave this one
    | leave me out | count me out | say no | have to say no | turn it down | turn this down | turn that down
    | turn down | refuse | abstain | stay out of | keep out of | draw the line | drop it | drop this | drop that
    | scrap it | scrap that | forget it | forget about it | take it back | take that back | pull out
    | leave that to someone | leave that to somebody | leave it to someone | leave it to somebody
    | leave this to someone
    | leave that to others | leave it to others | leave that to the others | call it a day | walk away from this | not
    """
)
# Whole sayings, at the beginning of a clause.
_SAYINGS = Phrases(
    """
    there will not be any action | there will not be any commitment | there will not be a commitment
    | there is no way i | there is no way we | no way i am | no way i will | i am out of this | let us stop
    | neither of them
    | nothing i want | nothing i would | not worth it | hard pass | count me out | leave me out | nothing from me
    | none from me | not from me | nothing doing | not for me
    | not my thing | not my job | not my cup of tea | not on your life | over my dead body | no chance | no way
    | no can do | thanks but no thanks | thank you but no | it is a no | that is a no | that is a no from me
    | it is a no from me | a no from me | no from me | no deal | not a chance | forget it | never mind | no commitment
    | no commitments | no promise today | nothing to commit | nothing today | nothing for today | none today
    | nothing this morning | nothing this afternoon | nothing tomorrow | not today | not now | not this week
    | not this time | not this morning | not this afternoon | not right now | not at the moment | not interested
    | regret i can not | regret we can not | afraid not | i am afraid not | do not bother | do not ask me
    | do not count on me | do not count me in | can we skip | could we skip | can i skip | could i skip | may i skip
    | let us skip | let us not | let us drop | let us leave it | let us forget | can we drop | can we leave it
    | can i pass | could i pass | can we not | could we not | can i not | mind if i skip | mind if i pass
    | mind if we skip | ok if i skip | ok if i pass | is it ok to skip | pause until | pause for | take a raincheck
    | that is not possible | that is not happening | that will not happen | not happening
    | not going to happen | nothing to commit | rain check | raincheck | zero from me | not anymore | not any more
    | changed my mind
    | i have changed my mind | i changed my mind | do not save | on second thoughts no | on second thought no
    | can we do this another | can we do it another | can i do this another | can we stop here | can we stop there
    | could we stop | another time | another day | i refuse | no more questions | not in the mood | none of that
    | none of it | nothing more to say | enough
    """
)
_DROPPING = word_set("off by in over round at to into down")
_UNWILLING = word_set("comfortable willing prepared keen interested up happy inclined ready allowed supposed bothered")
_FLAT = Phrases(
    """
    am not going to be able to | are not going to be able to | not going to be able to | do not want go
    | do not want come | do not want do
    | will not | shall not | am not going to | are not going to | not going to | do not want to | do not plan to
    | do not intend to | do not think i will | do not think we will | do not think i can | do not think we can
    | would rather not | rather not | would prefer not to | prefer not to | am never going to | will never
    | would not | better not | will not be able to | am not able to | am unable to | unable to | are unable to
    | are not able to | are not in a position to
    | am not in a position to | are not prepared to | are not willing to | are not planning to | am not planning to
    | do not feel like | do not see us | do not see myself
    | do not fancy | do not wish to | am not prepared to | am not willing to
    | am not about to | refuse to | would rather someone | would rather somebody | would rather you
    | do not think i should
    | do not think we should | do not think so | have no intention of | have no plans to | decided not to
    | have decided not to
    | decided against | have decided against
    """
)
_UNABLE = Phrases(
    """
    can not | can not really | can not possibly | can not even | do not have capacity | do not have the capacity
    | do not have any capacity
    | do not have the bandwidth | do not have bandwidth | do not have time for | do not have time to
    | do not have the time to | have no time to | have no time for | have no capacity | have no bandwidth
    """
)
# "I won't lie", "I won't be long", "we won't know until Friday": tells something, declines nothing.
_TOLD = word_set(
    """
    lie be have know need see forget let miss bore mind say pretend happen work hurt want last cost happens hear
    understand believe worry like
    """
)
# "I can't get past the gatekeeper", "can't find his number": what stands in the way.
_IN_THE_WAY = word_set(
    """
    get reach find access log see open seem close figure understand believe wait complain say tell remember think
    stand afford hear imagine stop keep sleep read use recall connect download decide guarantee win compete convince
    help-it even quite really always be have
    """
)
_NOT_DOING_WELL = word_set(
    """
    getting reaching seeing hearing having feeling making working closing sleeping winning hitting finding being going
    saying complaining thinking looking connecting converting
    """
)


def _ing(key: str) -> bool:
    return is_gerund(key) or (key.endswith("ing") and len(key) > 5 and key not in ("during", "morning", "evening"))


def saying(keys: Sequence[str], place: int) -> bool:
    """Whether the clause opens with a saying that declines: "hard pass from me", "not for me, thanks"."""
    return _SAYINGS.at(keys, place) > 0


def declining(keys: Sequence[str], place: int) -> bool:
    """Whether the verb at `place` declines: "pass on this one", "decline the invitation"."""
    length = _DECLINING.at(keys, place)
    rest = keys[place + length : place + length + 1]
    if keys[place] == "drop" and rest and rest[0] in _DROPPING:
        return False
    if keys[place] == "skip" and length < 2:
        return place + 1 >= len(keys) or keys[place + 1] in ("today", "this", "that", "it", "please", "for", "again")
    if length == 1 and keys[place] == "pass":
        return not rest or rest[0] in ("today", "this", "for", ",", "thanks", "then", "again")
    if keys[place : place + 2] in (("pass", "on"), ["pass", "on"]):
        return not rest or rest[0] in ("this", "that", "it", "today", "these")
    if keys[place : place + 2] in (("skip", "the"), ["skip", "the"]):
        return rest[:1] in (("commitment",), ["commitment"], ("action",), ["action"], ("question",), ["question"])
    return length > 0


def refuses(keys: Sequence[str], place: int) -> bool:
    """Whether a negated chain that begins at `place` flatly declines: "won't be submitting a bid"."""
    if length := _FLAT.at(keys, place):
        after = _past_adverbs(keys, place + length)
        hindered = "able" in keys[place + length - 2 : place + length] or keys[place + length - 2] == "unable"
        return not (_told(keys, after) or (hindered and after < len(keys) and keys[after] in _IN_THE_WAY))
    if keys[place : place + 1] and keys[place] in ("am", "are"):
        place += 1
    if place < len(keys) and keys[place] == "not":
        after = _past_adverbs(keys, place + 1)
        if after < len(keys):
            into = tuple(keys[after : after + 2]) == ("going", "into")
            return (
                into
                or keys[after] in _UNWILLING
                or (_ing(keys[after]) and after + 1 < len(keys) and keys[after] not in _NOT_DOING_WELL)
            )
    return False


def unable(keys: Sequence[str], place: int) -> bool:
    """Whether a "can't" declines an act, rather than telling what stands in the way."""
    if not (length := _UNABLE.at(keys, place)):
        return False
    after = _past_adverbs(keys, place + length)
    if after >= len(keys):
        return True
    pair = tuple(keys[after : after + 2])
    return keys[after] not in _IN_THE_WAY or pair in (
        ("get", "to"),
        ("say", "more"),
        ("say", "exactly"),
        ("be", "more"),
        ("be", "there"),
        ("be", "exact"),
    )


def _told(keys: Sequence[str], place: int) -> bool:
    if keys[place : place + 1] and keys[place] == "be":
        return not (place + 1 < len(keys) and (is_gerund(keys[place + 1]) or keys[place + 1].endswith("ing")))
    return place < len(keys) and keys[place] in _TOLD


def _past_adverbs(keys: Sequence[str], place: int) -> int:
    while place < len(keys) and keys[place] in ADVERBS:
        place += 1
    return place

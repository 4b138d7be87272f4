"""What may follow "I'll" or "I'm going to" and is no act that somebody could check, or one only with a time."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.language.phrases import Phrases
from bot.domain.language.said import word_set
from bot.domain.language.verbs import as_base
from bot.domain.language.word_classes import ADVERBS, DETERMINERS, PREPOSITIONS, TIME_ALONE

# Done by saying it, felt, guessed, or nobody's business: "I'll be honest", "I'll miss you", "going to the gym".
_TELLING = Phrases(
    """
    say | admit | confess | bet | guess | assume | presume | suppose | imagine | believe | know | hope | wish | mean
    | miss | love | like | hate | enjoy | regret | cry | scream | die | laugh | explode | vomit | freak out
    | lose my mind | lose it | go mad | go crazy | go insane | need | want | feel | remember this | remember that
    | remember you | never forget | forget | depend | depends | sleep | survive | manage | cope | starve | wait
    | hold on | hang on | see you | see u | see ya | see them there | catch you | talk to you later
    | speak to you later
    | talk later | speak later | talk soon | speak soon | be honest | be clear | be frank | be blunt | be brief
    | be quick | be fine | be ok | be okay | be late | give you that | grant you that | leave you to it
    | leave it there
    | leave it at that | leave it here | let you go | stop there | stop here | stop talking | shut up | repeat myself
    | share my screen | share screen | share the screen | share my desktop | stop sharing | mute myself | mute you
    | introduce myself | introduce ourselves | explain myself | start by saying | begin by saying | start with a
    | go first | go next | go back to that | go back to the previous | jump in here | move on | move on to
    | hand over to | hand you over | pass you to
    | take that as | take it as | take your word | take my chances | take it you | take it that | win | lose | be the
    | play the customer | play the agent | play the client | play the buyer | play the prospect | pretend
    | look forward | looking forward | let me know | find out soon | find out tomorrow | hear
    | pick up the kids | pick the kids | pick up my kids | pick up my daughter | pick up my son | collect my kids
    | collect the kids | go home | get home | be home | drive home | head home | heading home | going home
    | leave early
    | leave at | leave by | leave in | leave now | leave around | leave the office | go to the doctor | see the doctor
    | see my doctor | go to the dentist | see the dentist | go to the gym | gym | hit the gym | go for a run
    | go for a walk | go for a swim | go for a beer | walk the dog | go on holiday | go on vacation | go on leave
    | take the day off | take tomorrow off | take monday off | take friday off | take a day off | go to bed
    | go to sleep
    | watch the | watch a film | watch tv | eat | cook | grab a coffee | grab coffee | grab lunch | grab a bite
    | check my calendar | check my diary | check my schedule | check my agenda | look at my calendar
    | work from home | working from home | wfh | work remotely | travel | be there for you | get married
    | see attached | see below | see above | see the attached | see a | see an | see some | see more | see less
    | see u at
    | find attached | find enclosed | find below | find the attached | note that | be advised | be informed | be aware
    | refer to the | accept my | accept our | click here | unsubscribe | take care | keep up the good work | pray
    | tell you what | tell you this | tell you how | tell you why | give you an example | give you an idea
    | give an example
    | give you a hint | start with the | start with that | talk about the | talk about our | talk about my
    | talk you through | leave that to | leave it to | leave this to | pull that up | pull it up | bring that up
    | bring it up here
    | put it this way | put it like this | put it differently | finish | stop you | interrupt you | jump in
    | run late | work late | work from the | stay in tonight | stay home | have drinks | go out | rest | relax | chill
    | get some rest | get some sleep | lie down | calm down | join late | dial in late | show you here | show you ,
    | go with that | stick with that | agree | disagree | second that | echo that | add that | add one thing
    | rephrase | reiterate | clarify that | skip ahead | be back | be afk | be away | be off | be out | be offline
    | be online
    | be around | be free | be available | be busy | be delighted | be happy | be glad | be interested | be surprised
    | thank everyone | thank you all | welcome you | welcome everyone | drink to that | see your screen | run , bye
    | close the meeting | wrap up the meeting | count me in | stick my name on it | put my name on it
    | put me down for it | come hell
    | leave that with you | leave it with you | leave this with you | leave it to you | leave that to you
    | let you decide
    | let you get on | let you get back | let you be | turn it over to | turn over to | come back to that
    | come to that | come to this | come to it in a
    | close the door | close the window | open the window | open the door | get the door | turn on the | turn off the
    | get to that
    | get to this | write to ask | write to inform | write to let | write to confirm | write to follow | write about
    | write regarding | write in | write with regard | call about your | call regarding your | email about
    | email regarding | email to ask | email to let | check if you | check whether you | check you got
    | follow up on my | follow up on the below | reach out because | reach out to you | get well | drive safe
    | drive safely | travel safe | stay safe | stay well | sleep well
    | go to a party | go to a concert | go to the match | fly home | get there
    | get it eventually | run out of | have to see | have to wait | have to leave | have to go | have to run
    | have to jump | have to drop | have to dash | jump off | drop off the call | dash
    """
)
# Wishes dressed up as acts: nobody could say at night whether it was done.
_HAZY = Phrases(
    """
    think | keep an eye | keep my eye | keep both eyes | keep my eyes open | keep it in mind | keep that in mind
    | keep … in mind | keep at it | keep on | keep going | keep pushing | keep trying | keep fighting
    | keep the pressure
    | keep pressure | keep up the | keep on top | keep the ball | keep momentum | keep the momentum
    | keep things moving
    | keep in touch | keep close | bear it in mind | bear that in mind | bear in mind | stay on top | stay close
    | stay in touch | stay on it | stay positive | stay focused | stay focussed | stay tuned | remain | do my best
    | do my level best | do my utmost | do what i can | do whatever | do something | do anything | do everything
    | do a bit | do some stuff | do better | do more | see if | see what | see how | see whether | see where
    | see about
    | see when | figure it out | figure something out | figure that out | figure out something | work something out
    | work it out | work on it | work on that | work on this | work harder | sort something | come up with something
    | think of something | get around to | get round to | find a solution | find a way | do everything we can
    | do everything i can | get better | get more | get stuff | get things | get a lot
    | get organised | get organized | get cracking
    | get going | get moving | get stuck in | get my act together | get a grip | get a foot | give it my all
    | give it a think | give it some thought | give it a go | give it my best | give it everything | make an effort
    | make more effort | make progress | make some progress | make a good | make a great | make a better
    | make it work
    | make it count | make the most | make the best | make a difference | make things happen | concentrate | aim
    | be in a better | be better | be more | step up | step it up | up my game | raise my game | lift my game
    | up the ante | push on | push harder | go the extra | play it by ear | go with the flow | take it from there
    | take it as it comes | cross that bridge | wing it | hustle | show them what | put in the work | put my back into
    | put more effort | pull my socks up | pull my weight | knuckle down | dig deep | hang in there | fight for it
    | remember to see | consider | maybe | mull | sleep on it | let it sink in | reflect | ponder | own it
    | give it a shot | give it a try | give it a whirl | have a go at it | have a go at that
    | have a crack at it | have a stab at it
    """
)
# A promise once a time stands beside it: "I'll let you know" is nothing, "… by Friday" is something.
_SOFT = Phrases(
    """
    let you know | let you all know | let u know | let everyone know | let everybody know | let the team know
    | get back to you | get back to u | get back | come back to you | come back on | keep you posted
    | keep you updated
    | keep you informed | keep you in the loop | keep everyone posted | update you | revert | tell you | inform you
    | be in touch | get in touch | touch base | circle back | look into | look at | look over | look through
    | have a look | take a look | have a think | have another look | see to | deal with | report back | catch up
    | follow up | reach out | check in | check | sort it out
    """
)
HAVING = Phrases(
    """
    have a crack | have a stab | have a shot | have a call | have a meeting | have a chat
    | have a conversation | have a word | have a look | have a go | have a … call | have a … meeting
    | have a … chat | have a proper | have another | have the call | have the meeting | have my call
    | have the conversation | have that | have an initial | have an intro | have lunch | have coffee
    | have a coffee | have a quick | have a short | have a first
    """
)
_COMMON_TASKS = word_set("file script draft report deck list sheet")

_PRIVATE = word_set(
    """
    kids kid wife husband girlfriend boyfriend mum mom dad daughter son niece nephew grandma grandpa dentist gym
    haircut beach wedding funeral birthday movie cinema church groceries laundry yoga bbq pub parents hairdresser
    """
)
_AFTER_PRIVATE = PREPOSITIONS | TIME_ALONE | ADVERBS | {"and", "then", "this", "that", "so", "tho"}
_TALKING = word_set(
    """
    explain discuss show present describe introduce outline demonstrate summarise summarize read illustrate
    """
)
_TALKED_OF = word_set("you that this it how what why out about")
_WITH_OTHERS = word_set("with to by at before until when once after if")
_BY_THE_CLOCK = word_set(
    """
    today tonight tomorrow monday tuesday wednesday thursday friday saturday sunday week month morning afternoon evening
    """
)
_STATIVE = word_set("know need like love want feel mean believe hope say")
_NEEDS_A_PERSON = word_set("check follow reach get catch touch circle report come")


def _private(keys: Sequence[str], place: int) -> bool:
    """Whether it is nobody's business but one's own: "take the kids to the lake"; but "call the dentist chain" is."""
    for step in range(place + 1, min(place + 9, len(keys))):
        follows = keys[step + 1] if step + 1 < len(keys) else ""
        if keys[step] in _PRIVATE and (not follows.isalpha() or follows in _AFTER_PRIVATE):
            return True
    return False


def tells(keys: Sequence[str], place: int) -> bool:
    """Whether what follows the promise is done by saying it, felt, guessed or private."""
    if _private(keys, place):
        return True
    length = _TELLING.at(keys, place)
    if tuple(keys[place:]) == ("show", "you"):
        return True
    if length == 1 and keys[place] in ("say", "want", "wish", "mean") and len(keys) > place + 4 and "i" in keys[place:]:
        return False  # "I want to say I can get it done"
    if not length:
        return False
    if keys[place] == "take" and keys[place + length : place + length + 1] in (("of",), ["of"]):
        return False
    if keys[place] == "finish" and length == 1:
        return place + 1 >= len(keys)
    if keys[place] in ("win", "lose", "hear", "like", "watch", "play", "repeat"):
        return length == 1 or keys[place] in ("watch", "play")
    return not _COMMON_TASKS.intersection(keys[place + length : place + length + 1])


def of_this_talk(keys: Sequence[str], place: int) -> bool:
    """Whether the act is part of the talk itself, done by the next sentence: "I'll explain that on the next slide"."""
    base = as_base(keys, place)
    rest = base[1:]
    if not rest or not _WITH_OTHERS.isdisjoint(rest) or not _BY_THE_CLOCK.isdisjoint(rest):
        return False
    if base[0] in _TALKING:
        return rest[0] in DETERMINERS or rest[0] in _TALKED_OF or rest[0] in ADVERBS
    soon = any(
        rest[step : step + 2] in (("a", "minute"), ("a", "moment"), ("a", "second"), ("a", "sec"))
        for step in range(len(rest))
    )
    return soon and base[0] in ("come", "go", "get") and "back" in rest[:1]


def stative(key: str) -> bool:
    """Whether the verb tells a state even after "would" and "should": "I'd know more"."""
    return key in _STATIVE


def hazy(keys: Sequence[str], place: int = 0) -> bool:
    """Whether what is meant to be done could never be seen to be done."""
    return _HAZY.at(keys, place) > 0


def soft(keys: Sequence[str], place: int) -> bool:
    """Whether the verb needs a time to be worth something, unless somebody is named: "get back to Tom"."""
    length = _SOFT.at(keys, place)
    rest = keys[place + length :]
    if keys[place] in _NEEDS_A_PERSON and length:
        named = rest[:1] and rest[0] in ("to", "with") and rest[1:2] and rest[1] not in ("you", "that", "this", "it")
        return not named and not (keys[place] == "check" and rest)
    return length > 0

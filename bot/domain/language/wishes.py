"""What a rep may want of us or of people at any time: to be left alone, a hand, or to give orders to a machine."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.language.agreement import answer_words
from bot.domain.language.lead_in import after_leads
from bot.domain.language.phrases import Phrases
from bot.domain.language.said import Said, word_set

_STOP = Phrases(
    """
    stop messaging me | stop texting me | stop pinging me | stop bothering me | stop bugging me
    | stop spamming me | stop contacting me | stop writing me | stop writing to me | stop sending me
    | stop sending messages | stop sending these | stop dming me | stop nagging | stop nagging me
    | stop pestering me | stop annoying me | stop emailing me | stop harassing me | stop notifying me
    | stop talking to me | stop disturbing me | stop reminding me | stop following up with me
    | stop this bot | stop the bot | stop these messages | stop the messages | stop all messages
    | stop messages | stop the check-ins | stop these check-ins | stop check-ins | stop the check ins
    | stop coaching me | stop the coaching | stop spamming | stop messaging | stop pinging | stop the spam
    | stop the notifications | stop notifications | stop with the messages | stop with these messages
    | stop with the questions | stop it with | opt me out | leave me alone | leave me in peace | go away
    | piss off | fuck off | bugger off | shut up | buzz off | bog off | do not message me
    | do not text me | do not contact me | do not write to me | do not write me | do not ping me
    | do not dm me | do not send me | do not bother me | never message me | never contact me
    | do not ever message me | no more messages | no more of these messages | no more pings
    | no more check-ins | no more dms | no more reminders | quit messaging me | quit pinging me
    | quit bothering me | quit texting me | quit bugging me | quit nagging me | quit spamming me
    | cease messaging me | remove me from | remove me please | take me off | sign me off this
    | turn this off | turn these off | turn this bot off | turn off these messages | turn off the bot
    | turn off this bot | turn you off | turn off the messages | turn yourself off | switch this off
    | switch yourself off | switch off this bot | switch you off | disable this bot | disable these messages
    | disable the bot | mute this bot | mute yourself | mute you | get me off this | get me out of this
    | deactivate this | deactivate me | end these messages | delete me from | i do not want these messages
    | do not want these messages | i do not want messages | i do not want any more messages
    | do not want any more messages | i do not want to be messaged | do not want to be messaged
    | i do not want to receive | do not want to receive | i do not want to get these
    | do not want to get these | i do not want this bot | do not want this bot
    """
)
_STOP_ALONE = Phrases(
    """
    get lost | stop asking me | stop asking | stop asking me questions | stop asking me stuff
    | stop asking me every day | stop asking questions | stop | stop it | stop this | stop that | stop now
    | stop please | please stop | just stop | stop already | stop stop | stop everything | stopp | aufhören
    | quit | make it stop | end | stop for good | stop forever | mute | unsubscribe | unsubscribe me
    | opt out | opting out
    """
)
_STOP_LEADS = word_set(
    """
    please can could would will you kindly just to i want like now seriously ok okay hey hi how do need really
    also we , ! for god's sake pls yes no coach bot so and
    """
)
_STOP_TAILS = word_set("me please pls now from of this these those it all messages bot coach thanks ok mate everything")
_WITH_ME = Phrases(
    """
    jump on a call with me | hop on a call with me | jump on with me | join me on | sit in with me | sit in on my
    | can i get ten minutes with | can i get five minutes with | can i get … minutes with | can i get … mins with
    | could i get … minutes with | can i have … minutes with | i need … minutes with | need … minutes with
    | go through it with me
    | walk me through it | look over it with me | run it past you | run it by you | pick your brain
    """
)
_OF_OURS = word_set(
    "pings ping messages messaging check-ins checkins reminders nagging questions notifications dms texts"
)
_WAYS = word_set(
    "do say write ask answer reply respond suggest recommend try handle approach deal offer charge tell open"
)
_OF_THE_TOOL = word_set(
    """
    time times hour hours setting settings reminder reminders message messages notification notifications account
    password bot change stop turn commit commitment check-in check-ins sign log login pause skip mute you're snooze
    """
)
_JOINING = word_set("ring call help join support coach back shadow assist")
_SOMEONE = word_set("someone somebody anyone anybody")
_EACH_TIME = word_set("every each daily")
_FOR_NOW = word_set("today tonight morning afternoon week tomorrow")
"""Whoever wants to be left alone today wants to be asked again another day."""
_TOLD_BY_OTHERS = word_set(
    """
    said says told replied asked answered wrote shouted client customer customers prospect prospects they she
    he tell
    """
)
_HELP = Phrases(
    """
    need help | need some help | need your help | need a help | need an help | need the help
    | need bit of help | need a bit of help | need a little help | need any help | need a hand | need hand
    | need support | need some support | need advice | need some advice | need your advice | need input
    | need some input | need backup | need assistance | need guidance | need some guidance
    | need coaching on | need helping | could use a hand | could use help | could use some help
    | could use your help | could use some support | could use support | could use some advice
    | could use advice | could use some input | could use a bit of help | could really use
    | could do with a hand | could do with some help | could do with help | could do with your help
    | could do with support | could do with some support | could do with some advice
    | could do with a bit of help | can use help | can use some help | can use a hand | would like help
    | would like some help | would like your help | would like support | would like some support
    | would appreciate help | would appreciate some help | would appreciate support
    | would appreciate a hand | appreciate some help | appreciate any help | appreciate a hand
    | appreciate your help | want help | want some help | would love some help | would love help
    | would love a hand | would love some support | would love your input | help would be | help is needed
    | help needed | support needed | some help please | a hand please | some help would | a bit of help
    | a hand with | hand would be | help me | help us | can you help | can u help | could you help
    | would you help | can someone help | could someone help | can anyone help | can anybody help
    | can somebody help | could somebody help | can i get help | can i get some help | can i get a hand
    | can i have help | can i have some help | could i get help | could i get some help | could i get a hand
    | could i get support | could i get your help
    | could i get some support | could i get some advice | can i get support | any help | give me a hand
    | lend me a hand | give me some help | give us a hand | send help | get some help | get help from
    | ask for help | asking for help | help with pricing | help please | please help | help pls | am stuck
    | i am totally stuck | stuck on | stuck with | feeling stuck | feel stuck | am a bit stuck
    | am kind of stuck | am really stuck | am totally stuck | am completely stuck | bit stuck
    | completely stuck | totally stuck | am blocked | am lost | am out of my depth | out of my depth
    | am in over my head | at my wits end | do not know what to do | no idea what to do
    | not sure what to do | talk to my manager | speak to my manager | speak with my manager
    | talk with my manager | talk to a human | speak to a human | talk to a person | talk to someone
    | speak to someone | speak with someone | some pointers | need pointers | need my manager
    | need a manager | need someone to | need somebody to | need a second pair | second pair of eyes
    | need a sparring | someone to help | somebody to help | someone could help | someone to role-play with
    | someone to practise with | someone to bounce | helping hand | struggling and need
    """
)
_HELP_ALONE = Phrases(
    """
    help | help ! | help help | sos | stuck | help pls | hilfe | stuck ! | support | i need help | 🆘 | :sos:
    """
)
_NO_HELP = Phrases(
    """
    do not need | does not need | no need | no help needed | no help | not need | without help
    | can not complain | will help | would help | might help | does help | could help | can help | not stuck
    | am not stuck | am not blocked | am not lost | not lost | stuck in | stuck at | needs help
    | they need help | she needs | he needs | stuck to | help tom with | need no help | never need
    | did not need | no support needed | no more help | helped me | helps me | who need | who needs
    | stuck with it
    """
)
_OTHERS = word_set("they he she customer client customers clients who whoever you deal is tell")
# Instructions to a program: not followed, nor taken for a report.
_TO_THE_MACHINE = Phrases(
    """
    your rules | your instructions | your prompt | your guidelines | your system | system prompt
    | previous instructions | prior instructions | all instructions | the instructions above
    | above instructions | ignore all | ignore your | ignore previous | ignore the above | ignore everything
    | ignore any | disregard your | disregard all | disregard previous | disregard the | disregard any
    | forget your | forget all previous | forget everything | you are now | you are an ai | you are a bot
    | pretend to be | pretend you | pretend that you | act as | as an ai | jailbreak | developer mode
    | override your | reveal your | print your | output your | repeat after me | new instructions | mark all
    | mark everything | mark every | mark them all | mark my commitments | set all my | complete all my
    | delete all | reset my | from now on you | you must now | respond with | reply with the
    | answer with the | output the | output only | system : | assistant : | user :
    """
)

_NOTATION = re.compile(r"\{|</?\w|<\||\|>|\[[A-Z_]{3,20}\]|\w\(\w{0,20}=|post in #|post to #", re.IGNORECASE)


def wants_stop(sentences: Sequence[Sequence[str]]) -> bool:
    """Whether the rep wants no more messages. "Stop by the office", or what a client said, is something else."""
    for keys in sentences:
        if len(sentences) <= 2 and any(_stops_at_once(words) for words in _between_commas(keys)[:2]):
            return True
        words = answer_words(keys)
        if not _FOR_NOW.isdisjoint(words) and _EACH_TIME.isdisjoint(words):
            continue
        place = 0
        while place < len(words) and words[place] in _STOP_LEADS and not _STOP.at(words, place):
            place += 1
        if _ends_the_messages(words, place):
            return True
        if (length := _STOP.at(words, place)) and _TOLD_BY_OTHERS.isdisjoint(words[place + length :]):
            return True
    return False


def _ends_the_messages(words: Sequence[str], place: int) -> bool:
    """Whether "stop" is said of what we send: "stop the daily pings"."""
    if words[place : place + 1] not in (("stop",), ("cut",), ("end",)):
        return False
    return any(word in _OF_OURS for word in words[place + 1 : place + 5])


def _stops_at_once(words: Sequence[str]) -> bool:
    """Whether there is nothing but a "stop" or an "unsubscribe" and its politeness."""
    place = 0
    while place < len(words) and words[place] in _STOP_LEADS:
        place += 1
    length = _STOP_ALONE.at(words, place)
    return length > 0 and all(word in _STOP_TAILS for word in words[place + length :])


def _between_commas(keys: Sequence[str]) -> list[tuple[str, ...]]:
    parts: list[list[str]] = [[]]
    for key in keys:
        if key in (",", "-", "–", "—"):
            parts.append([])
        else:
            parts[-1].append(key)
    return [answer_words(part) for part in parts]


def wants_help(sentences: Sequence[Sequence[str]]) -> bool:
    """Whether the rep would like a hand from a person."""
    for words in [part for keys in sentences for part in _between_commas(keys)]:
        if _asks_how(words) or _calls_in(words) or _WITH_ME.within(words):
            return True
        if _HELP_ALONE.cover(tuple(key for key in words if key not in ("please", "coach"))):
            return True
        place = _HELP.find(words)
        while place is not None:
            end = place + _HELP.at(words, place)
            denied = _NO_HELP.within(words[max(0, place - 2) : end + 2])
            if not denied and _OTHERS.isdisjoint(words[max(0, place - 3) : place]):
                return True
            place = _HELP.find(words, end)
    return False


def _asks_how(words: Sequence[str]) -> bool:
    """Whether a way to do one's own work is asked for: "how do I get past a gatekeeper", "what would you say to"."""
    words = words[after_leads(words) :]
    if len(words) < 4 or not _OF_THE_TOOL.isdisjoint(words):
        return False
    own = words[0] == "how" and words[1] in ("do", "can", "should", "would", "could") and words[2] == "i"
    asked = tuple(words[:3]) in (("what", "should", "i"), ("what", "would", "you"), ("how", "would", "you"))
    return own or (asked and words[3] in _WAYS and len(words) > 4)


def _calls_in(words: Sequence[str]) -> bool:
    """Whether somebody else is asked to join: "can Joanna ring me", "could someone look at it with me"."""
    if len(words) < 4 or words[0] not in ("can", "could", "would") or words[1] in ("you", "i", "we"):
        return False
    return (words[2] in _JOINING and "me" in words[3:5]) or (words[1] in _SOMEONE and words[-2:] == ("with", "me"))


def to_the_machine(said: Said) -> bool:
    """Whether the words are instructions to a program, or a program's own notation."""
    told = _TO_THE_MACHINE.within([word.key for word in said.words])
    return told or bool(_NOTATION.search(said.plain))

"""How a promise went: done, partly, not, or moved to another time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.language.agreement import answer_words
from bot.domain.language.helping_verbs import Stance
from bot.domain.language.lead_in import after_leads
from bot.domain.language.phrases import Phrases
from bot.domain.language.said import word_set
from bot.domain.language.stance import Judged
from bot.domain.language.word_classes import ADVERBS, DETERMINERS
from bot.domain.reading import Intent

_DONE = Phrases(
    """
    is set | is set up | are set up | was set up | mark it as done | mark it done | mark that as done
    | mark as done | done | all done | done it | done that | did it | did that | did them | did so | i did
    | did all | did both | did everything | did the lot | sorted | all sorted | completed | complete
    | finished | all finished | ticked | ticked off | nailed it | smashed it | crushed it
    | mission accomplished | accomplished | achieved | it is done | that is done | is done | was done
    | got done | got it done | got that done | got them done | have done | it happened | it worked
    | went well | went great | went fine | went ok | went okay | went good | went really well
    | went very well | went really good | went smoothly | went better | worked out | it went | went through
    | job done | check | checked | check ✅ | ✅ | ✔ | ☑ | :white_check_mark: | :heavy_check_mark: | yes done
    | success | all of it | all of them | all three | all two | both done | every one | every single one
    | kept it | kept my word | as promised | got through all | wrapped up | closed | handled | is out
    | are out | is sent | was sent | has been sent | are sent | is booked | are booked | is finished
    | is sorted | is in the bag | took care of it | taken care of | ho gaya | erledigt | fertig | 100%
    | 100 %
    """
)
_PARTLY = Phrases(
    """
    half | halfway | half way | partly | partially | in part | part of it | part of | part done | some of it
    | some of them | some of that | most of it | most of them | most of that | mostly | almost | nearly
    | not all | not everything | not quite | not completely | not fully | not entirely | not 100%
    | not finished yet | started | made a start | only one | only two | only three | only four | only half
    | only some | only got | only managed | only did | only reached | just one | just two | just the first
    | one of them | two of them | one of the | more or less | kind of | sort of | a bit | a little | a few
    | in progress | in process | work in progress | wip | working on it | still working on it | still on it
    | still at it | getting there | on the way | under way | underway | well under way | left a voicemail
    | left voicemail | left a message | left her a | left him a | left them a | left a vm | got voicemail
    | got his voicemail | got her voicemail | went to voicemail | it went to voicemail | voicemail
    | no answer | no reply | no response | no pickup | no pick up | did not pick up | did not answer
    | did not reply | was not in | was not available | was not there | was out | were not available
    | not available | unavailable | teilweise | yes and no | jein | so so | so-so | on it | bit of it
    | could only
    """
)
_NOT_DONE = Phrases(
    """
    something came up | things came up | stuff came up | a meeting came up | came in between | cancelled on
    | canceled on | cancelled | canceled | no show | no-show | did not show | stood me up | was down
    | not done | not yet | not started | not at all | not happened | did not | have not | had not
    | could not | was not able | unable to | was unable | forgot | forgotten | missed it | missed that
    | missed | skipped it | skipped | dropped it | dropped | ran out of | no time | no chance
    | not enough time | never happened | never got | never did | never got to | never got round
    | never got around | got pulled | got dragged | got stuck | got busy | got caught | got sidetracked
    | got distracted | got held | got swamped | got in the way | came in the way | came between | slipped
    | slipped my mind | slipped through | failed | fell through | fell off | not happening
    | nothing happened | nothing done | nothing yet | did nothing | none | none of | zero | still to do
    | still open | still pending | still outstanding | pending | outstanding | still have to | still need to
    | have to do it | yet to | to be done | was too busy | too busy | was busy | was swamped | was slammed
    | was cancelled | got cancelled | was canceled | got canceled | was off | was sick | was ill | was away
    | was out sick | no luck | not possible | was not possible | impossible | was not | were not
    | leider nicht | nahi | overran | ran over | not completed | not finished | incomplete | was going to
    | wanted to but | completely forgot | totally forgot | bottled it | chickened out | put it off
    | kept putting | procrastinated | did not happen | it did not
    """
)
_NEUTRAL = Phrases(
    """
    no problem | no problems | no issue | no issues | no worries | no sweat | no drama | no dramas
    | no doubt | not bad | not only | not a problem | not hard | could not be happier
    | could not have gone better | could not have been better | did not take long | no time at all
    | in no time | not too bad | no objections | could not be better
    """
)
_LEFT = Phrases(
    """
    one left | two left | three left | 1 left | 2 left | 3 left | some left | still left | left to do
    | one to go | two to go | 1 to go | 2 to go | 3 to go | more to go
    """
)
_NEWS_FIRST = 60  # words; nobody says later than that how much was done
_RATIO = re.compile(r"(\d{1,3})/(\d{1,3})")
_COUNTS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "zero": 0,
    "none": 0,
}
_MOVE = word_set(
    """
    move moved moving push pushed pushing shift shifted shifting postpone postponed postponing reschedule
    rescheduled rescheduling delay delayed bump bumped prepone preponed defer deferred verschoben adjourn
    adjourned
    """
)
_MOVED_WHAT = word_set("it that this to till until back them out by for tomorrow today")
_MADE = word_set("made sent done booked called completed finished delivered signed shared closed visited emailed")
_NONE_OF_IT = word_set("no nothing none being not")
_MAY = word_set("can could may shall possible ok okay fine alright mind")
_THE_PROMISE = word_set("it that this do move push we")
_ANOTHER_TIME = word_set("tomorrow later postpone reschedule move push delay another next")
_ONWARD = word_set("on forward ahead along fast quickly slowly")
_OURS = Phrases(
    """
    my commitment | the commitment | that commitment | this commitment | my action | the action | the time
    | my task | the task | my promise
    """
)
_LATER = Phrases(
    """
    rain check | raincheck | do it tomorrow | do it later | do that tomorrow | do that later
    | tomorrow instead | later instead | do this tomorrow | do this later | do them tomorrow | do them later
    | put it off | put it off until | put off | for tomorrow | leave it until | leave it till
    | leave it for tomorrow | do tomorrow | make it tomorrow | make that tomorrow | say tomorrow
    | later today | later this | tomorrow first thing | first thing tomorrow | change the time
    | change it to tomorrow | have it tomorrow | tomorrow then | tomorrow is better
    | tomorrow would be better | tomorrow better | better tomorrow | more time | another day | push to
    | more like tomorrow | finish it tomorrow | finish tomorrow
    """
)


def share_done(keys: Sequence[str]) -> Intent | None:
    """What "2 of 3", "two out of three" or "3/5" says about how it went."""
    for place, key in enumerate(keys[:_NEWS_FIRST]):
        if (ratio := _RATIO.fullmatch(key)) and len(keys) <= 8:
            return _share(int(ratio[1]), int(ratio[2]))
        if (part := _count(key)) is None or place + 2 >= len(keys):
            continue
        rest = [word for word in keys[place + 1 : place + 5] if word not in ("the", "my", "out", "calls", "emails")]
        if len(rest) > 1 and rest[0] == "of" and (whole := _count(rest[1])) is not None:
            return _share(part, whole)
        if key[:1].isdigit() and key.endswith("%"):
            return _share(part, 100)
    if len(keys) <= 3 and keys and keys[0].endswith("%") and (part := _count(keys[0])) is not None:
        return _share(part, 100)
    return None


def _count(key: str) -> int | None:
    bare = key.removesuffix("%")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 4 else _COUNTS.get(key)


def _share(part: int, whole: int) -> Intent | None:
    if part > whole:
        return None
    return Intent.NOT_DONE if part == 0 else Intent.DONE if part == whole else Intent.PARTLY


def how_it_went(clause: Judged) -> Intent | None:
    """DONE, PARTLY or NOT_DONE when the clause reports one of them."""
    keys = answer_words(clause.clause.keys)
    if clause.stance in (Stance.QUESTION, Stance.HANDED) or not keys:
        return None
    if _NEUTRAL.within(keys):
        rest = _NEUTRAL.find(keys) or 0
        keys = (*keys[:rest], *keys[rest + _NEUTRAL.at(keys, rest) :])
    if share := share_done(keys):
        return share
    if _LEFT.within(keys):
        return Intent.PARTLY
    if clause.stance is Stance.TRIED or _PARTLY.at(keys, _told_from(keys)) or _PARTLY.at(keys):
        return Intent.PARTLY
    if _NOT_DONE.within(keys[:6]) and clause.stance not in (Stance.FIRM, Stance.BARE, Stance.GERUND):
        half = clause.stance is not Stance.THIRD and _PARTLY.within(keys)
        return Intent.PARTLY if half else Intent.NOT_DONE
    if clause.stance is Stance.UNMET:
        return Intent.NOT_DONE
    if clause.stance is Stance.PAST or _tells_done(clause, keys):
        return Intent.PARTLY if _PARTLY.within(keys) else Intent.DONE
    return None


def _told_from(keys: Sequence[str]) -> int:
    """Where the news begins: after fillers and "I'm still"."""
    place = after_leads(keys)
    while place < len(keys) - 1 and (
        keys[place] in ("i", "we", "am", "are", "have", "it", "is") or keys[place] in ADVERBS
    ):
        place += 1
    return place


def _tells_done(clause: Judged, keys: Sequence[str]) -> bool:
    if clause.stance is Stance.THIRD:
        return _DONE.within(keys[:10])
    if clause.stance in (Stance.FIRM, Stance.HEDGED, Stance.NEGATED, Stance.DECLINED, Stance.UNABLE):
        return False
    if clause.stance is Stance.FRAGMENT and not _MADE.isdisjoint(keys[1:5]) and keys[0] not in _NONE_OF_IT:
        return True  # "all calls made", "demo booked for Thursday"
    return bool(_DONE.at(keys, after_leads(keys)) or _DONE.at(keys))


def shifts(clause: Judged) -> bool:
    """Whether a verb of moving stands in the clause: "push it to Friday"."""
    return not _MOVE.isdisjoint(clause.clause.keys)


def moves(clause: Judged, *, freely: bool) -> bool:
    """Whether the clause moves what was promised. `freely`: it was just asked about, so any "moved" is about it."""
    if clause.stance in (Stance.DECLINED, Stance.UNABLE) and clause.refers:
        return False
    keys = answer_words(clause.clause.keys)
    for place, key in enumerate(keys[:10]):
        if key in _MOVE and not (place and keys[place - 1] in DETERMINERS):
            after = keys[place + 1] if place + 1 < len(keys) else ""
            if after in _ONWARD:
                continue
            if freely or not after or after in _MOVED_WHAT or after[:1].isdigit() or _OURS.at(keys, place + 1):
                return True
    return _LATER.within(keys) and (freely or clause.stance is not Stance.HEDGED)


def asks_to_move(keys: Sequence[str]) -> bool:
    """Whether a question asks for another time: "can I do it tomorrow?"."""
    words = answer_words(keys)
    moved = not words or "change" not in words
    return moved and all(not part.isdisjoint(words) for part in (_MAY, _THE_PROMISE, _ANOTHER_TIME))

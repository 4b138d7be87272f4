"""What stands in a rep's way, in the rep's words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.language.helping_verbs import Stance
from bot.domain.language.lead_in import after_leads
from bot.domain.language.phrases import Phrases
from bot.domain.language.said import Said, Word, word_set
from bot.domain.language.stance import Judged
from bot.domain.language.word_classes import ADVERBS, DOUBTS, OBJECT_PRONOUNS

LONGEST_OBSTACLE = 140  # characters

# "The problem is pricing", "struggling with pricing": what follows is the obstacle.
_NAMING = Phrases(
    """
    the problem is | my problem is | the issue is | my issue is | the main problem is | the main issue is
    | the real problem is | the only problem is | problem is | issue is | biggest problem is
    | the challenge is | my challenge is | challenge is | the main challenge is | the biggest challenge is
    | the biggest problem is | the biggest issue is | the biggest obstacle is | the hard part is
    | hard part is | the hardest part is | hardest part is | the tricky part is | tricky part is
    | the tricky bit is | the hard bit is | the difficult part is | the blocker is | my blocker is
    | the main blocker is | blocker is | the obstacle is | the bottleneck is | bottleneck is
    | the trouble is | trouble is | the catch is | the thing is | my worry is | my concern is | my fear is
    | what gets in the way is | what is hard is | what stops me is | what is blocking me is | it is mostly
    | it is mainly | struggling with | am struggling with | struggle with | struggling to | am struggling to
    | struggle to | stuck on | stuck with | stuck at | am stuck on | am stuck with | got stuck on
    | trouble with | having trouble with | have trouble with | problems with | have problems with
    | having problems with | issues with | have issues with | having issues with | difficulties with
    | difficulty with | hard time with | a hard time with | worried about | am worried about | nervous about
    | need help with | need some help with | need a hand with | could use a hand with | could use help with
    | could use some help with | help me with | help with | help on | need help on | could do with a hand on
    | could do with some help on | could do with help on | need support with | need support on
    | support with | advice on | need advice on | could do with a hand with | could do with some help with
    | could do with help with | a hand with
    """
)
# Words that tell of trouble wherever they stand.
_TROUBLE = Phrases(
    """
    all day | the whole day | stall | stalls | stalled | stalling | stuck | struggle | struggling
    | struggles | hard | harder | hardest | difficult | tricky | tough | problem | problems | issue | issues
    | challenge | challenges | challenging | obstacle | blocker | blockers | blocked | blocking | blocks
    | bottleneck | hurdle | objection | objections | ghosted | ghosting | ghosts | ghost | no answer
    | no answers | not answering | no response | no responses | no reply | no replies | not responding
    | not replying | do not answer | does not answer | do not respond | does not respond | do not reply
    | does not reply | never answer | never answers | never reply | never replies | never respond
    | never pick up | never picks up | do not pick up | does not pick up | not picking up | did not pick up
    | voicemail | no time | not enough time | lack of | lacking | lack | too busy | busy | swamped | slammed
    | snowed under | overloaded | overwhelmed | flat out | flat-out | rammed | back to back | back-to-back
    | in meetings | meetings all day | meeting all day | all day in | booked solid | fully booked
    | expensive | too high | too late | too long | too much | too many | too slow | too early
    | price pressure | no budget | budget is | budgets are | budget cuts | budget freeze | frozen | freeze
    | gatekeeper | gatekeepers | hang up | hangs up | hung up | brush me off | brushes me off | afraid
    | scared | nervous | anxious | hate | dread | avoid | avoiding | putting off | uncomfortable | awkward
    | worried | lost | losing | confused | unclear | unsure | not sure how | not sure what to | not sure who
    | do not know how | do not know who | do not know what to | do not know where | no idea how
    | no idea who | no idea what to | no clue how | can not get | can not reach | can not find
    | can not seem | can not close | can not access | could not get | could not reach | could not find
    | can not make | can not log | hard to | waiting for | waiting on | wait for | still waiting | delayed
    | delay | delays | slow | postponed | cancelled | canceled | cancels | cancel on | rescheduled on me
    | pulled into | dragged into | sick | ill | unwell | on holiday | on leave | on vacation | on pto
    | out of office | ooo | off today | off sick | day off | annual leave | travelling all | traveling all
    | bank holiday | not interested | no interest | not convinced | reject | rejects | rejected | rejection
    | rejections | refuse | refuses | missing | broken | is down | are down | not working | does not work
    | do not work | crashed | distracted | distractions | interruptions | tired | exhausted | demotivated
    | no energy | no motivation | no leads | out of leads | bad leads | wrong person | wrong people
    | goes quiet | go quiet | gone quiet | went quiet | goes cold | gone cold | go cold | went cold
    | radio silence | went dark | gone dark | go dark | silent | drop off | drops off | dry | bad at | weak
    | afraid of | where they | where we lose | where i lose | where it | competitor | competitors
    | competition | push back | pushback | pushes back | drag | drags | dragging | nobody picks
    | nobody answers | noone answers | no one answers | nobody replies | nobody responds | no one replies
    | no one picks | legal | procurement is | procurement takes | too many meetings | internal meetings
    | admin work | paperwork | ran out of | running out of | ran over | overran | got caught up
    | caught up in | tied up | firefighting | fire fighting | traffic | hectic | crazy | chaotic | mad today
    | complain | complaint | complaints | escalation
    """
)
_NO_TROUBLE = Phrases(
    """
    can not complain | no complaints | no complaint | no problem | no problems | no issue | no issues
    | not a problem | not an issue | no challenge | no challenges | no obstacles | no objections | not hard
    | not difficult | not stuck | not busy | no blockers | no blocker | no trouble | not too hard
    | not too busy | hard copy | work hard | working hard | harder than ever | no stress | is not hard
    | was not hard | not so hard | less busy | not expensive | problem solved | solved the problem
    | hard at it | not worried | try harder | push harder | work harder | prospect harder | legal notice
    | no delay | without problems
    """
)
_OPENERS = word_set(
    """
    i we am are was were will be have had has got get is that there it just so been
    """
)


def find_obstacle(said: Said, judged: Sequence[Judged]) -> str | None:
    """The first thing in the clauses that is told as standing in the way; None when nothing is."""
    for clause in judged:
        if clause.stance in (Stance.QUESTION, Stance.EMPTY) and not _NAMING.within(clause.clause.keys):
            continue
        words = clause.clause.words
        keys = clause.clause.keys
        place = _NAMING.find(keys)
        if place is not None and (clause.stance is not Stance.THIRD or place == after_leads(keys)):
            after = place + _NAMING.at(keys, place)
            if after < len(words) and (named := _cut(said, words[after:])):
                return named
        acting = clause.stance in (Stance.FIRM, Stance.PAST) and clause.at is not None and keys[clause.at] != "got"
        if acting or clause.stance in (Stance.BARE, Stance.GERUND):
            continue
        if _NO_TROUBLE.within(keys) or not _TROUBLE.within(keys):
            continue
        return _cut(said, _predicate(words))
    return None


def _predicate(words: Sequence[Word]) -> Sequence[Word]:
    """The words without the rep as the subject: "I'll be in meetings all day" tells of "in meetings all day"."""
    keys = [word.key for word in words]
    place = after_leads(keys)
    if place and keys[place - 1] in ("too", "no", "straight"):
        place -= 1
    first = next(
        (step for step in (place, place + 1, place + 2) if step < len(keys) and keys[step] in ("i", "we")),
        None,
    )
    if first is None:
        kept = place
        while (
            kept < len(keys)
            and keys[kept] in ("there", "is", "just", "got", "was")
            and keys[place] in ("there", "is", "just", "was")
        ):
            kept += 1
        return words[kept if kept < len(keys) else place :]
    place = first + 1
    while place < len(keys) and (keys[place] in _OPENERS or keys[place] in ADVERBS or keys[place] in DOUBTS):
        place += 1
    if place > first + 1 and keys[place - 1] == "got" and place < len(keys):
        return (
            words[place - 1 :]
            if keys[place] in ("pulled", "stuck", "caught", "dragged", "held", "sick", "tied", "lost")
            else words[place:]
        )
    return words[place:]


def _cut(said: Said, words: Sequence[Word]) -> str | None:
    """The words as they stand, without what dangles, up to `LONGEST_OBSTACLE`."""
    kept = list(words)
    while kept and (
        (not kept[-1].key[-1].isalnum() and not kept[-1].key.startswith("<@") and kept[-1].key not in (")", "%"))
        or kept[-1].key in ("and", "but", "so", "please", "thanks", "though", "tho", "lol", "coach")
    ):
        kept.pop()
    while kept and (
        (not kept[0].key[0].isalnum() and not kept[0].key.startswith("<@"))
        or kept[0].key in ("that", "to", "and", "but", "because", "so")
    ):
        kept.pop(0)
    if not kept or (len(kept) == 1 and kept[0].key in OBJECT_PRONOUNS):
        return None
    text = " ".join(said.plain[kept[0].start : kept[-1].end].split())
    if len(text) > LONGEST_OBSTACLE:
        text = text[: LONGEST_OBSTACLE + 1].rsplit(" ", 1)[0][:LONGEST_OBSTACLE].rstrip(" ,;:-")
    return text or None

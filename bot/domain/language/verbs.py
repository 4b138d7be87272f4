"""The verbs of a sales day, in the forms people write them.

A bare imperative ("Call Anna") and a gerund ("calling Anna") can only be told from a noun phrase by knowing the
verbs. After "I'll" any word may be one; there the tables are not asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.language.said import word_set

BASES = word_set(
    """
    call ring phone dial telephone cold-call coldcall email mail e-mail send write draft prepare prep book
    schedule set arrange organise organize meet visit see follow chase ping message text dm whatsapp linkedin
    inmail reach contact connect ask invite present demo pitch quote finish finalise finalize complete close
    update review research map plan build create make do get go start begin fill log prospect qualify work
    talk speak discuss check double-check confirm propose negotiate push drive deliver submit share walk run
    host hold practise practice rehearse role-play roleplay read study learn list identify pick choose select
    find look revisit reconnect re-engage reengage reactivate requalify nudge remind return respond reply
    answer post publish comment record rework rewrite revise edit polish sort clean block bring offer
    introduce try print compare calculate test define agree align sync touch catch hand forward escalate
    involve loop warm knock canvass door-knock inspect measure survey renew collect onboard train coach shadow
    join attend lead tackle nail hit crack smash target focus bang fire shoot whip wrap line put dig advance
    progress win upsell cross-sell crosssell advise explain show give take use add open unblock resolve fix
    solve handle address clarify gather request secure land pull generate analyse analyze segment prioritise
    prioritize reschedule rebook re-book cancel sell buzz swing pop drop stop nip head travel fly sit grab
    shortlist source scout engage pursue approach revert prepone circulate upload download order demonstrate
    assess evaluate validate brief debrief summarise summarize document note track monitor tidy reset refine
    sketch outline design compile attach announce promote recommend refer tell spend dedicate devote reserve
    continue keep move shift swap ship bid tender sign verify audit raise suggest apply gain lock line-up
    onsell pre-sell presell hunt hustle grind smile convince persuade challenge probe listen interview thank
    congratulate wish apologise apologize increase improve boost ramp double expand grow extend draw devise
    develop produce deep-dive screen qualify-out reopen re-open recall call-back recontact retry configure
    install deploy pilot trial register enrol enroll issue underwrite settle claim insure cover
    sum recap redo rerun redraft recheck reread recirculate resend circulate tweak amend correct adjust collate
    cc copy fax scan photocopy type dictate transcribe translate format slack skype zoom facetime tag ticket file
    text whatsapp voicenote voice-note come stay bite chat catch-up bounce bin delete remove cut trim
    source fetch bag ditch flag table raise escalate log-in login sign-off signoff approve authorise authorize
    release transfer pay invoice bill refund credit count measure tell inform notify alert warn reassure
    rehearse quiz interview hire recruit stick jot scribble note-down figure sniff hunt rustle knuckle
    reserve bookmark import export migrate merge split sketch storyboard model forecast spec
    buy pass circle charter soften sway weigh
    meet-up video cancel pause wave greet welcome host cater decorate clear empty unpack pack load
    unload wire solder paint mount fit repair mend service calibrate inspect tour trace chase retrieve dispatch
    courier return swap switch turn open reopen unlock lock close shut charge pair link connect configure debug
    patch test retest rebuild refactor wipe reboot restart replace print laminate bind staple staff roster rota
    crunch eyeball skim google research trawl comb sift plough plow rattle hammer blitz crank churn bash
    nurture woo romance butter dine treat thank apologise let
    """
)

_PAST = {  # irregular pasts and participles
    "sent": "send", "wrote": "write", "written": "write", "met": "meet", "spoke": "speak", "spoken": "speak",
    "told": "tell", "did": "do", "done": "do", "made": "make", "got": "get", "gotten": "get", "gave": "give",
    "given": "give", "went": "go", "gone": "go", "ran": "run", "held": "hold", "built": "build", "found": "find",
    "saw": "see", "seen": "see", "took": "take", "taken": "take", "drove": "drive", "driven": "drive",
    "drew": "draw", "drawn": "draw", "sold": "sell", "won": "win", "brought": "bring", "rang": "ring",
    "rung": "ring", "caught": "catch", "kept": "keep", "led": "lead", "chose": "choose", "chosen": "choose",
    "spent": "spend", "began": "begin", "begun": "begin", "shot": "shoot", "dug": "dig", "flew": "fly",
    "sat": "sit", "rewrote": "rewrite", "rewritten": "rewrite", "taught": "teach", "learnt": "learn",
    "swung": "swing", "submited": "submit", "finshed": "finish", "callled": "call", "emailled": "email",
    "came": "come", "stuck": "stick", "paid": "pay", "bit": "bite", "heard": "hear", "felt": "feel",
    "stayed": "stay", "texted": "text", "dm'd": "dm", "dmed": "dm", "dm'ed": "dm",
}  # fmt: skip
SAME_IN_PAST = word_set("set put hit read cut bid quit let")

_DOUBLED = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]|.*(?:mit|fer|el|it)")


def _stems(base: str) -> list[str]:
    """What stands before -ing and -ed."""
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")):
        return [base[:-1]]
    return [base, base + base[-1]] if _DOUBLED.fullmatch(base) else [base]


GERUNDS = {stem + "ing": base for base in BASES for stem in _stems(base)}
PASTS = {
    **{stem + "ed": base for base in BASES for stem in _stems(base)},
    **{base[:-1] + "ied": base for base in BASES if base.endswith("y") and base[-2] not in "aeou"},
    **_PAST,
}
THIRDS = {
    base + "es"
    if base.endswith(("s", "sh", "ch", "x", "o"))
    else base[:-1] + "ies"
    if base[-2:] in ("ry", "ly")
    else base + "s": base
    for base in BASES
}

# Verbs that are as often the noun: "call with Anna", "the demo is at 3".
NOUNISH = word_set(
    """
    call ring email mail e-mail message text demo quote plan review research offer pitch order report update
    test visit pilot trial check contact work lead target price focus bid tender meeting list answer request
    brief survey claim cover issue design draft document note post reply record pick push run share source
    track wish file table ticket type invoice bill credit model forecast service tour test
    host text copy format cover load charge link patch paint wave model alert type chat stick bin
    bag slack zoom video transfer release trial spec split
    """
)
# Words for what a rep does or makes: with a number or a name, they are an action without a verb.
ACTIVITIES = word_set(
    """
    call calls cold-calls dial dials email emails mail mails e-mail e-mails message messages text texts dm dms
    inmail inmails meeting meetings demo demos visit visits appointment appointments follow-up follow-ups
    followup followups followup's quote quotes quotation quotations offer offers proposal proposals pitch
    pitches presentation presentations deck decks slides plan plans review reviews prospecting outreach
    session block sprint blitz power-hour list lists report agenda script video videos post posts newsletter
    invoice sample samples brochure forecast notes recap summary tender bid rfp rfq contract contracts order
    orders renewal renewals check-in check-ins chat chats conversation conversations intro intros introduction
    introductions referral referrals touch touches touchpoints sequence sequences cadence reminder reminders
    letter letters knocks doors walk-ins workshop webinar training roleplay role-play practice prep research
    crm application applications policy policies assessment survey
    """
)


def is_gerund(key: str) -> bool:
    """Whether `key` is "calling", or "callin" as some write it."""
    return key in GERUNDS or (key.endswith("in") and key + "g" in GERUNDS)


def as_base(keys: Sequence[str], place: int) -> tuple[str, ...]:
    """The words from `place` on with a leading "-ing" form turned back: "working from home" is "work from home"."""
    first = keys[place]
    if first not in GERUNDS and not (first.endswith("ing") and len(first) > 5):
        return tuple(keys[place:])
    return (GERUNDS.get(first) or first[:-3], *keys[place + 1 :])


def is_verb(key: str) -> bool:
    """Whether `key` is one of the verbs in its bare form."""
    return key in BASES

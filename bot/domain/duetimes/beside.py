"""The words beside a number or a time that tell what it is: a count, a label, a place, or the whole of an answer."""

from __future__ import annotations

from bot.domain.duetimes.words import word_set

# "by 3 calls", "at 2 new accounts": the number counts things and is not an hour.
COUNTED = word_set(
    "% of out per percent pct k m x bn grand million thousand hundred dozen people person more new key big hot warm"
    " cold other extra top good different qualified point degrees eur usd gbp euro dollar stage go"
    " time floor min mins minute minutes hr hrs hour hours day week"
)
CALLING = word_set("call ring phone text email mail meet see visit ping message dial speak chase catch")
LABELS = word_set("ext extension ring room code pin id invoice order po flight number no ref ticket desk gate line x")
SCORING = word_set("is are am i'm at got get score scored rated hit did done have had of quota about like version rate")
STREETS = word_set("street st road rd avenue ave lane square")
NOT_PLURAL = word_set(
    "tops this thus always perhaps unless besides across yes thanks plus was has does towards afterwards sometimes"
    " whereas regards cheers tues weds thurs works suits"
)
GROWING = word_set("increase grow reduce lower boost exceed multiply increased grew")
MOVING = word_set("go goes going gone went is are was were be came moved grew")  # "goes up by 3"
KISSES = frozenset({"x", "xx", "xxx"})

# Words after which a bare day or hour stays one, and is no part of a name or of a count: "Wed at", "the 24th with".
CONNECTORS = word_set(
    "at by before and or i i'll i'm we we'll to with for so but if because then about after when as in on latest"
    " morning afternoon arvo aft evening night am pm noon lunchtime first please instead until between from the"
    " eod cob works should latest sharp is around early late next this or ok"
    " nite tonight lah la lor leh mate pls plz k thx ta itself only eh sir"
)
# What may stand around a time in an answer that is nothing but a time: "maybe 3?", "ok, let's say 4 then".
FILLERS = word_set(
    "ok okay yes yep yeah sure maybe probably perhaps hm hmm um er well so how about what let's lets say then please"
    " instead i'd i'll do it go with done thanks and , . ! ? … ; : ( ) * _ \" ' - – — ~ thx think i would"
)
FILLERS_AFTER = FILLERS | word_set("works for me us is good fine suits better best")

# Words that take back the time before them.
CORRECTIONS = (
    "no | nope | sorry | actually | i mean | i meant | or rather | rather | scratch that | correction | wait |"
    "no wait | oops | make that | make it | let's say | better | nah | hmm | hm | well | instead | or better"
)
# What one does at the end of work: "before I log off for the day".
LEAVING = word_set("log knock clock sign head leave finish go pack shut stop switch close call wrap quit")
LEAVING_NOW = word_set("logging knocking clocking signing heading leaving packing shutting wrapping")
HOMEWARDS = word_set("off out up down home it a day for the today tonight work office evening my laptop")

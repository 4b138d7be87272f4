"""The standing answers to any question: yes, no, not today, no idea, hello."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.domain.language.lead_in import after_leads
from bot.domain.language.phrases import Phrases
from bot.domain.language.said import word_set
from bot.domain.language.word_classes import ADVERBS

_YES = Phrases(
    """
    go on then | go on | carry on | crack on | let us crack on | suits me | that suits me | that suits
    | we are good | yessir | yes mam | yes madam | yes | yes please | passt | passt so | klar | alles klar
    | gut | genau | mach ich | will do the needful | i will do the needful | theek hai | thik hai | acha
    | achha | accha | d'accord | vale | yep | yup | yeah | yea | yah | ya | ye | yess | yesss | y | aye | ok
    | okay | okey | okey dokey | okie | okie dokie | k | kk | sure | sure thing | sounds good | sounds great
    | sounds fine | sounds right | sounds like a plan | go | go ahead | go for it | let us go | let us do it
    | let us do this | let us do that | let us go for it | let us go with that | let us go with it | do it
    | do that | deal | done deal | it is a deal | agreed | agree | i agree | confirmed | confirm | i confirm
    | i can confirm | correct | that is correct | right | that is right | perfect | great | fine
    | fine by me | fine with me | fine for me | good | good for me | all good | cool | works | works for me
    | that works | that works for me | that is fine | that is good | that is perfect | that is it
    | that is the plan | commit | committed | i commit | i am committed | count me in | i am in | on it
    | am on it | i am on it | will do | i will do it | i will do that | i will do so | i will do this
    | i will | absolutely | definitely | for sure | of course | looks good to me | sounds good to me | works for us
    | i can do that | i can do it | can do | looks good | looks great | looks right
    | lgtm | lock it in | lock it | locked in | locked | you bet | no worries | no problem | no probs
    | no prob | too right | too easy | righto | rightio | right-o | ja | jawohl | jo | oui | si | haan
    | haan ji | alright | all right | roger | roger that | 10-4 | why not | no objections | no objection
    | no changes | no change | let us roll | book it | save it | set it | send it through | i promise
    | promise | i accept | accept | accepted | approved | approve | bring it on | 100% | 100 % | certainly
    | surely | indeed | exactly | true | affirmative | gladly | happy with that | happy to
    | i am happy with that | happy with it | as you say | make it so | yes sir | yes boss | yes coach
    | ok coach | got it | understood | noted | easy | easy peasy | spot on | nice | super | awesome
    | excellent | brilliant | lovely | sweet | sweet as | good to go | am good | i am good
    | i am ok with that | i am fine with that | i am fine with it | am ok with that | please do | keep it
    | keep it like that | keep it that way | leave it like that | leave it as is | 👍 | 👌 | ✅ | ✔ | ☑ | 💪 | 🙌
    | 🚀 | 👊 | 💯 | 🤝 | 🫡 | 🙏 | :thumbsup: | :+1: | :ok_hand: | :white_check_mark: | :heavy_check_mark:
    | :ballot_box_with_check: | :muscle: | :raised_hands: | :rocket: | :100: | :handshake: | :saluting_face:
    | :ok: | :fist: | :facepunch: | :check: | :yes:
    """
)
_NO = Phrases(
    """
    no | n | nope | nah | naa | no thanks | no thank you | no thx | nein | non | na | not today
    | not today thanks | not now | not this morning | not this time | not really | not for me
    | not happening | not going to happen | not interested | not possible | not possible today | skip
    | skip it | skip today | skip this | skip that | skip me | i will skip | i will skip today
    | i will skip it | pass | pass today | hard pass | i will pass | i will pass today | i will pass on that
    | no way | no can do | no chance | no go | leave it | leave it for today | leave it today | leave it out
    | let us leave it | let us leave it for today | let us not | let us skip | let us skip it
    | let us skip today | nothing today | nothing for today | nothing | another day | another time
    | some other day | some other time | maybe another day | maybe another time | maybe tomorrow
    | maybe next time | perhaps tomorrow | tomorrow maybe | next time | can not today | i can not today
    | can not do it | i can not do it | can not do it today | i can not do it today | can not do that today
    | i can not do that today | i can not make it | i can not make it today | can not make it today
    | can not do today | i can not do today | can not commit | i can not commit | i can not commit to that
    | can not commit to that | can not commit to that today | i can not commit today | can not promise
    | i can not promise | i can not promise that | cancel | cancel it | cancel that | forget it
    | forget about it | forget that | never mind | nevermind | drop it | drop that | scrap it | scrap that
    | bin it | i do not want to | i do not want | do not want to | do not want | i do not feel like it
    | do not feel like it | not feeling it | not in the mood | i would rather not | rather not
    | i prefer not to | i will not | i will not do it | i will not do that | i am not going to
    | not going to | no commitment | no commitment today | no commitments | no commitments today | no action
    | no action today | no actions today | none | none today | no time | no time for that | too busy
    | i am too busy | am too busy | i have no time | i do not have time | do not have time | have no time
    | not up for it | not up for that | not me | nay | negative | absolutely not | definitely not
    | of course not | certainly not | no deal | not yet | 👎 | ❌ | 🚫 | 🙅 | :thumbsdown: | :-1: | :x:
    | :no_entry: | :no_good: | :no_entry_sign:
    """
)
_NOT_TODAY = Phrases(
    """
    leave me alone today | leave me be today | leave me in peace today | do not message me today
    | do not bother me today | do not ping me today | today i have holiday | have holiday today | i have holiday
    | today is a holiday | today is holiday | public holiday today | am today ill | am today sick | am ill today
    | am sick today | off today | day off today | do not work today | do not work mondays | do not work tuesdays
    | do not work wednesdays | do not work thursdays | do not work fridays | not working today | let us skip
    | skip it for today |
    will not have time | today is no good | today is not good | today does not work | today will not work | today is bad
    | today is impossible | today is full | today is packed | today is out | today is a write-off | can not commit
    | can not promise anything | will not be able to today
    | not doing this | not doing it | not doing that | ask me tomorrow | try me tomorrow
    | on holiday this week | on leave this week | on vacation this week | on pto this week | off this week
    | on holiday until | not today | not now | no can do | can not today | can not do it today
    | can not do today | can not commit today | can not make it today | skip today | skip it today
    | pass today | nothing today | nothing for today | leave it for today | leave it today | rain check
    | raincheck | too busy today | no time today | no time for this | no time for that | no time for it
    | do not have time today | do not have time for this | do not have the time today
    | do not have any time today | have no time today | do not have time for that | am off today | day off
    | off sick | am sick | am ill | am unwell | out sick | sick today | sick day | on annual leave
    | on holiday today | on leave today | am on leave | am on holiday | am on vacation | am on pto
    | on pto today | out of office today | am ooo | ooo today | am out today | not working today
    | am not working | am away today | call it a day | give it a miss | give this a miss | give it a rest
    | not in the mood | do not feel like it | do not want to | would rather not | rather not
    | not happening today | not going to happen today | not possible today | will not happen today
    | will not manage today | i will pass | will skip
    """
)
_NOTHING = Phrases("nothing | none | not really | not much | no problem | nope nothing | no nothing")
_HELLO = Phrases(
    """
    fine thanks and you | good thanks and you | all good and you | i am fine thanks and you | fine and you
    | good and you
    | fine thank you and you | good thank you and you | hi | hello | hey | heya | hiya | yo | morning | mornin
    | good morning | gm | gn | good afternoon
    | good evening | evening | afternoon | g'day | gday | howdy | moin | servus | hallo | guten morgen
    | guten tag | namaste | namaskar | hola | bonjour | salut | greetings | sup | what is up | whats up
    | wassup | how are you | how are you doing | how are you today | how is it going | how are things
    | how is life | how do you do | you ok | you alright | you all right | you good | alright mate
    | how is your day | how was your weekend | and you | how about you | and yourself | how are ya | thanks
    | thank you | many thanks | thanks a lot | thanks so much | thank you so much | thank you very much
    | thanks very much | thanks a million | thanks a bunch | cheers | ta | danke | merci | dhanyavaad
    | much appreciated | appreciated | appreciate it | i appreciate it | nice one | good one | well done
    | good bot | you too | same to you | likewise | have a good one | have a good day | have a great day
    | have a nice day | enjoy your day | see you | see you tomorrow | see you later | bye | bye bye
    | goodbye | good night | later mate | ttyl | cya | talk later | speak later | talk tomorrow
    | speak tomorrow | catch you later | happy monday | happy tuesday | happy wednesday | happy thursday
    | happy friday | tgif | lol | lmao | haha | hahaha | hehe | rofl | xd | np | welcome | you are welcome
    | no worries | nice weather | nice | wow | merry christmas | happy new year | happy diwali
    | happy holidays | happy easter | nice to meet you | good luck | congrats | congratulations | coach
    | mate | buddy | boss | there | team | all | everyone | to you | to you too | bot | for asking | sir
    | madam | ji | my friend | friend | dear | again | :… | 😀 | 😃 | 😄 | 😁 | 😂 | 🤣 | 😊 | 🙂 | 😉 | 😎 | ☕ | ☀
    | 🌞 | 👋 | ❤ | 🎉 | 😅 | 😴 | ❄ | 🥳 | ! | . | , | : | ) | ( | - | ; | d | p | ?
    """
)
_CLUELESS = Phrases(
    """
    let me check my calendar | let me check my diary | ask me later | ask again later | remind me later
    | come back later | whatever comes up | let me look | no idea | no clue | not sure | not sure yet
    | unsure | do not know | i do not know | i do not know yet | do not know yet | i have no idea
    | have no idea | i have no clue | i am not sure | i am not sure yet | am not sure | am not sure yet
    | no idea yet | i could not say | hard to say | difficult to say | can not say | i can not say
    | can not say yet | depends | it depends | that depends | i will think about it
    | will think about it | need to think | i need to think | need to think about it | whatever | anything
    | something | whenever | whenever i can | later | later today | later on | sometime | some time
    | sometime today | some time today | at some point | at some point today | at some stage
    | during the day | when i have time | when i get time | when i can | when possible | as soon as possible
    | asap | now | right now | straight away | straightaway | right away | immediately | at once | soon
    | soonish | eventually | any time | anytime | maybe | perhaps | possibly | probably | hopefully
    | i guess | might do | could do | i will try | will try | i can try | can try | try | trying
    | i will do my best | will do my best | do my best | i will try my best | will try my best | try my best
    | 🤷 | :shrug: | :man-shrugging: | :woman-shrugging: | tbd | tbc | to be decided | no preference
    | you decide | you choose | you tell me | up to you | dunno | meh | i will have to see
    | will have to see | i will have to check | have to check | need to check | i need to check
    | let me check | will check | i will check | not decided | not decided yet | undecided | surprise me
    | the usual | usual | the usual stuff | same as yesterday | same as usual | as usual | same
    | business as usual | some stuff | stuff | things
    """
)
_AFTER_NO = word_set(
    "need i we it that this not sorry but way can because as make change he she they mate coach no please just"
)
_REMAINS = word_set(
    """
    cheers ta danke boss man bro buddy chief sir team it that this today thanks please coach sorry mate then
    but i am the for now so just again
    """
)


def answer_words(keys: Sequence[str]) -> tuple[str, ...]:
    """The words that matter for a short answer: no marks at the edges, no greetings before it."""
    return _answer_words(tuple(keys))


@lru_cache(maxsize=64)  # asked again and again of the same few clauses
def _answer_words(keys: tuple[str, ...]) -> tuple[str, ...]:
    kept = [key for key in keys if key[0].isalnum() or len(key) > 1 or ord(key[0]) > 0x2000]
    return tuple(key for key in kept if key not in ("…", "‼", "️", "\u200d", "“", "”", "‘", "’", "–", "—", "•"))


def says_yes(keys: Sequence[str]) -> bool:
    """Whether the words as a whole agree: "yep", "ok do it", "👍", "yes please, thanks"."""
    return _made_of(answer_words(keys), _YES)


def opens_with_yes(keys: Sequence[str]) -> bool:
    """Whether the words begin with a yes, whatever follows."""
    return bool(_YES.at(answer_words(keys)))


def says_no(keys: Sequence[str]) -> bool:
    """Whether the words as a whole decline: "nah", "not today, sorry"."""
    return _made_of(answer_words(keys), _NO)


def opens_with_no(keys: Sequence[str]) -> bool:
    """Whether the words begin with a flat no."""
    words = answer_words(keys)
    if words[:1] == ("no",) and len(words) > 1:  # "no budget" is not a no
        marked = keys[list(keys).index("no") + 1] == "," if "no" in list(keys)[:-1] else False
        return marked or words[1] in _AFTER_NO or _YES.at(words, 1) > 0 or _NO.at(words, 1) > 0
    return words[:1] in (("no",), ("nope",), ("nah",), ("nein",), ("nay",))


def says_nothing(keys: Sequence[str]) -> bool:
    """Whether the words as a whole are a "nothing" or "not really": an answer to an open question, if a thin one."""
    return _NOTHING.at(answer_words(keys)) > 0


def says_pass(keys: Sequence[str]) -> bool:
    """Whether the words as a whole skip the question itself."""
    words = answer_words(keys)
    return _made_of(words, _NO) and any(word in ("skip", "pass") for word in words)


def says_not_today(keys: Sequence[str]) -> bool:
    """Whether somewhere in the words today is declined: "sorry, I'm off sick"."""
    return _NOT_TODAY.within(keys)


def clueless(keys: Sequence[str]) -> bool:
    """Whether the words as a whole leave it open: "not sure yet", "whenever", "we'll see"."""
    return _made_of(answer_words(keys), _CLUELESS)


def says_hello(keys: Sequence[str]) -> bool:
    """Whether the words as a whole are pleasantries: "morning coach!", "thanks", "haha"."""
    return _HELLO.cover(keys) or (_made_of(answer_words(keys), _HELLO) and bool(keys))


def _made_of(words: Sequence[str], table: Phrases) -> bool:
    """Whether `words` opens with the table and has nothing but the table and small change after it."""
    place = table.at(words)
    if not place:
        lead = after_leads(words)
        place = lead + table.at(words, lead) if lead < len(words) and table.at(words, lead) else 0
    if not place:
        return False
    while place < len(words):
        length = table.at(words, place)
        if length:
            place += length
        elif words[place] in _REMAINS or words[place] in ADVERBS or words[place].startswith(":"):
            place += 1
        else:
            return False
    return True

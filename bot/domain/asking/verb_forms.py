"""English verb phrases in another form: "call Anna" and "calling Anna", "called Anna" and "call Anna".

Everything takes and returns whole phrases and gives None when the form is not certain, so that nobody reads a
broken sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.domain.language.said import word_set
from bot.domain.language.verbs import BASES, GERUNDS, PASTS, SAME_IN_PAST

_MORE = {  # base: past, participle; beyond the verbs of a sales day
    "be": "was been", "have": "had had", "hear": "heard heard", "know": "knew known", "think": "thought thought",
    "feel": "felt felt", "lose": "lost lost", "leave": "left left", "say": "said said", "let": "let let",
    "buy": "bought bought", "pay": "paid paid", "show": "showed shown", "forget": "forgot forgotten",
    "understand": "understood understood", "set": "set set", "put": "put put", "wait": "waited waited",
    "skip": "skipped skipped", "miss": "missed missed", "delay": "delayed delayed", "postpone": "postponed postponed",
    "ignore": "ignored ignored", "avoid": "avoided avoided", "use": "used used", "try": "tried tried",
    "consider": "considered considered", "look": "looked looked", "need": "needed needed", "want": "wanted wanted",
    "manage": "managed managed", "decide": "decided decided", "organise": "organised organised",
    "turn": "turned turned", "happen": "happened happened", "change": "changed changed", "fail": "failed failed",
    "spend": "spent spent", "teach": "taught taught", "stick": "stuck stuck", "break": "broke broken",
    "become": "became become", "come": "came come", "rise": "rose risen", "speak": "spoke spoken",
    "sleep": "slept slept", "win": "won won", "start": "started started", "mention": "mentioned mentioned",
    "reduce": "reduced reduced", "lower": "lowered lowered", "accept": "accepted accepted", "hire": "hired hired",
    "balance": "balanced balanced", "celebrate": "celebrated celebrated", "position": "positioned positioned",
    "differentiate": "differentiated differentiated", "structure": "structured structured",
    "measure": "measured measured", "help": "helped helped", "support": "supported supported",
    "enter": "entered entered", "type": "typed typed", "collaborate": "collaborated collaborated",
}  # fmt: skip
_ING = {"be": "being", "lie": "lying", "tie": "tying", "die": "dying"}
_DOUBLING = word_set(
    """
    set get put cut run plan stop begin win chat drop pop ship skip spot submit commit refer map swap let sit
    hit fit quit drag step wrap pin tap log plug trim scan jot bid forget admit permit reset top dig shop nip
    grab rub prefer control travel cancel model nod tag flag transfer swim hop upset bet rebut level total
    """
)
_BASES = BASES | set(_MORE)
_FROM_PAST = dict(PASTS) | {base: base for base in SAME_IN_PAST}
for _base, _forms in _MORE.items():
    _FROM_PAST |= dict.fromkeys(_forms.split(), _base)
_SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")

_SOFT = (
    r"(?:also|still|now|rather|then|first|even|ever|already|quickly|briefly|\w{3,}ly|go ahead and"
    r"|go and|try and|try to)"
)
_EASED = re.compile(
    rf"^(?:{_SOFT}|(?:be able|manage|remember|promise|prefer|attempt|need|have|get round|get around"
    rf"|aim|seek|want|make an effort) to)"
    r" (?=\w)",
    re.IGNORECASE,
)
_NO_VERBS = word_set(
    """
    a an the my your his her its our their this that these those i you he she it we they me him us them who
    what how which where when there here not no never of in on at by for with from to into about and or but if
    so as because any some all every each both more most much many very too up down out off over under am is
    are was were been do does did has had will would can could shall should may might must ok okay sure happy
    right able ready busy free good bad late early alright anything something everything nothing anyone
    someone family one two three four five six seven eight nine ten twenty fifty
    """
)
_JOINED = re.compile(r"(,? (?:and|or|and then|or else) )(?=([a-z][a-z-]*) ([\w{]\S*))")
_OBJECTS = word_set(
    """
    the a an your my his her its our their this that these those them him it me us up on out back in off down
    over to with for through at some any one two three all every each
    """
)


def is_base(word: str) -> bool:
    """Whether `word` can be a verb in its bare form after "will you"."""
    lower = word.lower()
    return bool(re.fullmatch(r"[a-z]+(?:-[a-z]+)*", lower)) and lower not in _NO_VERBS and len(lower) > 1


def base(phrase: str) -> str | None:
    """The phrase after "will you" or "to" as its bare verb with what follows: "maybe be calling Anna", "call Anna"."""
    phrase = re.sub(r" any (?=\w)", " ", phrase.strip(" ,"))
    for _ in range(4):
        eased = _EASED.sub("", phrase, count=1)
        if eased == phrase:
            break
        phrase = eased
    if phrase.startswith("{"):
        return phrase
    verb, _, rest = phrase.partition(" ")
    if verb.lower() == "be":
        if rest.lower().startswith(("ready ", "prepared ")):
            return f"get ready {rest.partition(' ')[2]}"
        return from_gerund(rest)
    if not is_base(verb) or (verb[0].isupper() and verb.lower() not in _BASES):
        return None
    return f"{verb.lower()} {rest}".strip()


def from_gerund(phrase: str) -> str | None:
    """ "calling Anna" as "call Anna"."""
    verb, _, rest = phrase.strip(" ,").partition(" ")
    found = _base_of_gerund(verb.lower())
    return _joined(f"{found} {rest}".strip(), _base_of_gerund) if found else None


def from_past(phrase: str) -> str | None:
    """ "called Anna" as "call Anna", from the past or the participle."""
    phrase = re.sub(rf"^(?:{_SOFT} )+", "", phrase.strip(" ,"), flags=re.IGNORECASE)
    verb, _, rest = phrase.partition(" ")
    found = _FROM_PAST.get(verb.lower())
    if verb.lower() == "been":
        return from_gerund(rest)
    return _joined(f"{found} {rest}".strip(), _FROM_PAST.get) if found else None


def gerund(phrase: str) -> str | None:
    """ "call Anna and send the offer" as "calling Anna and sending the offer"; takes what `base` returns."""
    verb, _, rest = phrase.partition(" ")
    if not is_base(verb):
        return None
    return _joined(f"{_ing(verb)} {rest}".strip(), lambda word: _ing(word) if word in _BASES else None)


def _joined(phrase: str, form: Callable[[str], str | None]) -> str:
    """The phrase with a second verb after "and" put into the same form, where it is one beyond doubt."""
    pieces: list[str] = []
    place = 0
    for match in _JOINED.finditer(phrase):
        made = form(match[2])
        if made and (match[3].lower() in _OBJECTS or match[3][0].isupper()):
            pieces.append(phrase[place : match.end()] + made)
            place = match.end() + len(match[2])
    return "".join(pieces) + phrase[place:]


def _ing(verb: str) -> str:
    if verb in _ING:
        return _ING[verb]
    if verb in _DOUBLING:
        return f"{verb}{'l' if verb.endswith('l') else verb[-1]}ing"
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        return f"{verb[:-1]}ing"
    return f"{verb}ing"


_GERUNDS = {_ing(each): each for each in _BASES} | {
    word: each for word, each in GERUNDS.items() if word == _ing(each) or _SHORT.fullmatch(each)
}


def _base_of_gerund(word: str) -> str | None:
    return _GERUNDS.get(word)

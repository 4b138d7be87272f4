"""A Slack message as words: markup undone, contractions opened, common slips of the thumb mended.

Nothing here judges what the words mean. `Word.key` is for comparing, `Word.start` and `Word.end` are places in
`Said.plain`, and `Said.origin` leads from there back to the message as Slack sent it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


def word_set(table: str) -> frozenset[str]:
    """The words of a table of single words."""
    return frozenset(table.split())


LONGEST = 2000  # characters read from the beginning of a message; work per message stays bounded
LAST = 600  # ... and from the end of a longer one, where a promise often stands

_MARKUP = re.compile(
    r"<(?P<sigil>[@#!]?)(?P<target>[^<>|]{1,2000})(?:\|(?P<label>[^<>]{0,2000}))?>"
    r"|&(?P<entity>amp|lt|gt);|(?P<style>[*`])"
)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}

_WORD = re.compile(
    r"""
      <@[^<>\s]{1,80}>                                  # a mention
    | https?://[^\s<>]{1,500}
    | :(?:[a-z_][\w'+-]{0,60}|[+-]1):                   # an emoji by its name
    | [\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}   # an address
    | \d{1,2}(?:[:.]\d\d)?[ ]?[ap]\.m\b\.?
    | \bre:(?=\s)
    | \b(?:w/o|w/|f/u|e\.g\b\.?|i\.e\b\.?)
    | \w+(?:(?:['’´&/-]|(?<=\d)[.,:](?=\d)|\.(?=(?:com|net|org|io|ai|de|uk|in|au|co)\b))\w+)*%?
    | \n | -> | => | [^\w\s]
    """,
    re.VERBOSE | re.IGNORECASE,
)

_OPENED = {  # what people type → the words it stands for
    "i'am": "i am", "im": "i am", "iam": "i am", "i'l": "i will", "il": "i will", "i'lll": "i will", "ive": "i have",
    "imma": "i am going to", "ima": "i am going to", "i'ma": "i am going to", "wil": "will", "willl": "will",
    "wll": "will", "gonna": "going to", "gona": "going to", "gunna": "going to", "gonne": "going to",
    "wanna": "want to", "gotta": "got to", "hafta": "have to", "lemme": "let me", "tryna": "trying to",
    "oughta": "ought to", "shoulda": "should have", "woulda": "would have", "coulda": "could have",
    "dunno": "do not know", "idk": "i do not know", "kinda": "kind of", "sorta": "sort of", "cannot": "can not",
    "can't": "can not", "cant": "can not", "won't": "will not", "wont": "will not", "shan't": "shall not",
    "ain't": "am not", "dont": "do not", "didnt": "did not", "doesnt": "does not", "havent": "have not",
    "hasnt": "has not", "couldnt": "could not", "wasnt": "was not", "isnt": "is not", "arent": "are not",
    "wouldnt": "would not", "shouldnt": "should not", "didn": "did not", "let's": "let us", "lets": "let us",
    "its": "it is", "thats": "that is", "theres": "there is", "hes": "he is", "shes": "she is",
    "theyre": "they are", "youre": "you are", "whats": "what is", "shud": "should", "shoud": "should",
    "shld": "should", "mayb": "maybe", "mabye": "maybe", "maby": "maybe", "mebbe": "maybe", "prob": "probably",
    "probs": "probably", "prolly": "probably", "probaly": "probably", "propably": "probably",
    "hopefuly": "hopefully", "bc": "because", "cuz": "because", "cos": "because", "coz": "because",
    "'cause": "because", "becuase": "because", "becasue": "because", "u": "you", "ur": "your", "pls": "please",
    "plz": "please", "thx": "thanks", "tnx": "thanks", "thnx": "thanks", "ty": "thank you", "re:": "re", "w/": "with",
    "w/o": "without", "b4": "before", "2day": "today", "tmrw": "tomorrow", "tmr": "tomorrow", "tmw": "tomorrow",
    "tomorow": "tomorrow", "tommorow": "tomorrow", "tommorrow": "tomorrow", "tomoz": "tomorrow", "defo": "definitely",
    "def": "definitely", "definately": "definitely", "alot": "a lot", "mtg": "meeting", "mtgs": "meetings",
    "appt": "appointment", "appts": "appointments", "msg": "message", "f/u": "follow up", "cust": "customer",
    "ppl": "people", "smth": "something", "rn": "right now", "atm": "at the moment", "&": "and", "tryed": "tried",
    "cal": "call", "emial": "email", "sned": "send", "shedule": "schedule", "scedule": "schedule",
    "follwo": "follow", "folow": "follow", "prepair": "prepare", "finsh": "finish", "mesage": "message",
    "vist": "visit", "wirte": "write", "reveiw": "review", "calll": "call", "emal": "email", "custumer": "customer",
    "r": "are", "c": "see", "2nite": "tonight", "tonite": "tonight", "2moro": "tomorrow", "2mrw": "tomorrow",
    "gd": "good", "abt": "about", "shd": "should", "cld": "could", "wld": "would", "wud": "would", "cud": "could",
    "hav": "have", "hv": "have", "youll": "you will", "theyll": "they will", "itll": "it will", "it'll": "it will",
    "that'll": "that will", "thatll": "that will", "youve": "you have", "weve": "we have", "theyd": "they would",
    "whos": "who is", "wheres": "where is", "hows": "how is", "whens": "when is", "bcoz": "because", "bcos": "because",
    "'em": "them", "thru": "through", "wouldve": "would have", "shouldve": "should have", "couldve": "could have",
    "sry": "sorry", "soz": "sorry", "dw": "do not worry", "wondring": "wondering", "coul": "could",
    "wat": "what", "wen": "when", "wot": "what", "wher": "where",
    "gimme": "give me", "whatcha": "what are you", "d'you": "do you", "wasn": "was not",
    "dun": "do not", "dunt": "do not", "doan": "do not", "haven": "have not", "havn't": "have not", "wan": "want",
    "mite": "might", "rmb": "remember", "rmbr": "remember", "den": "then", "dat": "that", "dis": "this", "wif": "with",
    "frm": "from", "jus": "just", "juz": "just", "oso": "also", "oredi": "already", "alr": "already", "liao": "already",
    "haf": "have", "muz": "must", "nvm": "never mind", "ltr": "later", "aft": "after", "bt": "but", "nt": "not",
    "thk": "think", "tink": "think", "noe": "know", "tok": "talk", "wana": "want to", "pple": "people", "gg": "going",
    "gng": "going", "goin": "going", "doin": "doing", "comin": "coming", "ü": "you", "ya'll": "you", "y'all": "you",
    "wld've": "would have", "shant": "shall not", "aint": "am not", "isn": "is not",
    "mornin": "morning", "nite": "night", "fwd": "forward", "sched": "schedule", "resched": "reschedule",
    "2mr": "tomorrow", "tml": "tomorrow", "thks": "thanks", "tks": "thanks", "bef": "before",
    "recieve": "receive", "conctact": "contact", "contcat": "contact", "realy": "really", "dnt": "do not",
}  # fmt: skip
_ENDINGS = {"n't": "not", "'ll": "will", "'ve": "have", "'m": "am", "'re": "are"}
_MODIFIERS = frozenset("\ufe0e\ufe0f\u200d\u200b\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")  # of emoji
_BEFORE_D = word_set("i you he she we they it that there")
_BEFORE_S = word_set("he she it that there what who how where when here")
_BEFORE_BEING_ILL = word_set(
    "am is was are were be been being feel feeling feels fell get got very so too really off seriously"
)
_AFTER_BEING_ILL = word_set("and with today since again so but in at health this all")
_BEFORE_HALF_DAY = word_set(
    "tomorrow this today monday tuesday wednesday thursday friday mon tue tues wed thu thurs fri"
)
_BEFORE_TO = word_set("me you want need going got have like try trying meant")


@dataclass(frozen=True)
class Word:
    """One word or mark: `key` for comparing (lower case, straight apostrophes), `start`/`end` in the plain text."""

    key: str
    start: int
    end: int


@dataclass(frozen=True)
class Said:
    """One message. `origin[i]` is the place in the message as sent of the i-th plain character."""

    plain: str
    origin: tuple[int, ...]
    words: tuple[Word, ...]


def hear(text: str) -> Said:
    """`text` as words. Links count by their label, mentions stay as they are, `&amp;` is "&". Total and linear."""
    plain, origin = _without_markup(text, 0, min(len(text), LONGEST))
    if len(text) > LONGEST:
        end, end_origin = _without_markup(text, max(LONGEST, _begin_of_a_sentence(text, len(text) - LAST)), len(text))
        plain, origin = f"{plain}\n{end}", (*origin, *end_origin)
    return Said(plain, origin, tuple(_words(plain)))


def _begin_of_a_sentence(text: str, place: int) -> int:
    """Where the first sentence or line after `place` begins, `place` itself when none does."""
    found = _SENTENCE_END.search(text, place)
    return found.end() if found and found.end() < len(text) else place


def keys_of(text: str) -> tuple[str, ...]:
    """The comparing keys of `text`, so that tables can be written the way people write."""
    return tuple(word.key for word in hear(text).words)


def _without_markup(text: str, start: int, end: int) -> tuple[str, tuple[int, ...]]:
    raw = text[start:end]
    characters: list[str] = []
    origin: list[int] = []

    def keep(first: int, last: int) -> None:
        characters.extend(raw[first:last])
        origin.extend(range(start + first, start + last))

    done = 0
    for found in _MARKUP.finditer(raw):
        keep(done, found.start())
        done = found.end()
        if (entity := found["entity"]) is not None:
            # A typed-out "<!channel>" must not come back to life as one.
            if entity != "lt" or raw[done : done + 1] not in ("@", "#", "!"):
                characters.append(_ENTITIES[entity])
                origin.append(start + found.start())
        elif found["style"] is not None:
            continue
        elif found["sigil"] == "@":
            keep(found.start(), found.end())
        elif found["label"]:
            keep(*found.span("label"))
        elif not found["sigil"]:
            keep(*found.span("target"))
    keep(done, len(raw))
    return "".join(characters), (*origin, end)


def _words(plain: str) -> list[Word]:
    found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(plain)]
    words: list[Word] = []
    for index, (written, start, end) in enumerate(found):
        if written in _MODIFIERS or written.startswith(":skin-tone"):
            continue
        key = written.lower().replace("’", "'").replace("´", "'").strip("_") or written
        follows = found[index + 1][0].lower() if index + 1 < len(found) else ""
        before = words[-1].key if words else ""
        words.extend(Word(opened, start, end) for opened in _opened(key, before, follows))
    return words


def _opened(key: str, before: str, follows: str) -> list[str]:
    if key == "ill" and follows[:1].isalpha() and follows not in _AFTER_BEING_ILL and before not in _BEFORE_BEING_ILL:
        return ["i", "will"]
    if key == "n" and before[:1].isalpha() and follows[:1].isalpha():
        return ["and"]
    if key == "2" and before in _BEFORE_TO and follows[:1].isalpha():
        return ["to"]
    if key in ("am", "pm") and before in _BEFORE_HALF_DAY:
        return ["morning" if key == "am" else "afternoon"]
    if key == "id" and follows in ("like", "love", "rather", "say"):
        return ["i", "would"]
    if (meant := _OPENED.get(key)) is not None:
        return meant.split()
    for ending, second in _ENDINGS.items():
        if key.endswith(ending) and len(key) > len(ending):
            return [key.removesuffix(ending), second]
    if key.endswith("'d") and key[:-2] in _BEFORE_D:
        return [key[:-2], "would"]
    if key.endswith("'s") and key[:-2] in _BEFORE_S:
        return [key[:-2], "is"]
    return [key]

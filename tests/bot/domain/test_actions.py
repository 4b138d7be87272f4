"""The action in a message: in the rep's own words, starting with the verb, without the time; and its time."""

from __future__ import annotations

import pytest

from bot.domain.language.actions import LONGEST_ACTION
from bot.domain.reading import Asked, Intent
from tests.bot.domain.hearing import clock, heard, pairs

# message => action | next action + one after @ day and clock in Berlin on Wednesday at nine, "-" for no time
EXTRACTED = """
Call Anna at 3 => call Anna @ Wed 15:00
I'll call Anna Weber about pricing at 3 => call Anna Weber about pricing @ Wed 15:00
I will call Anna Weber at 3 about pricing => call Anna Weber about pricing @ Wed 15:00
I'm going to send the Kessler offer before lunch => send the Kessler offer @ Wed 12:00
gonna ring Tom at 11 => ring Tom @ Wed 11:00
ill call Bea by noon => call Bea @ Wed 12:00
I plan to finish the Bosch proposal by end of day => finish the Bosch proposal @ Wed 17:30
My plan is to visit the Siemens plant at 2 => visit the Siemens plant @ Wed 14:00
Plan for today: write the account plan for Volvo, 2-3pm => write the account plan for Volvo @ Wed 15:00
I'm calling three CFOs this afternoon => calling three CFOs @ Wed 16:30
I'll be visiting Acme at 14:30 => visiting Acme @ Wed 14:30
calling Anna at 3 => calling Anna @ Wed 15:00
3 CFO calls before lunch => 3 CFO calls @ Wed 12:00
prospecting emails to the Kessler list => prospecting emails to the Kessler list @ -
3pm Bosch call => Bosch call @ Wed 15:00
10:00 call Bosch => call Bosch @ Wed 10:00
By noon I'll have a call with Lisa from legal => have a call with Lisa from legal @ Wed 12:00
Today I'll ask Tom for an intro => ask Tom for an intro @ Wed 17:30
First I'll prep my Acme demo, then I'll call Bea => prep my Acme demo | call Bea @ -
Call Anna and send the deck => call Anna | send the deck @ -
I'll call Anna, send the Bosch offer and update the CRM by 4
    => call Anna | send the Bosch offer + update the CRM @ Wed 16:00
Call Anna at 3, mail Bea at 4 => call Anna | mail Bea @ Wed 15:00
call and email Anna by 3 => call and email Anna @ Wed 15:00
Call Anna, the Kessler buyer, at 3 => call Anna, the Kessler buyer @ Wed 15:00
Call Anna about tomorrow's demo => call Anna about tomorrow's demo @ -
send my notes from today to Tom => send my notes from today to Tom @ -
Prep for my 3pm demo by 2 => prep for my 3pm demo @ Wed 14:00
book a demo with Anna for Thursday 2pm by noon => book a demo with Anna for Thursday 2pm @ Wed 12:00
ask Anna if she has budget by 3 => ask Anna if she has budget @ Wed 15:00
make sure the offer is right before 3 => make sure the offer is right @ Wed 15:00
call the client who complained yesterday => call the client who complained yesterday @ -
I will to call Mr. Weber at 10 => call Mr. Weber @ Wed 10:00
today I make 3 calls => make 3 calls @ Wed 17:30
i send today the offer to the customer Huber => send the offer to the customer Huber @ Wed 17:30
I want to phone with Mr. Becker at 10:30 => phone with Mr. Becker @ Wed 10:30
I shall complete the PPT for TCS and share with Ramesh ji by 5pm today itself
    => complete the PPT for TCS and share with Ramesh ji @ Wed 17:00
Sir I will call all pending leads today => call all pending leads @ Wed 17:30
Reckon I'll swing by the Toowoomba site this arvo => swing by the Toowoomba site @ Wed 16:30
give Smith & Sons a ring at half 10 => give Smith & Sons a ring @ Wed 10:30
I think I'll give Sarah a bell at half three => give Sarah a bell @ Wed 15:30
Smash through 15 calls from the Dreamforce list b4 lunch, easy
    => smash through 15 calls from the Dreamforce list @ Wed 12:00
I'll get Dave from procurement on the phone before 11 & nail down next steps
    => get Dave from procurement on the phone | nail down next steps @ Wed 11:00
chase signature on the ACME MSA – by 4 => chase signature on the ACME MSA @ Wed 16:00
Reaching out to Lisa at Acme re: the security review, by EOD
    => reaching out to Lisa at Acme re: the security review @ Wed 17:30
F/u w/ Sarah re: contract 2pm => f/u w/ Sarah re: contract @ Wed 14:00
call <@U024BE7LH> about <https://crm.example/42|the Kessler offer> at 3
    => call <@U024BE7LH> about the Kessler offer @ Wed 15:00
send the deck to anna@kessler.com by 3 => send the deck to anna@kessler.com @ Wed 15:00
*Call Anna* at 3 => call Anna @ Wed 15:00
• call Anna => call Anna @ -
1. call Anna => call Anna @ -
Hi coach! Call Anna at 3, please. => call Anna @ Wed 15:00
ok so call Julia by 4 => call Julia @ Wed 16:00
Yes, I'll call Bea at 3 => call Bea @ Wed 15:00
I won't call Anna, I'll mail her => mail her @ -
I was going to call Anna but she's out, so I'll call Bea at 3 => call Bea @ Wed 15:00
I have a meeting until 2. I'll call Anna at 3 => call Anna @ Wed 15:00
I can't do mornings, so calling Anna at 3 => calling Anna @ Wed 15:00
Tom will send the deck and I'll call Anna at 3 => call Anna @ Wed 15:00
I need to ask my boss for a discount by 12 => ask my boss for a discount @ Wed 12:00
let me call Anna at 3 => call Anna @ Wed 15:00
Let's go with calling Bosch at 3 => calling Bosch @ Wed 15:00
I commit to calling Bosch at 3pm => calling Bosch @ Wed 15:00
One thing: ring Margaret at Halfords, she's been sat on the quote for a week. 11am
    => ring Margaret at Halfords @ Wed 11:00
call her tomorrow at 10 => call her @ Thu 10:00
Going after three dormant accounts today => going after three dormant accounts @ Wed 17:30
Review the life cover for the Wilsons with them at 6 => review the life cover for the Wilsons with them @ Wed 18:00
drive to Mannheim and show the new pump to Mr. Krause at 14:00
    => drive to Mannheim and show the new pump to Mr. Krause @ Wed 14:00
call +49 170 1234567 at 3 => call +49 170 1234567 @ Wed 15:00
I'll follow up on the 3 quotes I sent on Monday, before 3 => follow up on the 3 quotes I sent on Monday @ Wed 15:00
I'm going to the Kessler plant at 2 => going to the Kessler plant @ Wed 14:00
Try Anna again at 3 => try Anna again @ Wed 15:00
I’ll call Anna at 3 => call Anna @ Wed 15:00
FINALLY CALL JIM AT 10 => CALL JIM @ Wed 10:00
Call Anna. Mail Bea. Visit Tom. => call Anna | mail Bea + visit Tom @ -
renewal call to Mrs. Jones about her car policy at 11 => renewal call to Mrs. Jones about her car policy @ Wed 11:00
5 handwritten notes to churned accounts before 4pm => 5 handwritten notes to churned accounts @ Wed 16:00
Update Smith's proposal w/ new terms & send it by 4 => update Smith's proposal w/ new terms & send it @ Wed 16:00
Call Jonas and ask what he needs by 3 => call Jonas and ask what he needs @ Wed 15:00
Write to Mr. Brandt and ask him for the floor plan by 2
    => write to Mr. Brandt and ask him for the floor plan @ Wed 14:00
Call Jonas and book the demo room by 3 => call Jonas | book the demo room @ Wed 15:00
Sum up the workshop for Kim before 5 => sum up the workshop for Kim @ Wed 17:00
I'll, um, I'll ring the, uh, the plant manager at 2 => ring the plant manager @ Wed 14:00
walk the shop floor at Krones with the plant manager at 1pm
    => walk the shop floor at Krones with the plant manager @ Wed 13:00
Ask for two referrals at the end of the Hilti meeting at 4
    => ask for two referrals at the end of the Hilti meeting @ Wed 16:00
"""


@pytest.mark.parametrize(("text", "expected"), pairs(EXTRACTED))
def test_the_action_is_cut_out_in_the_reps_own_words(text: str, expected: str) -> None:
    reading = heard(text, Asked.ACT)
    actions, _, due = expected.rpartition(" @ ")
    first, _, others = actions.partition(" | ")
    assert reading.intent is Intent.COMMITMENT
    assert reading.action == first
    assert reading.other_actions == tuple(other for other in others.split(" + ") if other)
    assert (clock(reading) or "-") == due


@pytest.mark.parametrize(
    ("text", "action"),
    pairs(
        """
        I'll try to call Anna => call Anna
        I should follow up with the Bosch team => follow up with the Bosch team
        maybe call Anna => call Anna
        do some calls => do some calls
        work on pipeline => work on pipeline
        call Anna if I have time => call Anna
        """
    ),
)
def test_the_vague_words_are_kept_to_ask_about_them(text: str, action: str) -> None:
    reading = heard(text, Asked.ACT)
    assert (reading.intent, reading.action) == (Intent.VAGUE, action)


@pytest.mark.parametrize(
    ("text", "action"),
    pairs(
        """
        make it 5 calls => 5 calls
        change it to call Bea => call Bea
        no, call Bea => call Bea
        call Bea instead => call Bea
        actually I'd rather email her => email her
        I'll call her at 4 => None
        make it 4 => None
        yes but at 4 => None
        do the call at 4 => None
        """
    ),
)
def test_about_a_draft_only_a_new_action_is_taken(text: str, action: str) -> None:
    reading = heard(text, Asked.CONFIRM)
    assert (reading.intent, str(reading.action)) == (Intent.COMMITMENT, action)


@pytest.mark.parametrize("text", ["3", "by 3", "I'll do it by 3", "I'll call her at 3", "3pm I'd say", "at 3 :)"])
def test_asked_for_a_time_a_rep_need_not_say_the_action_again(text: str) -> None:
    reading = heard(text, Asked.SHARPEN_TIME)
    assert (reading.intent, reading.action, clock(reading)) == (Intent.COMMITMENT, None, "Wed 15:00")


def test_a_very_long_action_is_cut_between_two_words() -> None:
    action = heard("call " + "Anna and her colleague " * 40, Asked.ACT).action
    assert action is not None
    assert len(action) <= LONGEST_ACTION
    assert action.split()[-1] in {"Anna", "and", "her", "colleague"}


def test_names_keep_their_capitals_and_shouted_words_theirs() -> None:
    assert heard("CFO calls to ACME by 3", Asked.ACT).action == "CFO calls to ACME"
    assert heard("Kessler offer by 3", Asked.ACT).action == "Kessler offer"
    assert heard("Send Kessler the offer by 3", Asked.ACT).action == "send Kessler the offer"

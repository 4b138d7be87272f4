"""How messages are read after the open question of the morning and while exploring."""

from __future__ import annotations

import pytest

from bot.domain.reading import Asked, Intent
from tests.bot.domain.hearing import answers, heard, messages


@pytest.mark.parametrize(
    ("asked", "text"),
    answers(
        {
            Asked.OPEN: """
        3 CFO calls before lunch
        I will revert to client by EOD
        by asking for referrals
        Three demos today, all with CFOs
        I want to get three first meetings today
        By calling the list from the trade fair at 10
        prep the Acme demo
        Send the contract to Bosch before noon
        get 5 meetings booked by 4
        finish my account plan
        I can help Tom with his demo at 2
        when I get back from lunch, I'll call Anna
        If it's quiet after lunch I'll work through the Bosch list
        Calling CFOs today
        gonna smash out 20 dials before lunch
        I'll stop calling dead leads
        stop by Bosch at 3
        Hi coach, I'll call Anna Weber about pricing at 3. If she doesn't pick up, I'll mail her.
        I think I'll give Sarah a bell at half three
        Reckon I'll swing by the Toowoomba site this arvo
        I am planning for visiting 2 dealers today
        I shall be calling 5 leads before 1 pm
        i need to ask my boss for a discount by 12
        Ask boss for discount
        I must write offer for Müller GmbH until 15:00
        I make today two visits by Siemens
        I do a workshop with the team of BASF at 14h
        want to call Frau Schmidt at 11
        Going after three dormant accounts today: Ford, Bosch, Shell
        Today's plan is 10 dials to logistics managers
        Focus on discovery questions in the Shell demo at 2
        In the Shell demo at 2 I'll ask three questions about budget before showing anything
        Ask about budget before I show the product, in the 2pm Shell demo
        Ok coach, today I will visit 2 dealers and close one order of 50 units
        sir today visit to Tata plant for AMC at 3
        Will meet Rajesh at 4 to discuss pricing if he is free
        Nail the demo with Shell at 2
        win Shell
        The plan: email 20 CISOs by 11, then call the ones who open it
        email 20 CISOs by 11 and call whoever opens it
        If they open it, I'll call them
        I want to find out who signs at Shell before we talk money, in the 2pm call
        """,
            Asked.EXPLORE: """
        send the ROI sheet before the call
        asking Tom to join at 2
        I'll ask Tom for an intro
        So I'll ask for the decision maker at the start of the Shell call at 2
        get my boss to join
        will ask Anna for an intro by 2
        """,
        }
    ),
)
def test_a_rep_who_already_names_an_action_skips_ahead(asked: Asked, text: str) -> None:
    assert heard(text, asked).intent is Intent.COMMITMENT


@pytest.mark.parametrize(
    ("asked", "text"),
    answers(
        {
            Asked.OPEN: """
        I'll be in meetings all day
        I have three CFO calls, pricing is where they stall
        I'm working on the Kessler offer
        Not much, mostly admin
        Prospecting is slow at the moment
        Anna said she will sign tomorrow
        my manager wants me to call Anna
        I called Anna yesterday but she did not pick up
        not really
        nothing
        Probably by phone
        I have a demo with Acme at 3
        Demo with Acme at 3, then admin
        Meeting with Anna at 3
        Same as yesterday
        I don't know
        can't complain
        Struggling with the gatekeeper at Kessler
        the client needs help with the form
        I'm stuck in traffic
        deal is stuck in legal
        no help needed
        I'll be honest, I hate cold calls
        they keep ghosting me
        waiting for legal to approve the contract
        calling CFOs
        flat out with onboarding
        Client stop messaging me, no interest
        the customer told me to stop calling
        today i am having 3 client visits
        that would help me
        I don't need help
        we help customers save money
        Trying a new opener with the next five calls
        The new opener didn't work, people hang up
        I keep talking too much in demos
        People don't pick up before 10
        Honestly no clue where to start
        My pipeline is dry
        It's the price. Always the price.
        nobody picks up the phone anymore
        Biggest blocker is legal taking two weeks
        The customer's procurement team is on summer break
        I'm waiting on a quote from our pricing desk
        Two renewals at risk, Allianz and Axa
        had a rough morning
        Feeling good today!
        busy busy
        super busy with onboarding a new client
        Not sure how to get to the CFO
        I always ask for a referral
        we don't have leads in my region
        leads are rubbish
        I am on the road to Stuttgart for a visit by Bosch
        I have by Siemens a meeting at 10
        crush it
        The CFO told me "stop messaging me"
        unsubscribe the dead leads from the newsletter
        opt out rates are high
        my customer wants to opt out
        they want me to stop
        Got a call with the CFO of Bosch at 2 and I'm worried about the discount talk
        Everybody ghosts after the pricing page
        tbh I haven't thought about it
        Depends how the 10am goes
        Having a shocker of a week
        """,
            Asked.EXPLORE: """
        I have three CFO calls, pricing is where they stall
        pricing
        no time
        if they'd only answer
        a list of names
        knowing who decides
        sending the ROI sheet before the call
        maybe pricing
        could be pricing
        it would be easier with a referral
        I would need a better intro
        more time
        time
        nothing really
        the CFO
        don't know
        idk
        tbh the leads are rubbish
        They always say "send me an email"
        getting past reception
        I get nervous when they push back
        not being afraid
        They say they'll think about it
        If I knew the decision maker earlier
        knowing the decision maker before the call
        a decision maker on the call
        asking for the decision maker at the start
        Having my boss on the call
        not much tbh
        good question
        Good question. I think the price is too early in my pitch.
        I bring up price too early
        more prep
        let me think... maybe the opening
        the opening
        My opening
        It takes me ages to write the follow ups
        they never read my emails
        because they never read my emails
        no one, I'm alone on this
        no, that's not it
        no, they just don't have the budget
        it stops at procurement
        my biggest client is leaving us
        I'm leaving at 3
        If Tom came along it'd be easier
        Finding the right person on LinkedIn first
        dunno maybe a better opener
        that they trust me
        A reference from their industry
        """,
        }
    ),
)
def test_facts_obstacles_and_thoughts_are_none_of_it(asked: Asked, text: str) -> None:
    assert heard(text, asked).intent is Intent.OTHER


@pytest.mark.parametrize(
    ("asked", "text"),
    answers(
        {
            Asked.OPEN: """
        I will focus on quality today
        I would say by being better prepared
        Let me get back to you on that
        By preparing better
        need to stop chasing bad leads
        I'm going to be more proactive
        I'd call the old customers first
        We need to get better at discovery
        if I get time I'll call Anna
        I have to do admin
        I will think about it
        will update you later
        I'm about to go into a meeting, talk later
        I'll do what I always do
        I'll wing it
        I'll work hard
        I'll do my best to call Anna
        work harder
        Prospect harder
        I'd start with who else is in the decision
        """,
            Asked.EXPLORE: """
        I could ask Tom for an intro
        I should maybe start with the price
        I'd ask for the decision maker at the start
        I could ask for the decision maker
        Stop selling and start asking
        """,
        }
    ),
)
def test_hopes_and_shoulds_are_vague(asked: Asked, text: str) -> None:
    assert heard(text, asked).intent is Intent.VAGUE


@pytest.mark.parametrize(
    ("asked", "text"),
    answers(
        {
            Asked.OPEN: """
        I'm stuck
        help
        can you help me with pricing?
        I'd need a sparring partner for the pricing talk
        need someone to help me with the deck
        """,
            Asked.EXPLORE: """
        could use a hand
        need help with pricing
        """,
        }
    ),
)
def test_a_rep_may_be_stuck_and_say_so(asked: Asked, text: str) -> None:
    assert heard(text, asked).intent is Intent.HELP


@pytest.mark.parametrize(
    ("asked", "text"),
    answers(
        {
            Asked.OPEN: """
        no
        I'm off sick today
        on holiday this week
        Day off today
        I'm on PTO
        kindly note I am on leave today
        """,
            Asked.EXPLORE: """
        no
        """,
        }
    ),
)
def test_a_rep_may_skip_the_day(asked: Asked, text: str) -> None:
    assert heard(text, asked).intent is Intent.REFUSAL


@pytest.mark.parametrize(
    ("asked", "text"),
    answers(
        {
            Asked.OPEN: """
        what is this?
        who are you?
        why do you ask?
        What do you mean by behaviour?
        How do others do it?
        Any ideas?
        can we talk later?
        remind me at 2
        ping me after lunch
        Call me at 3
        """,
            Asked.EXPLORE: """
        what do you think?
        """,
        }
    ),
)
def test_a_rep_may_ask_back(asked: Asked, text: str) -> None:
    assert heard(text, asked).intent is Intent.QUESTION


@pytest.mark.parametrize(
    ("asked", "text"),
    answers(
        {
            Asked.OPEN: """
        stop messaging me
        unsubscribe
        please stop
        stop sending me these messages pls
        how do I unsubscribe
        don't message me on weekends
        can you stop messaging me in the mornings
        fuck off
        stop, I'm busy
        quit
        How do I opt out?
        i want to unsubscribe from this
        Unsubscribe me please
        STOP
        stop please, too many messages
        no, stop
        """,
            Asked.EXPLORE: """
        stop it
        """,
            Asked.ACT: """
        leave me alone
        """,
            Asked.CONFIRM: """
        stop
        stop messaging me
        """,
            Asked.OUTCOME: """
        stop
        leave me alone
        """,
            Asked.NOTHING: """
        stop
        """,
        }
    ),
)
def test_a_rep_may_want_no_more_messages(asked: Asked, text: str) -> None:
    assert heard(text, asked).intent is Intent.STOP


@pytest.mark.parametrize(
    "text",
    messages(
        """
        Morning!
        good morning, how are you?
        thanks
        """
    ),
)
def test_a_greeting_is_small_talk(text: str) -> None:
    assert heard(text, Asked.OPEN).intent is Intent.SMALLTALK


@pytest.mark.parametrize(
    ("asked", "text"),
    answers(
        {
            Asked.OPEN: """
        fine
        ok
        yes
        all good
        great
        """,
            Asked.EXPLORE: """
        yes
        """,
        }
    ),
)
def test_a_bare_yes_agrees_to_nothing_yet(asked: Asked, text: str) -> None:
    assert heard(text, asked).intent is Intent.AFFIRM


@pytest.mark.parametrize(
    "text",
    messages(
        """
        done
        sent it
        I sent it
        """
    ),
)
def test_a_short_report_is_taken_as_done(text: str) -> None:
    assert heard(text, Asked.OPEN).intent is Intent.DONE

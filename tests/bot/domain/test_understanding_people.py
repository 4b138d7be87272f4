"""What people write who were never taught how to talk to a bot: mails, texts, meetings and chats, by what they mean.

Each table stands beside its nearest innocent neighbours in the tables of the other meanings.
"""

from __future__ import annotations

import pytest

from bot.domain.reading import Asked, Intent
from tests.bot.domain.hearing import answers, heard

MEANT = {Intent.COMMITMENT, Intent.VAGUE, Intent.REFUSAL, Intent.STOP, Intent.QUESTION}


@pytest.mark.parametrize(
    ("asked", "text"),
    answers(
        {
            Asked.NOTHING: """
        I'll get it to you by Thursday.
        Let me check and get back to you tomorrow.
        I'll circle back on Monday with numbers.
        I will send it over tonight
        Will send shortly.
        Will call you in 5
        I'm sending it now.
        Sending now
        Calling you in 2 mins
        I'll pick that up with Sarah this afternoon.
        We will deliver the first draft next Wednesday.
        You'll have it on your desk by 5.
        I'll make sure Tom gets the contract today.
        I'll have a word with Peter about it.
        I'll take an action to update the roadmap.
        I'll own the follow-up with finance.
        My action is to call the vendor by Friday.
        On me: updating the spec by Thursday.
        I'll ping the team about this today
        I'll drop by your office at 4 to sign
        I'm meeting the CFO tomorrow to close the deal
        We'll review the draft and send comments by Friday.
        so I will, uh, I will write the report
        yeah I can do that, I'll send it out tonight
        okay I'll take that and I'll talk to Jim
        I'll bring it up with the board on Tuesday
        I'll add it to the backlog
        I'm gonna set up a call with them for Monday
        leave it with me, I'll sort it this afternoon
        I'll chase him
        Gonna ring the bank now
        ill drop it off on my way home
        Ill pick u up the contract at 5 and bring it
        just gonna call the supplier quickly
        am calling him now
        about to call her
        Tomorrow I'll phone the school and ask about the invoice
        I shall call on the doctor tomorrow at 11
        I am sending you the mail today only
        I will do one thing, I will call the client and confirm the date
        I'll call her straight after lunch to fix the date
        I call the customer tomorrow at ten
        We send you the offer until Friday.
        I've decided, I'm calling Bosch at 2
        Right, calling Bosch now
        I won't email, I'll phone her at 3
        Can't do Monday but I'll send it Tuesday
        Not today, but I'll call her tomorrow at 9
        I'll let him know this afternoon
        I'll put the numbers in the deck
        We'll get that fixed and redeploy tonight
        Will do that today
        Sure, sending it now
        Doing that now
        Will revert by tomorrow.
        Allow me to confirm this by tomorrow noon.
        Expect my email by noon.
        Me and Jo are presenting it on Friday
        Yes, I'll be there at 3
        I'll be at your office at 10
        I will have someone call you tomorrow.
        I'd be happy to send it over this afternoon.
        I will get this done today
        I'll take it from here and send the summary tonight
        I'll take the budget section
        I'll write it up
        I can do that by Wednesday
        I can send it over this afternoon
        we're gonna test it with five users next week
        I'm gonna go away and do the costings and bring them next time
        I'll email you both after this call
        will drop u a msg when im there
        ill be round at 6 to collect it
        popping over at 4 to show you the samples
        leaving in 5, will call from the car
        I'll phone u when I finish work
        I'm going to ask HR about it
        I'll go back to the client and ask for the missing form
        My plan is to email them all this afternoon
        The plan: call 10 leads before noon
        First I'll call Kim, then write the offer
        I promise I'll call you on Sunday
        I'll absolutely get that done by tomorrow
        I will personally deliver it on Monday
        I am reaching out to legal today
        I'm preparing the deck for Thursday
        Let me find out and come back to you this afternoon
        I'll be sure to include it in the next version
        I'll remind her
        I'll let Tom know
        I'll pay the invoice on Friday
        I want to send it by 3pm today
        Have to finish the proposal by 5
        I need to call Anna at 3
        Must ring him before 12
        Apologies for the late reply. I will send the figures this evening.
        You're right, I'll fix it and resend.
        Once I hear from Tom I'll send you the numbers
        When I get back on Monday I'll review it
        """,
            Asked.OPEN: """
        By calling the four leads from the fair
        I'll ring Meyer and ask about the pilot
        emailing the three architects at 10
        Going to visit two shops in Ghent this afternoon
        gonna ask every caller who else decides
        ask the buyer for a referral at the end of the 2pm meeting
        pick 5 lost deals from Q2 and call them before lunch
        I will open with the case study from the bakery
        Write down three questions before the call at 11
        first thing I'm doing is phoning Kim at Orbis
        """,
            Asked.EXPLORE: """
        I'll ask Petra for the org chart at 11
        send him the calculation before the call
        OK I'm calling the plant manager now
        will ask my boss to join on Thursday
        """,
            Asked.ACT: """
        phone the two dentists in Cork by 11
        I'm ringing Kim at 2
        fax the contract to Meyer before 12
        pull the usage report for Lund and send it to Ole by 3
        visit Peeters in Ghent, 2pm
        two calls to the Lund team at 10
        quote for Peeters, by noon
        get Ole's signature today by 5
        nail down the date with Kim by email before lunch
        I will go to meet the purchaser at 3
        rustle up a quote for the Smiths by 2
        concoct a plan with Raj at 4
        the offer to Meyer, today till 16:00
        okay then I phone Kim at 4 o clock
        I will be doing a demo for Lund at 3
        Bite the bullet and phone Greg at 4
        Not sure but I'd say call Kim at 3
        pick up where I left off with Lund, call Ole at 2
        Sum up the workshop for Kim and mail it by 5
        """,
            Asked.SHARPEN_ACTION: """
        Kim at Lund
        the CFO, about the renewal
        with Ole from procurement
        about the price list
        all five from the list
        the quote for the pumps
        I'll call Kim and Ole
        """,
            Asked.SHARPEN_TIME: """
        by four
        end of play
        3ish
        this afternoon
        before I leave, so 5
        in an hour
        after my next meeting
        straight after lunch
        call her at 2
        Friday noon
        """,
            Asked.CONFIRM: """
        yes but make it 4
        no, at 5
        better 3pm
        I'll call Ole instead by 3
        4 not 3
        """,
            Asked.LEARN: """
        I'll send her the summary by 4
        next I'm calling Ole at 2
        """,
        }
    ),
)
def test_a_promise_is_heard_however_it_is_put(asked: Asked, text: str) -> None:
    assert heard(text, asked).intent is Intent.COMMITMENT


@pytest.mark.parametrize(
    ("asked", "text"),
    answers(
        {
            Asked.NOTHING: """
        I'll try to get to it this week.
        I'll do what I can.
        I'll see if I can find out.
        I might be able to send it tomorrow.
        Hopefully I can get it done by Friday.
        I should be able to finish it tomorrow.
        I could look at it on Monday.
        I'd like to get this done by next week at some point
        We should probably call them.
        We should set up a meeting.
        we ought to reach out to them
        Perhaps I can ask her.
        Maybe I'll call him later.
        I'm thinking of calling him
        I'm hoping to get it out tonight.
        I'll look into it.
        I'll get back to you.
        I'll keep you posted.
        Will keep you posted
        I'll be in touch.
        I'll follow up.
        I'll give it some thought.
        I want to call more people
        I need to get better at this
        I want to focus more on renewals
        We plan to be more proactive
        If I get time I'll call her.
        If you want I can call them.
        I can call them if you like
        I could send you the deck if it helps
        probably gonna call him tomorrow
        I'll most likely send it tomorrow
        I'll probably call her at 3
        I was thinking of calling them on Friday
        I'd rather call than email I think
        I intend to do more prospecting
        gonna work on my pipeline
        need to call him back
        I have to send that quote
        must remember to call Tom
        will see what I can do
        I'll give it a shot
        I'll have a go at it
        no idea yet, maybe some calls
        Might pop in tomorrow
        Would love to visit you soon
        We'd be interested in talking about it at some point
        I'd love to catch up sometime
        I'd like to understand it better
        I'll see what I can do about the price
        We should meet up
        we could make it rubber maybe
        I could ask Tom
        I can ask him if you want
        I could come at 3
        I may call him tomorrow
        will try my best
        I'd be up for that at some point
        I'm not sure, I might call him
        I'm toying with the idea of calling them
        I'll probably be able to send it tomorrow
        should have it by Friday
        I think I should call
        I guess I could send it
        I'm going to try and send it tonight
        need to get round to that
        I must get better at this
        we need to do something about that
        someone should call them, maybe me
        I'll have a think
        I'll work on it
        I'll bear that in mind
        I'd send it if I had it
        Let's see how it goes, maybe I'll call
        I wish I could send it today
        planning to be better organised
        """,
            Asked.OPEN: """
        by being more proactive
        by working smarter
        just keep going
        I want to be better at closing
        focus on the big accounts
        I'll just see how it goes
        probably by calling some old leads
        be more consistent with my follow ups
        same as always, keep dialing
        I would like to grow the account
        need to get my pipeline in order
        maybe try some LinkedIn outreach
        build better relationships
        stay on top of things
        get more meetings I hope
        I'm planning to be more disciplined
        improve my opener
        I have to speed up
        we need more leads, I'll try to find some
        hoping to speak with the CFO
        """,
            Asked.EXPLORE: """
        I should ask for the decision maker
        could try a different opener
        maybe I should call earlier
        """,
            Asked.ACT: """
        get more done
        do some prospecting
        a couple of calls
        maybe something with Lund
        I'd like to call more
        try and reach someone at Lund
        whatever comes up
        could call Kim if she's there
        I'll try my luck with Lund at 3
        thinking of calling Kim
        might send the quote, let's see
        should probably send the quote by 5
        be more present
        a few emails
        work on my deals
        hopefully close Lund
        I'd call Kim but she's in meetings
        """,
            Asked.SHARPEN_ACTION: """
        some of the old ones
        whoever picks up
        not sure yet, somebody in finance
        maybe Kim
        the usual
        a couple of prospects
        """,
            Asked.SHARPEN_TIME: """
        at some point
        when I find time
        maybe 4
        hopefully by 5
        depends
        today if I can
        I'll try for 3
        as soon as I can
        no idea yet
        sometime
        """,
            Asked.CONFIRM: """
        maybe
        I'll try
        """,
        }
    ),
)
def test_a_hope_an_offer_or_a_haze_is_no_promise(asked: Asked, text: str) -> None:
    assert heard(text, asked).intent is Intent.VAGUE


@pytest.mark.parametrize(
    ("asked", "text"),
    answers(
        {
            Asked.NOTHING: """
        I'm not going to call them.
        I won't do that.
        I can't commit to that.
        I can't make it on Thursday.
        We can't do that.
        We are unable to offer a discount.
        I'd rather not.
        I'd prefer not to call him.
        No, I don't want to.
        Nothing today, I'm travelling
        no time for that today, back to back all day
        Not this week, I'm on a training course
        I don't have time for this today
        I have no time today
        can't today, at a conference
        I'm swamped, not today
        skip today please
        I'll skip today
        I'm going to pass on this.
        I'll have to decline.
        We've decided not to go ahead.
        We will not be renewing.
        I'm afraid I can't help with that.
        I'm afraid that's not possible.
        Sorry, won't be able to join.
        not gonna happen
        that's not happening
        don't bother me with this now
        stop asking me
        nope, not doing that
        I'm not prepared to sign this
        I refuse to do that
        No commitment today, I'm in training
        leave it for now
        Thanks but no thanks
        we're not interested
        I don't feel like it
        nah not feeling it today
        I won't have time for that
        We won't be able to join
        I don't want to do the presentation
        I'm not doing the notes again
        I'd rather someone else did it
        I don't have capacity for this
        can't take that on, sorry
        I don't think we should do that
        We're going to have to say no
        We will not proceed with the offer
        Cant 2day sorry
        cant come 2nite
        not coming sorry
        Won't make it
        Unfortunately we cannot accept these terms.
        I regret that I have to decline.
        I must refuse.
        I'm not able to attend.
        Please remove me from the list
        I will not call them, end of story
        """,
            Asked.OPEN: """
        not today thanks
        skip
        I'm off today
        no coaching today please
        I don't want to do this today
        can we do this another day
        nothing today, at a funeral... sorry, at a fair all day
        don't feel like it
        """,
            Asked.EXPLORE: """
        I'd rather not talk about that
        leave it
        can we stop here
        I don't want to discuss this
        """,
            Asked.ACT: """
        no action today
        not possible today, I'm at a fair
        I don't want to commit
        I'm not going to promise anything today
        I won't get to anything today
        Can't commit, too much going on
        nothing, travelling
        not gonna happen today
        I refuse
        I'd rather skip
        let's skip today
        don't think I can today
        I have nothing for today
        sorry no capacity today
        zero time today
        maybe another day
        let's leave it for today
        please stop asking
        I'm not doing one today
        no thanks, not needed
        """,
            Asked.SHARPEN_ACTION: """
        can't say more
        let's leave it
        no, forget it
        I'm not going into details
        drop it
        """,
            Asked.SHARPEN_TIME: """
        not today after all
        I'd rather not say
        leave it, I won't do it
        no time, drop it
        I can't commit to a time
        """,
            Asked.CONFIRM: """
        no, cancel that
        no leave it
        not anymore
        changed my mind
        don't save it
        nope
        I don't want that
        on second thoughts no
        """,
            Asked.OUTCOME: """
        no and I won't
        not going to do it
        I'd rather not talk about it
        I decided not to call her
        """,
            Asked.LEARN: """
        skip this
        """,
        }
    ),
)
def test_a_no_is_heard_however_it_is_put(asked: Asked, text: str) -> None:
    assert heard(text, asked).intent in {Intent.REFUSAL, Intent.STOP}


@pytest.mark.parametrize(
    ("asked", "text"),
    answers(
        {
            Asked.NOTHING: """
        Please see the attached and let me know.
        Could you please send me the invoice by Friday?
        Please send the report to Anna by 5.
        Please call me when you get this.
        Can we meet at 3?
        Shall I call him?
        Should we move the meeting?
        When will you send it?
        Kindly share the PO copy.
        Kindly do the needful.
        Please advise.
        Would it be possible to get the file today?
        I'd appreciate it if you could call him.
        I'd like you to send the numbers by noon.
        Can someone send the link
        Send me the deck
        Call me back when you can
        Give me a ring
        Let me know when you're free
        Are you coming tomorrow
        did he sign
        have you seen the email
        u free at 3?
        what time is the call
        who is taking notes
        could you guys send me your slides
        so do you want to take that one Pete
        Do you need anything from me?
        Any news on the PO?
        any update
        You coming?
        You'll call him, right?
        He'll be there at 3, won't he?
        Please forward this to your manager.
        Make sure you send it today please
        I need you to call the client before noon
        can u send it 2nite
        Mind sending me the file?
        I was hoping you could help me with the contract.
        What do you think about the offer
        I wonder if you could check the invoice
        can somebody take notes
        could you take that one
        and you can do the market research?
        what about the colour
        do we know the price
        is that ok with everyone
        Would you mind calling him?
        Any chance you could send it today?
        Please could you send the form
        Would Tuesday work for you?
        Does 3pm work?
        Are you free tomorrow?
        Please review and sign by Friday.
        Please let us know by Monday.
        Kindly confirm receipt.
        Please arrange for a truck at 9.
        Need you to sign this today
        I need the numbers by noon please
        I need your feedback by Friday.
        Looking forward to your feedback, please send by Monday
        Get me the numbers by 3
        Bring the contract tomorrow please
        Don't forget to send me the slides
        Remember to bring the contract
        May I ask who signed it
        Wondering if you've had a chance to look at it
        Following up on my email below, any thoughts?
        u coming 2nite
        wen r u here
        wheres the van
        Who's got the keys
        Want me to bring anything?
        Ok to call you at 3?
        Should I send it?
        Tell me what he said
        """,
            Asked.OPEN: """
        what do you mean?
        can you give me an example
        why are you asking
        who reads this?
        is this mandatory
        how long does this take
        do you mean this week or today
        can I answer later
        do others see my answers
        """,
            Asked.EXPLORE: """
        what would you do?
        does that count
        what do others do about that
        you mean the price?
        """,
            Asked.ACT: """
        what counts?
        does it have to be today?
        can it be two things?
        is tomorrow ok?
        can you suggest something
        what happens with this
        does emailing count
        do you need a time
        by when do you need it
        can I tell you later
        """,
            Asked.SHARPEN_ACTION: """
        what do you mean exactly
        isn't that clear enough?
        does it matter?
        """,
            Asked.SHARPEN_TIME: """
        is 5 ok?
        what time is it for you
        does it need a time?
        """,
            Asked.CONFIRM: """
        who can see this?
        can I change it later?
        what if I don't make it
        """,
            Asked.OUTCOME: """
        which one do you mean
        what did I promise again
        does a voicemail count?
        """,
            Asked.LEARN: """
        what do you mean
        """,
        }
    ),
)
def test_what_is_asked_of_others_is_a_question(asked: Asked, text: str) -> None:
    assert heard(text, asked).intent is Intent.QUESTION


@pytest.mark.parametrize(
    ("asked", "text"),
    answers(
        {
            Asked.NOTHING: """
        Thank you for your call yesterday.
        Thanks for sending this over so quickly.
        See attached.
        Please find attached the contract.
        Hope this helps.
        Hope you are well.
        Talk soon.
        See you at 3.
        See you tomorrow at the meeting.
        Let's meet on Thursday at 10.
        Let's discuss tomorrow.
        Looking forward to seeing you on Monday.
        Take care and speak soon
        Keep up the good work
        Have a great weekend!
        The call is at 3.
        Meeting moved to Thursday.
        I was planning to call him but he beat me to it.
        I used to call them every Monday.
        I call my customers every Friday.
        I always send the summary after a meeting.
        He'll send it tomorrow.
        Anna is going to call Tom at 3.
        Mike said he would send the file tonight.
        She told me "I'll sign it tomorrow".
        You should call him.
        You need to call them before noon.
        You can call me any time.
        We won the deal!
        We had a good meeting with them.
        I'm on holiday until Monday.
        I'm out of office next week.
        I'll be on leave from Monday.
        I'll be in the office tomorrow.
        I'll be back on Tuesday.
        I'll be on the train til 11
        I'm at the dentist at 3.
        I'm going to the dentist at 3
        I'm picking up the kids at 4
        I have a call with Bosch at 2.
        We have three demos tomorrow.
        I guess we'll never know
        I'll never forget that
        I'll give you an example
        I'll start with the budget
        I'll go first
        I'll just share my screen
        Let me just pull that up
        Let me put it this way
        let me finish
        I'm gonna be honest with you
        I'm going to have to stop you there
        we're going to lose them
        we will see a price increase next year
        That will be all.
        It will take two weeks.
        The team will fix it by Friday
        Legal is reviewing it.
        They're sending the PO tomorrow
        Tom's going to ring them
        okay so Dave you'll do the slides
        Sarah can take that one
        Somebody has to call them
        sounds good
        yeah exactly
        right
        good point
        I agree with that
        Received, thanks.
        Noted.
        Confidential: this email is intended only for the addressee.
        To unsubscribe click here.
        Sent from my iPhone
        Your invoice is due on Friday.
        I spoke to Anna this morning.
        Already sent it.
        just left him a voicemail
        running late, be there in 10
        on my way
        stuck in traffic
        home by 6
        I'm working late tonight
        I'm having drinks with mates at 7
        gonna watch the game tonight
        I'll be thinking of you
        I'll pray for you
        I can't believe it
        I can't find the file
        I don't know
        No worries at all
        No problem, happy to help.
        Happy to help
        Would be happy to jump on a call if useful.
        Glad to hear that.
        I'll be honest, it's not going well
        We will see you on Thursday
        I'll leave that with you
        I'll leave it to you
        I'll let you decide
        I will be on vacation from the 5th to the 12th
        I'll be in Munich all week
        I'm in Munich tomorrow
        I am travelling tomorrow
        We're having a team lunch at 1
        I'm going to a wedding on Saturday
        I'm going home now
        I'm going to bed
        I will be 40 next week
        it'll be fine
        He is going to call me at 3
        She needs to sign it by Friday
        You'll need to sign it by Friday
        you two will work on the prototype
        Marketing will do the slides
        I would say yes
        I would have called but the line was dead
        I wanted to call you yesterday
        I'm writing to ask about the invoice
        I am writing to inform you that the price will rise
        I'm calling about your order
        I hope you'll be able to join us
        I hope this finds you well
        We look forward to hearing from you
        I look forward to working with you
        We appreciate your business
        We offer three plans
        Call centre is closed on Monday
        Order confirmed for Tuesday
        Meeting at 3 in room 4
        Lunch at 12?
        Reminder: team call tomorrow at 9
        Contact us any time
        Click the link to join
        Join us on Thursday for a webinar
        Wish you a happy new year
        Get well soon!
        Drive safe
        Enjoy the weekend
        I'll have the fish please
        I'll have to think
        let's start with the budget
        let's move on to the next item
        I'm gonna hand over to Sue
        I'll turn it over to Mark
        we'll come back to that
        let me show you
        I think I'll like this one
        I think we need a bigger battery
        we need three buttons
        you have to press it twice
        it should be done automatically
        the remote will have a light
        and then it will go to production
        I usually call them on Fridays
        We ship on Tuesdays
        I never call before 9
        "I'll be back by noon", he said
        He told me he'd call
        I told him I'd call on Friday
        I was about to call you
        I should have called earlier
        I've been meaning to call you
        """,
            Asked.OPEN: """
        pretty quiet today
        the territory is tough
        Anna is calling me back at 3
        they usually buy in December
        It went well yesterday
        I called 5 of them already
        demo with Orbis at 2, pricing call at 4
        on the road all day
        good question
        They want a discount
        I have too many accounts
        my boss wants me to call them
        """,
            Asked.EXPLORE: """
        price mostly
        they don't return my calls
        I keep getting voicemail
        I don't know who decides there
        because the CFO is new
        last time I asked about budget too late
        it helps when I know the name
        a better list I guess
        """,
            Asked.ACT: """
        I'm in training
        Kim will send it by 3
        the deal is closed already
        already called her this morning
        I need help with the quote
        they moved the meeting to Monday
        Lund has a budget freeze
        hm
        sounds good
        thanks!
        """,
            Asked.SHARPEN_ACTION: """
        I don't know the name
        that's it
        the list is at the office
        """,
            Asked.SHARPEN_TIME: """
        she is in until 4
        I have a meeting at 3
        """,
            Asked.CONFIRM: """
        yes
        do it
        yup sounds right
        perfect thanks
        that's the one
        spot on
        that's not what I said
        wrong customer
        """,
            Asked.OUTCOME: """
        yes, called her
        didn't manage
        no answer, left a message
        she wasn't there
        half done
        completely forgot
        got dragged into a meeting
        it's sent
        called him, he's thinking about it
        no, ran out of time
        not yet, maybe later
        not yet, will try tomorrow
        can I do it tomorrow?
        customer cancelled
        waiting for their reply
        great, they signed
        """,
            Asked.LEARN: """
        preparation
        I'd call earlier
        calling in the morning helped
        block the time in my calendar
        asked better questions
        """,
        }
    ),
)
def test_talk_of_others_courtesies_and_private_plans_are_none_of_it(asked: Asked, text: str) -> None:
    assert heard(text, asked).intent not in MEANT

"""The guard, by example: what may be asked, what may not and for which fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.questions import PREAMBLE_LIMIT, QUESTION_LIMIT, Fault, faults

GOOD = """
How will you open your first call today?
How will you go about it today if the aim is to set first meetings?
How do you want to begin?
How are you going to prepare for the meeting with the board?
How would you like the customer to feel when you hang up?
How might you reach the person who really decides?
How could you make today's first call a little easier?
How can you use the next hour well?
How did you get there?
How have you done this before when it went well?
How else could you get their attention?
How best could you use the hour before lunch?
How exactly will you start?
How, exactly, will you start?
How specifically will you word the question?
How does your day look?
How is your week shaping up?
How is the preparation going?
How does a good first meeting look to you?
How would your best customer describe what you do?
How do you decide whom to call first?
How will you know this evening that it was a good day?
How will you find out what matters to them?
How will you find out what they need and how they decide?
How will you find out what they need, who decides, and when they buy?
How will you find out why they buy?
How will you find out how much time they have for this?
How will you follow up on the call you just had?
How will you handle it if they ask for a discount?
How will you keep the talk on value rather than price?
How will you show the customer the numbers they care about?
How will you add one good name to your pipeline today?
How will you choose among your target accounts?
How are your target accounts reacting to the new message?
How is your sales call preparation going?
How will you bring the customer's budget into the conversation?
How will you agree the next step before you close the call?
How will you write a close plan with the customer?
How will you make room for one or two calls before lunch?
How will you learn what revenue they lose to this, in their own words?
How will you learn more about their revenue goals?
How will you use the meeting with Anna?
How will the meeting with Anna begin?
How do you see it?
How so?
How would you start?
hows it going with the account plan
how will you open the call
How will you open the call??
How will you answer "Why should we change?"
How will you answer when they say "just send me an email"?
How would you answer 'we have no budget'?
"How will you open the call?"
*How* will you open the call?
What one action will you take today, and by when?
What one action will you take today and by when?
What one step will you take before noon, and at what time?
What exactly will you do, and with whom?
What exactly will you say first?
What will you do first?
What would you do differently next time?
What would it take?
What would it take to get them on the phone today?
What would help you most right now?
What would be different tomorrow if it worked?
What difference would it make to your day?
What difference would it make if you had that meeting?
What makes this customer worth your morning?
What makes this important to you?
What matters most to you today?
What might get in the way?
What gets in the way?
What is in your way right now?
What's the hardest part?
What's the best way to open that call?
What is it that they need?
What do you think you should do first?
What do you want the customer to say at the end?
What do you think would make them curious?
What did you learn?
What worked well yesterday?
What helped you keep your word?
What happened next?
What else?
What else could you try?
What have you learned about how they decide?
What, if anything, would make it easier?
What one thing, if done today, would move it on?
What will you do if the gatekeeper says no?
What will you say when they ask for a discount?
What will you do today to open a door or two?
What could have the biggest effect today?
What part of it is yours to decide?
What kind of help would move you on?
What help from me would be most useful?
What could go better in the first minute?
What does good look like for you today?
What about the call worries you most?
What will you ask, do you think?
What happens if they say no?
What are you looking forward to today?
What have you got planned for the first hour?
What do you already know about how they buy?
What will you do today?
what will u do first today
Whats your first step?
Which of your customers would be glad to hear from you today?
Which of these could you do before lunch?
Which customer comes to mind?
Which accounts will you plan first?
Who will you call first?
Who else has a say in it?
Who could help you with that?
Who or what could help you?
Who do you feel like calling first?
Whose door would you like to open today?
Where will you start?
Where in your day does it fit best?
Where do you see the best chance?
When and where will you make the calls?
With whom will you talk about it?
In what way would you like to do it today?
At what point does it get hard?
For whom would this be good news today?
To whom could you turn?
Tell me about the first conversation you want to have today.
Tell me more.
Tell me, how will you open the call?
Tell me how you will open the call.
Tell me how and where you will start.
Walk me through how you want to open the meeting.
Walk me through your first hour.
Talk me through the next deal conversation you have.
Describe the first minute of that call.
Describe how the call should go.
Help me understand what you are after.
Say a bit more about the obstacle.
Share one thing you learned yesterday.
I wonder how you will open the call.
I'm curious how you'll open the call.
I would love to hear how you did it.
Could you walk me through your first call?
Can you tell me what gets in the way?
Can you tell me more about that?
Could you describe what a good call sounds like?
Would you mind telling me how you prepare?
Can I ask what you have in mind?
Do you mind if I ask how you see it?
When you picture the call, what would you like to hear?
When the gatekeeper picks up, how will you begin?
If they say no, what will you do then?
If the morning gets busy, how will you keep the time free?
If you could change one thing what would it be?
Should they say no, what will you do then?
Were you to pick one, which would it be?
Once you have them on the line, what matters most?
Given what you said, how will you start?
Looking at your day, where does it fit best?
Today, what will you do first?
In the next hour, what could you do for that customer?
In the next hour what could you do for that customer?
Anna, how will you open the call?
Anna, who runs procurement, is back: how will you reach her?
Hi Anna, how will you start?
Hey Anna how will you start?
So, what will you do first?
And what will you do then?
Great, so how will you start?
OK - what comes first?
You are really tired. The week was long for you. How will you start?
Anna called this morning. She liked the demo. How will you follow up?
You want to reach the decision maker. How will you get past the assistant?
Mornings are hard to protect. How will you keep the first hour free?
The gatekeeper keeps saying no. What could you try that is new?
Good morning, Anna. You want more first meetings. How will you begin?
So you will talk to Dr. Weber about the offer. What will you ask first?
Picture the first call. What do you hear?
You said "I hate cold calls". What would make one bearable?
Thanks. How did you get there?
Talk to me about how you approach them.
Let me know how you plan to start.
Mind if I ask how it went?
What one action will you take today - and by when?
Sounds like you have a plan; what one action will you take today, and by when?
What if they ask for a discount - what will you say?
What will you do, should they say no?
What have you tried so far?
What have you thought of already?
What did you try that was new?
What would you do if you had more time or if nobody were watching?
What's your number one priority today?
What would you have said if they had asked?
What makes you say that?
And how would you do that?
Which accounts, if any, need you today?
Interesting. What would that look like?
Now that the offer is out, what is your next step?
While you wait for legal, what can move?
How can you turn 'maybe' into a clear answer today?
How will you ask three why-questions today?
Remember a day when it went well. How did you do it?
What else did the customer say?
Who needs to know about it?
Which part of the call went well?
Whom do you admire who does this well?
You will call Anna at 3 p.m. to agree the next step. What might get in the way?
"""

BAD = """
closed | Will you call them today?
closed | Can you call them today?
closed | Could you call Anna before noon?
closed | Do you have a plan for today?
closed | Did you call them?
closed | Have you called Anna yet?
closed | Are you ready for the meeting?
closed | Is everything OK?
closed | Is there anything in your way?
closed | Would you like to start with Anna?
closed | Would it help to prepare?
closed | Should the customer know?
closed | Anything in your way?
closed | Any blockers?
closed | Any wins today?
closed | Ready?
closed | All good?
closed | Everything on track?
closed | Your plan for today?
closed | You'll call them today?
closed | So you are going to call Anna?
closed | Calls today?
closed | Shall Anna join?
closed | Do you know what will happen?
closed | Do you know how to reach them?
closed | You know what will happen?
closed | Any idea how you'll reach them?
closed | Can you tell me if you called them?
closed | Tell me whether you called them.
closed | Last week did you call them?
closed | Good morning, will you call them today?
closed | will you call them today
closed | can u call them today
closed | Can you just do it?
closed | Can you share the deck with Anna today?
closed | Can you tell them today?
closed | Which is better for you, morning or afternoon?
closed | Which will you do first, the calls or the plan?
closed | How will you do it: by phone or by email?
closed | Who will you call first: Anna or Ben?
closed | Morning or afternoon?
closed | Is it price or timing?
closed | Are you going to do it or not?
closed | What will it be, yes or no?
closed | Mr. Weber is back, will you call him?
closed | Given the day you have, can you still do it?
closed | Is that realistic?
closed | Could there be another way?
closed | Would you be open to trying email instead?
closed | Can I ask you something?
closed | What will you offer - a demo or a trial?
closed | What will you do today, tomorrow or Friday?
closed | When will you do it?
closed | What time suits you?
closed | What time will you start?
closed | When exactly in your day will you do it?
closed | By when will you have it done?
closed | How was the call?
closed leading | You will call them today, won't you?
closed leading | That went well, didn't it?
closed leading | It is a good idea, isn't it?
closed leading | You're calling Anna first, right?
closed leading | You have a plan, yes?
closed leading | So we are done here, ok?
closed leading | Isn't it the price?
closed leading | Aren't you calling them today?
number | How many calls will you make today?
number | How many first meetings did you set?
number | How much time do you need?
number | How often do you call them?
number | How long will it take?
number | How soon can you call?
number | How far did you get?
number | How likely is it to happen?
number | How confident are you that you will do it?
number | How sure are you?
number | How big is the company?
number | How quickly can you do it?
number | How well did it go?
number | How important is that to you?
number | How hard is it for you to call?
number | So how many calls will it be?
number | Today, how many calls will you make?
number | With how many customers will you speak today?
number | In how many of the calls did you ask about budget?
number | Tell me how many calls you made.
number | Could you tell me how many calls you plan?
number | Can you tell me how long it takes?
number | What number of calls will you make?
number | What percentage of your calls end in a meeting?
number | What's the number of calls you plan today?
number | On a scale of 1 to 10, how ready are you?
number | To what extent is the plan ready?
number | When did you last call them?
number closed | You made how many calls?
number stacked | What does your day look like and how many calls will you make?
blame | Why did you only make two calls?
blame | Why didn't you call them?
blame | Why is that important to you?
blame | Why?
blame | why not
blame | And why is that?
blame | So why did they say no?
blame | Why did the customer say no?
blame | Anna, why did you not call?
blame | What's your why?
blame | Tell me why you didn't call.
blame | Can you tell me why that happened?
blame | Help me understand why you skipped the calls.
blame | I wonder why you waited.
blame | How come you made only two calls?
blame | How come?
blame | What went wrong?
blame | What went wrong with you yesterday?
blame | What is wrong with you?
blame | What were you thinking?
blame | What happened to the calls you promised?
blame | What happened with your plan?
blame | What's your excuse today?
blame | What's the reason you didn't call?
blame | For what reason did you wait?
blame | What made you skip the calls?
blame | What kept you from calling yesterday?
blame | What stopped you?
blame | How could you forget the meeting?
blame | How could you possibly lose them?
blame | How is it possible that you lost them?
blame | What should you have done?
blame | What could you have done better?
blame | What would you have done differently?
blame | What didn't you do yesterday?
blame | Who did you not call?
blame | How will you make up for the calls you missed?
blame | You still haven't called Anna. What is your plan?
blame | You promised, but you didn't. What now?
blame | You failed again. How will you do better?
blame | You never follow up. How will you change that?
blame | How will you do it like everyone else?
blame | What do the others do that you don't, compared to you?
blame | How do you explain that?
blame | What do you have to say for yourself?
blame | How will you not disappoint the team this time?
blame | What were you supposed to do?
blame | How will you not mess it up this time?
blame | What took you so long?
blame | How on earth did you miss it?
blame | Explain to me how this happened.
blame | What could have been done better?
blame | What is really stopping you?
lagging | What's the status of the Acme deal?
lagging | Where does Acme stand?
lagging | Where's the deal at?
lagging | When will Acme sign?
lagging | When is the deal going to close?
lagging | How's it looking with Acme?
lagging | How will you get Acme over the line?
lagging | How will you make up the gap to plan?
lagging | What's your commit this week?
lagging first_person | How are we tracking?
lagging | What's closing this month?
lagging | What will you close this week?
lagging | What are you closing today?
lagging | What deals will you win this month?
lagging | Which deals will close by the end of the quarter?
lagging | How's your pipeline looking?
lagging | hows ur pipeline looking
lagging | How is the pipeline?
lagging | How does your pipeline look?
lagging | What's in your pipeline?
lagging | What does your forecast look like?
lagging | What's your forecast for this quarter?
lagging | How are your numbers?
lagging | How are the numbers?
lagging | How are sales?
lagging | How are the sales figures this week?
lagging | How's business?
lagging | How is the month going?
lagging | How did last month go?
lagging | How will you hit your target this month?
lagging | How will you make your number?
lagging | How will you make quota?
lagging | How will you reach your monthly target?
lagging | How will you increase your revenue?
lagging | How will you close the deal?
lagging | Where are you against target?
lagging | Where do you stand on your numbers?
lagging | Where are you with your forecast?
lagging | What is your win rate?
lagging | What did you sell yesterday?
lagging | Who did you close last week?
lagging | Tell me about your pipeline.
lagging | Walk me through your pipeline.
lagging | Walk me through your deals.
lagging | Could you walk me through the forecast?
lagging | How do you see the quarter?
lagging | How will you catch up now that you are behind plan?
lagging | How will you get back on target?
number lagging | How much is in your pipeline?
number lagging | How many deals are closing?
number lagging | How much revenue will you bring in?
advice | How about calling them?
advice | How about a call?
advice | What about calling Anna first?
advice | What about LinkedIn?
advice closed | Have you thought of calling them?
advice closed | Have you considered an email?
advice closed | Have you tried LinkedIn?
advice closed | Did you think about asking Ben?
advice closed leading | Don't you think a call would be better?
advice closed leading | dont you think a call would be better
advice closed | Wouldn't it help to call first?
advice closed | Shouldn't you call them first?
advice closed | Couldn't you call them first?
advice blame | Why don't you call them?
advice blame | Why not call them now?
advice | What if you just called them?
advice | What if you called Anna first?
advice | What would happen if you called them now?
advice | What stops you from just calling them?
advice | What's stopping you from picking up the phone?
advice | What holds you back from calling?
advice | What do you think about calling Anna?
advice | What would you say to calling them first?
advice | How do you feel about calling them now?
advice | How would it be to call them first?
advice | You should call Anna first. How will you do it?
advice | Call Anna first. How will you open?
advice | Just an idea, but you should call her. What do you think?
advice | You need to prospect more. How will you do that?
advice | If I were you, how would you do it?
advice | I suggest a call. How would you open it?
advice | I'd call them first. What do you think?
advice | You might want to call first. What do you think?
advice | What if we called them together?
advice closed | Could you maybe call them first?
advice | It would be better to call. How will you do it?
advice closed | Is it not time to call them?
advice | You could ask Ben. What do you think?
advice | Maybe just call them. How does it look then?
advice | Remember to call Anna. How will you open?
leading | What are you avoiding?
leading | What's the best way to finally fix your weak discovery?
leading | How will you finally get through to them?
leading | How will you fix your discovery?
leading | How will you improve your poor preparation?
leading | How will you stop wasting time on email?
leading | How will you stop being so slow?
leading | How will you reach them by calling before nine?
leading | How will calling Anna help you today?
leading | What would calling Anna change?
leading | What could you do, for example call Anna?
leading | What could you do today, maybe a call to Anna?
leading | Who could you reach today, say Anna?
leading | What could you do today such as calling Anna?
leading | How does calling Anna at three sound?
leading | How does that sound?
leading | Tell me you will call them.
leading | Surely a call is best, so how will you do it?
leading | How will you deal with your lack of discipline?
leading | As you know, calls work best, so what will you do?
stacked | How will you open the call? What will you ask?
stacked | How will you open the call, and what will you ask?
stacked | How will you open the call and how will you end it?
stacked | What will you do and how will you do it?
stacked | What will you do first, and what comes after?
stacked | What will you do and how?
stacked | How will you do it and what might get in the way?
stacked | Who will you call, what will you ask?
stacked | What, how and where will you do it?
stacked | How are you? What will you do today?
stacked | Tell me about the call. What worked?
stacked | Walk me through the call, and what will you ask?
stacked | How will you start, or who could help you?
stacked | How did it go - what did you learn?
stacked closed | How is it going, did you call them?
stacked closed | What will you do and will you call them?
stacked closed | Did you call them? How did it go?
stacked closed | OK? How will you start?
not_a_question | Have a good day.
not_a_question | Good luck today!
not_a_question | You will call Anna.
not_a_question | What a day.
not_a_question | Thanks for that.
not_a_question | Calls matter most.
not_a_question advice | You should call Anna.
not_a_question advice | Call Anna first.
not_a_question | ?
not_a_question | …
first_person | How can I help you?
first_person | What can I do for you?
first_person | What should we do about it?
first_person | How do we get this moving?
first_person | How did I do?
first_person | Where are we with Acme?
first_person closed | Shall we look at it together?
first_person closed | Can I help?
first_person | I think mornings are best. How will you use yours?
first_person | Let's look at your day. How will you start?
too_long | You are really tired. The week was long for you. It rains as well. How will you start?
too_long | You want more meetings. Mornings work best for that. Lunch is too late. How will you begin today?
"""


def lines(table: str) -> list[str]:
    return [line.strip() for line in table.strip().splitlines()]


def labelled(table: str) -> list[tuple[str, frozenset[Fault]]]:
    rows = [line.partition(" | ") for line in lines(table)]
    return [(question, frozenset(Fault(name) for name in names.split())) for names, _, question in rows]


@pytest.mark.parametrize("question", lines(GOOD))
def test_a_good_question_passes(question: str) -> None:
    assert faults(question) == ()


@pytest.mark.parametrize(("question", "expected"), labelled(BAD))
def test_a_bad_question_is_refused_for_its_fault(question: str, expected: frozenset[Fault]) -> None:
    assert expected <= set(faults(question))


def test_the_table_is_large_and_knows_every_fault() -> None:
    assert len(lines(GOOD)) + len(lines(BAD)) >= 200
    seen = {fault for _, expected in labelled(BAD) for fault in expected}
    assert seen == set(Fault) - {Fault.INVENTED}


@pytest.mark.parametrize(
    ("question", "only"),
    [
        ("Will you call them today?", Fault.CLOSED),
        ("How many calls will you make today?", Fault.NUMBER),
        ("Why did the customer say no?", Fault.BLAME),
        ("How's your pipeline looking?", Fault.LAGGING),
        ("How about calling them?", Fault.ADVICE),
        ("How will you finally get through to them?", Fault.LEADING),
        ("How will you open the call and how will you end it?", Fault.STACKED),
        ("Have a good day.", Fault.NOT_A_QUESTION),
        ("How can I help you?", Fault.FIRST_PERSON),
    ],
)
def test_one_fault_is_not_reported_as_another(question: str, only: Fault) -> None:
    assert faults(question) == (only,)


def test_faults_come_in_the_order_of_the_enum() -> None:
    found = faults("Why don't you call them, and how many deals are closing this month?")
    assert list(found) == [fault for fault in Fault if fault in found]
    assert {Fault.BLAME, Fault.ADVICE, Fault.LAGGING, Fault.NUMBER, Fault.STACKED} <= set(found)


def test_nothing_is_not_a_question() -> None:
    assert faults("") == (Fault.NOT_A_QUESTION,)
    assert faults("   \n ") == (Fault.NOT_A_QUESTION,)


def test_a_question_may_be_as_long_as_the_limit_and_no_longer() -> None:
    question = "How will you " + "really " * 40
    assert faults(question[: QUESTION_LIMIT - 5].strip() + " do?") == ()
    assert faults(question.strip() + " do?") == (Fault.TOO_LONG,)


def test_a_reflection_may_be_as_long_as_its_limit_and_no_longer() -> None:
    reflection = "Mornings are " + "hard " * 40
    assert faults(reflection[: PREAMBLE_LIMIT - 1].strip() + ". How will you start?") == ()
    assert faults(reflection.strip() + ". How will you start?") == (Fault.TOO_LONG,)


def test_a_text_far_too_long_is_refused_unread() -> None:
    assert faults("Why did you wait? " * 100) == (Fault.TOO_LONG,)


SAID = (
    "I want to call Anna Weber at Acme about the renewal",
    "maybe three of the quiet customers, before 15:00",
    "write account plans",
    "the deal is worth 20,000 euros, Q3 latest, 25% off",
)

KNOWN = """
How will you open the call with Anna?
How will you open the call with Anna Weber?
How will you use Anna's answer?
How will you bring up the renewal with ANNA?
Acme matters to you. How will you begin?
Anna Weber is on your mind. How will you begin?
How will you pick the three quiet customers?
How will you pick the 3 quiet customers?
What will you have done by 3 pm?
What will you have done by 3?
What will you have done by 15:00?
What will you have done by three?
How will you talk about the 20k?
How will you talk about the 20.000 euros?
How will you bring Q3 into the talk?
How will you answer when they ask for 25 percent?
What one action will you take today, and by when?
You want to write account plans. How will you begin?
Sounds like mornings are hard. How will you begin?
The renewal is close. How will you begin?
OK. How will you begin?
What will you do, and what would I see?
"""

UNKNOWN = """
How will you open the call with Ben?
How will you open the call with Anna Schmidt?
How will you bring up Globex?
Ben said no. How will you begin?
Ben's answer came. How will you begin?
Globex is on your mind. How will you begin?
How will you use the meeting on Monday?
Monday is busy. How will you begin?
How will you reach the CEO today?
How will you pick the four quiet customers?
How will you pick the 7 quiet customers?
What will you have done by 4 pm?
What will you have done by 16:30?
What will you have done by noon?
What will you have done by 3 am?
How will you talk about the 30k?
How will you talk about the $500?
How will you bring Q4 into the talk?
How will you answer when they ask for 30%?
How will you prepare the 24.12.2026 meeting?
How will you use LinkedIn today?
What will you ask Dr. Braun today?
How will you use the note from <@U024BE7LH>?
"""


@pytest.mark.parametrize("question", [q for q in lines(KNOWN) if "would I see" not in q])
def test_what_was_said_may_be_taken_up(question: str) -> None:
    assert Fault.INVENTED not in faults(question, SAID)


@pytest.mark.parametrize("question", lines(UNKNOWN))
def test_a_name_a_number_or_a_time_that_nobody_said_is_refused(question: str) -> None:
    assert Fault.INVENTED in faults(question, SAID)


@pytest.mark.parametrize("question", lines(UNKNOWN))
def test_without_known_texts_nothing_counts_as_invented(question: str) -> None:
    assert Fault.INVENTED not in faults(question)


def test_when_nothing_is_known_every_name_is_invented() -> None:
    assert faults("How will you open the call with Anna?", ()) == (Fault.INVENTED,)
    assert faults("How will you open the call?", ()) == ()


def test_an_echo_of_the_reps_own_words_is_not_advice() -> None:
    assert faults("Call Anna Weber at Acme. What might get in the way?") == (Fault.ADVICE,)
    assert faults("Call Anna Weber at Acme. What might get in the way?", SAID) == ()


def test_a_question_among_the_reps_words_excuses_nothing() -> None:
    assert Fault.BLAME in faults("Why did you wait?", ["Why did you wait?"])


@given(st.text(max_size=300))
def test_any_text_gets_a_verdict(text: str) -> None:
    assert set(faults(text, ["anything", text])) <= set(Fault)


@given(st.text(alphabet="abcdefg hijklmnopqrstuvwyz,.?'\"", max_size=120))
def test_a_text_without_names_or_digits_invents_nothing_it_was_told(text: str) -> None:
    assert Fault.INVENTED not in faults(text, [text])


@given(st.sampled_from(lines(GOOD)), st.sampled_from(["  ", "\n", "\t"]))
def test_white_space_around_a_question_does_not_matter(question: str, space: str) -> None:
    assert faults(space + question + space) == ()

"""Many voices: times that reps, customers and notes speak of, and as many that promise nothing at all.

The labels were written down before the words were read by the code, from the rules of `tests/evals/due/README.md`,
for a Tuesday morning at 9:12 on the clocks of the place.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import WorkingHours
from bot.domain.duetime import find

HOURS = WorkingHours()
NOW = datetime(2026, 11, 24, 9, 12)  # noqa: DTZ001


def _meant(words: str, zone: str) -> str | None:
    here = ZoneInfo(zone)
    due = find(words, NOW.replace(tzinfo=here).astimezone(UTC), here, HOURS)
    return due.moment.astimezone(here).strftime("%d %H:%M") if due else None


# Places, each with what is said there and what it means.
TIMED = """
# Europe/London
Dear Ms Hall, I will send the revised offer by close of business tomorrow. | 25 17:30
I shall revert with the figures no later than Thursday noon. | 26 12:00
As discussed, I will circulate the notes by 4 p.m. today. | 24 16:00
I will get back to you with an answer before the end of the week. | 27 17:30
You will receive our proposal by Monday, 30 November. | 30 17:30
Please expect my call at 11:30. | 24 11:30
We will have the contract with you by midday on Friday. | 27 12:00
I aim to have the draft over to you by lunchtime tomorrow. | 25 12:00
Thanks for your time. I'll follow up on Thursday with the numbers. | 26 17:30
Apologies for the delay; the deck will be with you by 5. | 24 17:00
I'd be happy to walk you through it on Wednesday at 10. | 25 10:00
Let me come back to you first thing on Monday. | 30 09:00
Let me confirm that by end of business Thursday. | 26 17:30
I hope to send the final version this afternoon. | 24 16:30
Expect the quote from me by the close of play. | 24 17:30
I have put a reminder to ring you on the 1st. | 01 17:30
Happy to jump on a call tomorrow at 2. | 25 14:00
I'm committing to three meetings booked by the end of the week. | 27 17:30
Action: I send the recap by 6pm. | 24 18:00
Next step from my side: pricing to Lena by 3. | 24 15:00
um so yeah I'll, I'll ring him at, at two thirty | 24 14:30
okay so I'm gonna email her, let's say by four | 24 16:00
right, uh, I can do that by, by tomorrow lunch | 25 12:00
so what I'll do is I'll call them at half past one | 24 13:30
well I guess I could have it done by, like, five thirty | 24 17:30
yeah so Thursday, Thursday morning I'll walk over and ask him | 26 12:00
so I'm thinking I'll get to it right after lunch | 24 14:00
I mean I'll probably do it at around three ish | 24 15:00
let me just say by noon, okay | 24 12:00
and, and then I'll send the thing over by quarter to five | 24 16:45
I'll take that one and have it by the end of today | 24 17:30
I'll do it this time tomorrow | 25 09:12
okay give me until four | 24 16:00
so between now and two I'm calling all eight | 24 14:00
we'll pick it up again a week from today, I'll bring the list | 01 17:30
gonna ring him b4 12 | 24 12:00
will txt her 2nite | 24 20:00
call u back in 5 x | 24 09:17
c u at hers at 2, pitching the new tier | 24 14:00
doin it 2moro am | 25 12:00
yep 4pm | 24 16:00
wil send by 5 | 24 17:00
on it, done by lunch | 24 12:00
ringing dave at half 4 | 24 16:30
omw back, will email at 3ish | 24 15:00
fri 10am works, calling him then | 27 10:00
sorry running late, will call at quarter past | 24 09:15
popping in to see them weds 11ish | 25 11:00
k thurs then | 26 17:30
EOD at the latest mate | 24 17:30
I'll ring Sam Thursday in his lunch break at 1 | 26 13:00
Sam at 2, then the quote | 24 14:00
Pricing review with Lena at 3 | 24 15:00
Prospecting starts at 2 | 24 14:00
First call goes out at 10 | 24 10:00
I'll try again before I leave at 5 | 24 17:00
Half eleven I'm calling the buyer | 24 11:30
My aim is five dials before noon | 24 12:00
I'd say Thursday at the latest | 26 17:30
She'll have the numbers from me on Friday | 27 17:30
Bob gets the proposal tomorrow | 25 17:30
going to grab the CFO straight after the board meeting on Thursday | 26 17:30
I can have it over to you in an hour | 24 10:12
Could do Thursday at 4 | 26 16:00
He's out today so I'll try him tomorrow at 9 | 25 09:00
She asked for Friday, so I'll send it Thursday by 5 | 26 17:00
It's a mess but I'll fix the deck by 4 | 24 16:00
They said no, so I'm calling the MD on Monday | 30 17:30
After the standup I'll ring Kessler, so by 11 | 24 11:00
No answer at 9, trying again at 11 | 24 11:00
Lunchtime I'll walk over and ask him | 24 13:00
Tonight after the kids are in bed I'll write it | 24 20:00
Next: ring Dana, 4pm | 24 16:00
goal for today - two meetings booked by 5 | 24 17:00
Will do. Tomorrow morning. | 25 12:00
I'm going to ask her on Thursday's call | 26 17:30
Ask for the referral in the 3pm call | 24 15:00
will chase payment on the 27th | 27 17:30
on Wed 25/11 I present it to the team | 25 17:30
the pitch will be ready by Thursday 10am | 26 10:00
I plan on visiting them the day after tomorrow at 2 | 26 14:00
we're meeting Thursday 3pm and I'll ask for the order | 26 15:00
I owe him a reply, he gets it by noon | 24 12:00
I've booked time to call him at 3 | 24 15:00
should have it out by Wednesday | 25 17:30
I'll pop round to theirs teatime | 24 17:00
I'll ring in ten | 24 09:22
I'll do three a day until Friday | 27 17:30
two minutes to three I'll dial in | 24 14:58
It'll be with you by half past | 24 09:30
Give me till tomorrow lunchtime | 25 12:00
I'll do it within 2 hours | 24 11:12
in the next couple of hours | 24 11:12
not today but Thursday at 10 | 26 10:00
I can't Thursday so Friday at 10 | 27 10:00
If he's in I'll ring at 3 | 24 15:00
Ringing the buyer in a couple of minutes, so by 9:15 | 24 09:15
# Asia/Singapore
can lah, i send by 3 | 24 15:00
later 4pm i call him | 24 16:00
tmr morning i go down and see the boss | 25 12:00
i follow up with her on fri can? | 27 17:30
ok lor i do by lunch time | 24 12:00
aft lunch i msg them | 24 14:00
tonite i finish the slides then send | 24 20:00
wed i go their office, thurs i send quote | 25 17:30
i settle by eod lah | 24 17:30
tmr 930 i call again | 25 09:30
ard 5 i will drop by her shop | 24 17:00
next mon i meet the purchaser | 30 17:30
chiong the proposal, by 6 confirm send | 24 18:00
# Asia/Kolkata
I will do the needful by EOD today | 24 17:30
Kindly allow me till 4 PM, I will share the quotation | 24 16:00
Will revert by tomorrow EOD | 25 17:30
I shall be calling the purchase head at 11.30 only | 24 11:30
Today itself I will send the PI, by 5 PM | 24 17:00
I will be visiting the plant on coming Friday | 27 17:30
By tomorrow first half I will update you | 25 12:00
day after tomorrow morning I am meeting the dealer | 26 12:00
Will close it by evening | 24 19:00
Sir I will call you by 3.30 sharp | 24 15:30
I'll prepone the call to 2 PM and send the minutes | 24 14:00
post lunch I will ring the client | 24 14:00
pls give me 2 hrs, I will revert | 24 11:12
Will connect with him tomorrow 10.30 AM | 25 10:30
By this Saturday I will complete the visit reports | 28 17:30
I will call him by 12 noon positively | 24 12:00
sharing the quote in 10 mins sir | 24 09:22
Let me check and revert by EOD please | 24 17:30
# Europe/Berlin
I call him tomorrow at 14 o'clock | 25 14:00
I make the offer ready until Thursday | 26 17:30
I send you the documents until 16:00 | 24 16:00
On Monday at 9:30 o'clock I phone with Mr. Huber | 30 09:30
I will it make by 15 Uhr | 24 15:00
I come back to you on the 26.11. | 26 17:30
We telephone on Thursday at 10.15, then I show him the calculation | 26 10:15
I do it still today before the end of work | 24 17:30
until the end of the week I have the list | 27 17:30
In the afternoon I write the mail to the purchasing | 24 16:30
At 11h I speak with the boss | 24 11:00
I will contact him in the course of tomorrow | 25 17:30
From 14 to 15 o'clock I phone with three customers | 24 15:00
Tomorrow in the morning I ask after the order | 25 12:00
I deliver it latest on Friday | 27 17:30
I will send him on Thursday morning an offer | 26 12:00
At 10 I have him on the phone and ask about it | 24 10:00
I call back the customer at a quarter to 12 | 24 11:45
Until tomorrow noon I make the calculation | 25 12:00
Next week Tuesday I drive to the customer | 01 17:30
# Europe/Paris
I call him today at 15h | 24 15:00
I send you the offer before 18h | 24 18:00
I propose to him a meeting, I write before noon | 24 12:00
I will make a point with her Thursday at 10h30 | 26 10:30
I do it for tomorrow | 25 17:30
I finish the quotation for Friday at the latest | 27 17:30
I relaunch them at the beginning of the afternoon | 24 14:00
At the end of the afternoon I call the buyer | 24 17:30
Monday in the morning I pass to see him | 30 12:00
I will return to you the Thursday | 26 17:30
I will call him at 9h30 | 24 09:30
I send it to you by tonight | 24 20:00
I see him Thursday at 14h | 26 14:00
We see each other Friday at 11h and I close the price | 27 11:00
I call back in the afternoon | 24 16:30
From here to Friday I will have an answer | 27 17:30
I will do it before the end of the morning | 24 12:00
in 8 days I relaunch | 02 17:30
I take rendez-vous with him before Thursday evening | 26 18:00
In one hour I call | 24 10:12
I do it in 15 minutes | 24 09:27
I will send him the devis by 12h | 24 12:00
He will have my offer on Monday | 30 17:30
# Europe/Madrid
I will call to the client at 16:00 h | 24 16:00
Tomorrow at the morning I send the budget | 25 12:00
I will send it the next Thursday | 03 17:30
I finish it for this afternoon | 24 16:30
The Friday I visit the factory | 27 17:30
At the last hour of today I confirm to you | 24 17:30
In two days I will have the answer for them | 26 17:30
I pass the order before to eat, by 14h | 24 14:00
At midday I call Pedro | 24 12:00
At first hour of tomorrow I speak with the manager | 25 09:00
# Europe/Oslo
I take a call with him kl 13 | 24 13:00
I will ring him already today before lunch | 24 12:00
I send it latest tomorrow | 25 17:30
Will fix by 15.00 | 24 15:00
I come back on Thursday with a price | 26 17:30
I book the demo during the day | 24 17:30
Calling them at 10.30, will be quick | 24 10:30
I'll do it in the course of the day | 24 17:30
Taking it Monday klokka 9 | 30 09:00
Sending before kl. 12 | 24 12:00
# Australia/Sydney
I'll give him a bell this arvo | 24 16:30
Reckon I'll have it done by smoko tomorrow | 25 10:30
Will sort it by knock off | 24 17:30
Gonna drop past their yard Wednesday arvo | 25 16:30
I'll shoot it through before close of business | 24 17:30
Yeah nah, I'll call her tomorrow avo | 25 16:30
Chasing Davo at quarter past two | 24 14:15
I'll get onto it first thing tomorrow morning | 25 09:00
No dramas, quote's with them by COB Friday | 27 17:30
Monday week I'll do the review | 07 17:30
# Europe/Dublin
I'll give her a shout Thursday week | 03 17:30
I'll be onto them by half ten | 24 10:30
Sure I'll have it done before dinner | 24 19:00
I'm to ring him at a quarter past three | 24 15:15
Grand, I'll send that on this evening so | 24 19:00
I'll ring him today week | 01 17:30
I'm going to be calling him at ten to two | 24 13:50
I'll have that for you by Friday lunchtime | 27 12:00
I'll do it after work | 24 18:30
I'll drop it up to her tomorrow after dinner | 25 20:00
# America/New_York
I'll circle back with him by end of day Thursday | 26 17:30
Gonna hit them up at a quarter of three | 24 14:45
I'll ping her 3:30ish | 24 15:30
Calling at 2 Central | 24 15:00
I'll get it out the door by 11/30 | 30 17:30
I'll have it by dinner | 24 19:00
Shooting over the MSA by COB tomorrow | 25 17:30
I'll call the Friday after Thanksgiving at 10 | 27 10:00
ima text him at noon | 24 12:00
I'll wrap the business case by mid-afternoon | 24 15:30
I got this, deck done before the top of the hour | 24 10:00
Will y'all hear from me by Wednesday? Yes you will | 25 17:30
dialing from 1 to 3 | 24 15:00
I'll get with him at 9:30 tomorrow | 25 09:30
Gonna knock out 10 calls between 1 and 3 | 24 15:00
Imma call her at 1 sharp | 24 13:00
Will shoot it over by 5 ET | 24 17:00
Going after the VP at 9:45 tomorrow | 25 09:45
I'll have something for you by end of week | 27 17:30
Penciling in Wednesday at 2 to pitch them | 25 14:00
I'm calling Rick Monday AM | 30 12:00
Let's do 10:15, I'll have the numbers up | 24 10:15
EOD tomorrow at the latest | 25 17:30
Dialing right at noon | 24 12:00
I'll knock it out over lunch | 24 13:00
Locking it in by a quarter after four | 24 16:15
The Monday after Thanksgiving I'll circle back | 30 17:30
I'll give it until 3 then call | 24 15:00
Proposal goes out the door Wednesday morning | 25 12:00
I'll get it to legal by 10:30a | 24 10:30
# Pacific/Auckland
Sweet as, I'll ring him at half two | 24 14:30
Will flick it through this arvo | 24 16:30
I'll get on to it first thing Thurs | 26 09:00
Chur, sorted by lunch | 24 12:00
I'll be in touch with her Friday morning | 27 12:00
Gonna jump on it after smoko | 24 12:00
"""

# Nothing here is promised at a time.
TIMELESS = """
The quote covers 9 to 12 licences
Version 4.2 ships with the new dashboard on Thursday
Build 1430 crashed again
The price goes up by 3 on Monday
They want 30 days net and 2 percent off
Room 9 on floor 3, ask for Dana
Gate closes at 14:20
BA 1476 leaves at 17:45
My train gets in at 11:05
Their fiscal year ends on 30 November
The warranty ran out on 12 November
Contract signed 3/11, countersigned 5/11
She has her daily at 9:30
He does pickups at 3 on weekdays
The team meets at 10 every Tuesday
I swim on Thursdays before work
We always review the forecast on Mondays at 9
Reception is open 8 to 5
The shop shuts at 6 tonight
The helpdesk opens at 7 tomorrow
Friday's Child is their flagship brand
Monday Motivation went out to the whole list
Sunday Times wants a quote
The Wednesday Group is our biggest account
Ruby Tuesday has 40 sites
It took 3 hours and 20 minutes
A 45 minute call with two breaks
He's been there 4 years in March
She's 34 and runs the whole region
We won 4-2 on points
The score was 3 to 1
They rated us 8 out of 10
He said "call me at 3" and then he was out
Quote: "we decide by Friday"
The 3 o'clock fell through
The 10:30 ran over
My 4pm is with the CFO
the 9am crew is on site
Last Thursday's workshop was good
Back in 2019 we lost them
On 3 November they asked for a discount
It was due yesterday
That was meant for last Friday
Two weeks ago he wanted to buy
I saw him at noon
Sent the recap at 8 this morning
Just got off the phone, he was in a rush at 2
She promised an answer by tomorrow
Procurement will come back to us on Wednesday
Legal signs off on Thursday
The customer decides next week
Their board meets on Friday
Marcus flies out tomorrow morning
Olga is presenting it at 2
The vendor ships on Monday
My boss wants the forecast by noon
The courier comes between 2 and 4
Delivery is scheduled for Friday
The parcel arrives tomorrow
Dentist at 3
School run at 3
Board meeting tomorrow at 10
All hands at 4
Company lunch on Thursday
Town hall at 2 today
Flight at 6:40 tomorrow
Fire drill at 11
Bank holiday on Monday
Birthday on Friday
Team dinner tonight
Webinar at 3pm today
Doctor's appointment at 2
Yoga at 6
Public holiday tomorrow
Trade fair next week
Standup at 9:45
The webinar starts at 3
The strike begins tomorrow
Registration closes on Friday
The offer is valid until Friday
The trial ends on Monday
Their contract runs until December 1
The discount expires tomorrow
Prices go up on 1 December
Payment is due on the 30th
Invoice 2611 is due tomorrow
Deadline is Friday
The deadline for the tender is 30 November
Parking is free after 6
It gets dark at 4
The market closes at 4:30
Sunrise at 7:40
Rain until 3
It's Tuesday today
Today is the 24th
Tomorrow is Wednesday
It is 3 o'clock here
It's already 4
What time is it in Tokyo at 9 our time?
Are you free at 3?
Can we meet on Thursday?
Did you call him at 9?
When you call at 3, what will you say?
Could you send it by noon?
Please send me the file by Friday
Let me know by tomorrow
Ping me after lunch
Remind me tomorrow
I can't make it on Friday
I won't get to it today
No calls for me this afternoon
Not before Monday
I'm not going to ring him today
I'm in workshops all day tomorrow
I'm on a plane until 4
OOO from Thursday
Out of office on Friday
On PTO tomorrow
Half day today
I am travelling on Wednesday and Thursday
Working from home on Friday
I'm at the customer's site tomorrow
Lisa is off sick until Monday
I would have called at 3
I should have called this morning
I wanted to call him on Friday but he quit
I used to ring at 8
I had planned to send it yesterday by 5
If only I had called on Monday
Three of the five said no today
Best day this week
Had a rough morning
Nothing new since Friday
Great call today
What a day tomorrow is going to be
Busy week, full tomorrow
It's a tough one, the budget is frozen until January
They are understaffed until next week
He is on holiday until the 30th
He retires at the end of the month
The 24th was a public holiday
The meeting on Thursday is in room 5
The demo at 2 is for the whole board
The slides for Friday look good
The plan for next week is unclear
The invite says 3pm
The email said Tuesday
According to the calendar it's at 10
He reads mail after 5
They do lunch at 12 sharp
She prefers mornings before 10
Best time to reach him is 8 to 9
He picks up only before 9
CFOs are reachable after 6
The best slot is usually Tuesday at 10
Most of them answer before lunch
Clause 9.30 of the contract
See chapter 12, page 4
SKU 1200 at 5 per box
At 3 euros a piece they'd buy 500
4 by 4 pickup for the field team
A ratio of 3 to 1
Windows 11 by default
Dial 0, then 9, then the extension 1500
Their PIN is 1515
ETA 15:40 for the delivery van
Fwd: minutes of Thursday, 19 November
On Mon, Nov 23, 2026 at 4:05 PM Anna wrote:
Sent: Tuesday, November 24, 2026 8:55 AM
Posted today at 8:01
Created 2026-11-23 15:04, closed 2026-11-24
Meeting ID 930 1200, passcode 4
The train at 5 is always late
Their CFO joins us in December
We've had this account since March 3
The renewal lapsed on Friday and nobody noticed
She texted at 7 to say she's ill
I gave him until Friday to decide
He's asked for a call at 3
Aldi are reviewing suppliers next week
My colleague covers Thursdays
The budget gets approved on Monday
Half their team is out this week
Two of them are off on Friday
Kids finish school at 3
The museum is shut on Mondays
Our office closes early on Friday
Their warehouse works Saturdays until 1
Quarter closes on Monday
The RFP closes on 4 December at noon
Tender opens on Monday at 9
Pub at 6?
Beers on Friday?
Anyone around at 3?
Who is on call tomorrow?
Will he be there on Thursday?
Does anyone know if the office is open on Friday?
Any plans for the weekend?
Have a good Friday
Enjoy your evening
Thanks for yesterday and speak on Monday
See you at 3
Happy Friday
It went well on Friday
Heard back from her this morning
Missed him at 10, voicemail again
No reply since Thursday
They pushed it to January
He moved our call to Thursday
The demo got cancelled this morning
Got a no from Brewster today
My day was awful today
Feeling good about today
Today was a mess
This week has been slow
Tomorrow looks packed
Monday is a nightmare for me
I have the kids on Wednesday
I've got a dentist appointment at 3
I'm flying to Oslo tomorrow
I'm back on Monday
I'm in Leeds until Thursday
I'll be out tomorrow
I finish at 3 on Fridays
I was told Friday
I thought it was due at 5
It should arrive by Friday
Should be delivered tomorrow
The goods will arrive on Thursday
The invoice was paid on Friday
The system goes down at 8 tonight
Lunch is at 12
Our standup's at 9:30
The 5pm slot is gone
There's a meeting at 2
There is a train at 5:40
Thursday's the big day
iPhone 15 at 40 a month
Section 3.30 needs a rewrite
I need 20 minutes to think
About 3 of the 10 replied
I've done 9 of 12 already
He wants 10 by 10 frames
Call volume was up 3 on Friday
The lift is out of order until Monday
Their switchboard is closed for lunch from 12 to 1
We invoice on the 25th of each month
He said he'd be in touch by Friday
She told me to try again at 3
Someone from IT comes by at 2
I got home at 8
I was on the road until 6 last night
They won the tender on Thursday
Our competitor was there at 9
I didn't get to it this morning
I haven't called since Monday
Their price is 3 below ours
Win rate is 1 in 4
Deal 1530 is in stage 4
He wants to see me on Friday
Her assistant books him from 2
I slept until 10
I met the team at 8 for breakfast
We agreed on Friday that price is off the table
I spent 3 hours on it yesterday
Delivered on Friday, invoice to follow
Not sure about Friday
I don't work Fridays
The next train is at 4:12
What happens on Monday?
Why did he cancel on Friday?
Where were you at 2?
They open at 9
Lunch break until 1
In a meeting until 3
On holiday from Friday
Ferry at 5
Sports day on Thursday
The new price list is valid from Monday
"""


def _rows() -> list[tuple[str, str, str]]:
    rows, zone = [], ""
    for line in TIMED.strip().splitlines():
        if line.startswith("# "):
            zone = line.removeprefix("# ")
        else:
            words, _, meant = line.rpartition(" | ")
            rows.append((words, zone, meant))
    return rows


@pytest.mark.parametrize(("words", "zone", "meant"), _rows())
def test_a_promise_is_understood_in_the_voice_it_is_made_in(words: str, zone: str, meant: str) -> None:
    assert _meant(words, zone) == meant


@pytest.mark.parametrize("words", TIMELESS.strip().splitlines())
def test_a_text_that_promises_nothing_is_left_alone(words: str) -> None:
    assert _meant(words, "Europe/London") is None

"""What is not for coaching: distress, harassment, a complaint about a person, serious health, thoughts of leaving.

A person who says such a thing gets care and a human being to turn to, not a question about their calls. The tables
lean towards care: a kind answer too many costs a smile, one too few costs trust. Sales talk is full of death and
pain ("this deal is killing me", "dead leads", "a pain point"), so nothing here goes by a single strong word.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.language.phrases import Phrases
from bot.domain.language.said import word_set
from bot.domain.reading import Concern

_DANGER = Phrases(
    """
    kill myself | killing myself | hurt myself | hurting myself | harm myself | harming myself | end my life
    | take my own life | taking my own life | end it all | suicide | suicidal | want to die | wish i was dead
    | wish i were dead | better off dead | better off without me | do not want to live | not want to be here anymore
    | not want to be alive | no reason to live | no point in living | no point living | self harm | self-harm
    | cutting myself | do not want to wake up | beats me at home | hits me at home | afraid he will hurt me
    | afraid she will hurt me | afraid to go home | not safe at home | do not feel safe at home
    """
)
_HARASSED = Phrases(
    """
    harass me | harasses me | harassed me | harassing me | being harassed | been harassed | was harassed
    | sexual harassment | harassment | sexually harassed | groped me | grope me | touched me | touches me
    | keeps touching me | grabbed me | bully me | bullies me | bullied me | bullying me | being bullied
    | been bullied | is a bully | bullying | mobbing | being mobbed | racist | racism | sexist | sexism | homophobic
    | discriminated against | discriminates against me | discriminating against me | discrimination
    | inappropriate comments | inappropriate comment | inappropriate remarks | comments about my body
    | remarks about my body | slurs | called me a slut | threatened me | threatens me | threatening me | intimidates me
    | intimidated me | intimidating me | intimidated by | humiliates me | humiliated me | humiliating me | belittles me
    | belittled me | abusive | abuses me | verbally abused | screams at me | screamed at me | screaming at me
    | shouts at me | shouted at me | shouting at me | yells at me | yelled at me | yelling at me | stalking me
    | stalks me | hostile work environment | toxic workplace | afraid of my manager | afraid of my boss
    | scared of my manager | scared of my boss | picks on me | picking on me | retaliate against me | retaliation
    """
)
_COMPLAINT = Phrases(
    """
    complain about my | complain about … behaviour | complain about … behavior | complaint about my
    | file a complaint | make a complaint about | formal complaint | file a grievance | raise a grievance
    | my grievance | report my manager | report my boss | report … to hr | go to hr | going to hr | talk to hr
    | speak to hr | talking to hr | treats me unfairly | treated me unfairly | treating me unfairly | treats me like
    | treated me like | treating me like | being treated unfairly | treated unfairly | hates me | has it in for me
    | out to get me | lies about me | lied about me | takes credit for my | took credit for my | steals my commission
    | stole my commission | can not stand my manager | can not stand my boss | can not work with him
    | can not work with her | can not work under
    """
)
_HURTING = Phrases(
    """
    panic attack | panic attacks | nervous breakdown | mental breakdown | having a breakdown | breaking down
    | burnt out | burned out | burn out | burnout | burning out | depressed | depression | my anxiety | anxiety attack
    | anxiety is | mental health | can not stop crying | been crying | crying all | cried all | crying at my desk
    | in tears | i cry | cry in the | cry every | crying in | cry myself | can not sleep since | not slept since
    | can not cope | not coping | can not go on | can not do this anymore | can not do this any more
    | can not take it anymore | can not take it any more | can not take this anymore | can not take this any more
    | at the end of my rope | at my breaking point | falling apart | completely overwhelmed | feel hopeless
    | feeling hopeless | feel worthless | feeling worthless | feel so alone | hate my life | hate myself
    | have not slept in | have not slept for | not sleeping at all | can not sleep at night | drinking too much
    | drinking again | relapsed | overdose | my therapist | in therapy | see a psychiatrist | been diagnosed
    | was diagnosed | got diagnosed | my diagnosis | diagnosed with | have cancer | has cancer | got cancer
    | chemo | chemotherapy | biopsy | tumor | tumour | miscarriage | miscarried | lost the baby | lost our baby
    | lost my baby | heart attack | had a stroke | in hospital | in the hospital | in intensive care | in the icu
    | emergency room | passed away | died last | died this | died on | died yesterday | has died | just died
    | my … died | funeral | terminally ill | going through a divorce | getting divorced | left me last
    | my wife left | my husband left | my partner left | marriage is over | lost my mum | lost my mom | lost my dad
    | lost my father | lost my mother | lost my wife | lost my husband | lost my son | lost my daughter
    """
)
_LEAVING = Phrases(
    """
    going to quit | want to quit | thinking of quitting | thinking about quitting | i quit my job | quit my job
    | quitting my job | i am quitting | ready to quit | about to quit | hand in my notice | handing in my notice
    | handed in my notice | give my notice | giving my notice | gave my notice | giving notice | put in my notice
    | putting in my notice | hand in my resignation | handing in my resignation | my resignation | i resign
    | i am resigning | going to resign | want to resign | thinking of resigning | thinking about resigning
    | thinking of leaving | thinking about leaving | leaving the company | leave the company | leaving this company
    | leave this company | leave this job | leaving this job | looking for another job | looking for a new job
    | looking for other jobs | applying for other jobs | applying elsewhere | interviewing elsewhere
    | interview with another company | do not want to work here | can not work here | afraid of losing my job
    | afraid i will lose my job | scared of losing my job | going to get fired | about to be fired | being fired
    | want to fire me | trying to fire me | getting laid off | being laid off | been laid off
    """
)
# The same words about somebody else's business: a customer who resigns, a prospect in hospital, a bully in a story.
_SALES = word_set(
    """
    client clients customer customers prospect prospects buyer buyers champion account accounts deal deals lead leads
    competitor competitors vendor supplier suppliers procurement cfo ceo cto cio vp director contact contacts
    campaign webinar sector market industry software product tool platform policy insurance hospitals
    they their his her he she
    """
)
_HARMLESS_NEXT = word_set(
    """
    training trainings policy policies offer offers software workshop workshops module modules course courses
    campaign period of laughing drink coffee smoking
    """
)
_OWN = word_set("i me my myself mine we us our")
_TABLES = (
    (Concern.DANGER, _DANGER),
    (Concern.HARM, _HARASSED),
    (Concern.HARM, _COMPLAINT),
    (Concern.HEALTH, _HURTING),
    (Concern.LEAVING, _LEAVING),
)


def concern_in(sentences: Sequence[Sequence[str]]) -> Concern | None:
    """What the words of somebody's sentences reveal that is not for coaching; the gravest first, None mostly."""
    for concern, table in _TABLES:
        for sentence in sentences:
            place = table.find(sentence)
            if place is not None and not _is_business(sentence, place, table.at(sentence, place), table):
                return concern
    return None


def _is_business(sentence: Sequence[str], place: int, length: int, table: Phrases) -> bool:
    """Whether the words tell of a customer, a market or a product rather than of the person who writes."""
    after = sentence[place + length] if place + length < len(sentence) else ""
    if after in _HARMLESS_NEXT or (table is _LEAVING and after.endswith("ing")):
        return True
    if table is _DANGER or _OWN.intersection(sentence[place : place + length]):
        return False
    return bool(_SALES.intersection(sentence)) and not (_OWN - {"we", "our", "us"}).intersection(sentence[:place])

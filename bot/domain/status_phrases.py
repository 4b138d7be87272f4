"""Words of statuses: what speaks of days away, what of being at work or gone for an hour, and what of another time."""

from __future__ import annotations

import re

EMOJI = frozenset(
    {
        *("palm_tree", "desert_island", "beach_with_umbrella", "umbrella_on_ground", "camping", "cruise_ship"),
        *("ski", "skier", "snowboarder", "passenger_ship"),
        *("face_with_thermometer", "nauseated_face", "face_vomiting", "face_with_head_bandage", "sneezing_face"),
        *("sick", "ooo", "pto", "vacation", "out_of_office", "out-of-office", "holiday", "parental_leave"),
        *("parental-leave", "on_leave", "on-leave", "urlaub", "krank", "vacances", "vacaciones"),
    }
)
"""Names that look like an absence, whatever else is written: Slack's own, and what workspaces call theirs."""
ALONE = frozenset(
    {
        *("airplane", "airplane_departure", "airplane_arriving", "small_airplane", "luggage", "tent", "away"),
        *("mask", "thermometer", "no_entry", "no_entry_sign", "baby", "baby_bottle"),
    }
)
"""Names that do so only where nothing is written beside them, or only until when."""


def phrases(*lines: str) -> re.Pattern[str]:
    """Matches any of the phrases, which are separated by commas, as whole words; `*` stands for the rest of a word."""
    each = [phrase.strip() for line in lines for phrase in line.split(",") if phrase.strip()]
    made = [re.escape(one).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for one in sorted(each, key=len, reverse=True)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(made)})(?!\w)", re.IGNORECASE)


AT_WORK = phrases(
    "meeting, meetings, mtg, mtgs, call, calls, 1:1, 1:1s, one on one, standup, stand-up, interview*, workshop*",
    "training, webinar, conference, summit, onsite, offsite, off-site, kick-off, kickoff, all hands, all-hands, demo*",
    "presenting, commut*, lunch*, coffee, breakfast, dinner, snack, gym, walk, walking, school run, errand*",
    "focus*, heads down, heads-down, deep work, do not disturb, dnd, busy, coding, writing, working, work, works",
    "wfh, remote, remotely, home office, homeoffice, at home, in the office, at the office, online, available",
    "on-call, on call, oncall, client, clients, customer*, prospects, business trip, roadshow, road show",
    "brb, be right back, right back, back soon, back shortly, back in a, afk, appointment*, doctor, doctor's, dentist",
    "vet, delivery, plumber, driving, slow to, besprechung*, termin, termine, mittag, mittagspause, mittagessen",
    "arzt, arzttermin, zahnarzt, pendel*, arbeit*, unterwegs, fokus*, kunde, kunden, kundentermin, schulung",
    "réunion, reunion, déjeuner, dejeuner, pause, télétravail, teletravail, transports, travaille, concentration",
    "formation, rendez-vous, rdv, médecin, dentiste, reunión, reunião, almuerzo, almorzando, comiendo, almoço",
    "teletrabajo, trabajo, trabajando, trabalhando, trabalho, concentrado, concentrada, cita, médico, camino",
    "riunione, pranzo, smart working, vergadering, lunchpauze, thuiswerken, spotkanie, lunchrast, möte",
)
"""At work, or away for less than a day."""
AT_WORK_ELSEWHERE = re.compile("会議|会议|在宅|昼食|ランチ|リモート|通勤")
"""The same where words are not set apart."""

AWAY = phrases(
    "vacation*, vacay, holiday, holidays, hols, annual leave, time off, day off, days off, off sick, off grid",
    "off work, ooo*, oof, pto, a/l, out of office, out of the office, out of town, out sick, out ill, away",
    "gone fishing, traveling, travelling, honeymoon, sabbatical, staycation, road trip, sick*, ill, unwell, flu, covid",
    "under the weather, recovering, hospital, surgery, on leave, medical leave, parental leave, paternity leave",
    "maternity leave, family leave, bereavement*, compassionate leave, study leave, garden leave, gardening leave",
    "leave of absence, long leave, jury duty, new dad, new mom, new mum, new parent, mat leave, pat leave",
    "bank holiday",
    "urlaub, ferien, krank, krankgeschrieben, krankheit, elternzeit, mutterschutz, abwesend, nicht im büro",
    "außer haus, ausser haus, feiertag, arbeitsunfähig, resturlaub",
    "vacances, congé, congés, conge, conges, malade, maladie, absent, absente, férié, arrêt",
    "vacaciones, enfermo, enferma, enfermedad, de baja, baja médica, ausente, fuera de la oficina, festivo, de permiso",
    "férias, ferias, doente, fora do escritório, licença, ferie, malato, malata, malattia, fuori ufficio, assente",
    "vakantie, ziek, verlof, afwezig, urlop, urlopie, chory, chora, chorobowe, semester, sjuk, syk, lomalla, sairas",
)
"""Away for a day or more, in the languages in which Slack offers statuses, and some more."""
AWAY_ELSEWHERE = re.compile("休暇|病欠|休み|休假|病假|年假|不在|휴가|병가")
AWAY_WITH_DAYS = phrases("out, off, leave, gone, frei, weg, fuera, fora, libre, libero, off today")
"""What speaks of it only where days are named."""

ANOTHER_TIME = re.compile(
    r"(?<!\w)(?:not|never|no longer|no|need(?:s|ing)?|dream(?:s|ing)?(?: of)?|almost|nearly|plan(?:s|ning|ned)|want"
    r"|book(?:ing|ed)|before|pre|after|post|from|miss(?:ing)?|until|till|to|nicht(?: mehr)?|keine?n?|fast|vor|nach|aus"
    r"|bis|reif|pas|plus|avant|après|retour de|antes de|volviendo de|después de)"
    r"(?:\s+|-)(?:(?:an?|my|the|on|in|some|dem|den|der|im|zum|en|de|als|für|les|las|vacation'?s?)\s+){0,3}"
    r"(?:ooo|oof|pto|vacations?|vacay|holidays?|sick|ill|leave|away|urlaub|ferien|krank|vacances|congés?|malade|vacaciones)"
    r"|(?<!\w)(?:soon|bald|bientôt|pronto|countdown|counting|policy|planner|requests?|approvals?|handovers?|photos?)(?!\w)",
    re.IGNORECASE,
)
"""Speaks of an absence that is not now."""
HOURS = re.compile(
    r"\b\d{1,2}[:.]\d{2}\b(?!\.)|\b\d{1,2}\s?(?:am|pm|uhr|h)\b|\b(?:at|until|till|by) \d{1,2}\b(?![./])"
    r"|\b(?:\d+|an?|one|two|a few|half an)\s?(?:min(?:ute)?s?|hours?|hrs?|stunden?|heures?|horas?)\b"
    r"|\b(?:this|early|late) (?:morning|afternoon|evening)\b|\bhalf[- ]day\b|\b(?:noon|midday|eod|end of day|pm|am)\b"
    r"|\bmornings?\b|\bafternoons?\b|\bvormittags?\b|\bnachmittags?\b|\bhalber tag\b|\baprès-midi\b|\btarde\b",
    re.IGNORECASE,
)
"""Says hours, not days."""
EXCUSED = re.compile(
    r"\b(?:no|without|limited|ohne|keine) (?:meetings|calls|slack|work|online|email|arbeit|termine)\b", re.IGNORECASE
)
"""Names work only to say that there is none."""

"""Writes thousands of random recurrence rules as event files, always the same ones.

The start is the first date of the rule, as the program demands: dateutil says which one that is.
"""

import itertools
import json
import random
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules import doubt, WEEKDAYS, is_skipped, wall_clock

SITE = 'id = "2b4d4f2e-5d0a-4c52-8b55-3c1f0b9d6e11"\ntitle = "Zufällige Regeln"\npublisher.name = "Beispielstelle"\n'
VENUES = '[rathaus]\nname = "Rathaus"\nstreet = "Marktstraße 1"\npostal_code = "12345"\ncity = "Musterstadt"\n'
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo")
# Outside of the hours in which clocks are changed.
TIMES = ("04:00", "08:15", "10:00", "12:30", "18:00", "19:45", "21:30")
# Times that clocks have been put forward past, or have shown twice.
CHANGED = {
    "Europe/Berlin": ("02:00", "02:30"),
    "America/New_York": ("02:00", "02:45"),
    "Australia/Lord_Howe": ("02:00", "02:15", "01:45"),
    "America/Sao_Paulo": ("00:00", "00:30", "23:30"),
}
LENGTHS = (1800, 5400, 9000)
DAYS = {
    "MO": ("monday", "Montag", "Mo"), "TU": ("tuesday", "Dienstag", "Di."), "WE": ("wednesday", "Mittwoch"),
    "TH": ("thursday", "Donnerstag"), "FR": ("friday", "Freitag"), "SA": ("saturday", "Samstag", "Sonnabend"),
    "SU": ("sunday", "Sonntag"),
}
ORDINALS = {
    "1": ("first", "erster"), "2": ("second", "zweiten"), "3": ("third", "3."), "4": ("fourth", "vierter"),
    "5": ("fifth", "fünften"), "-1": ("last", "letzter"),
}
# From 6 January 2020 on, a Monday and in week 2, all of these have to be refused, for the reason before them.
REFUSED = [
    ("BYWEEKNO outside of YEARLY", "FREQ=DAILY;BYWEEKNO=2"),
    ("BYWEEKNO outside of YEARLY", "FREQ=WEEKLY;BYWEEKNO=2;BYDAY=MO"),
    ("BYWEEKNO outside of YEARLY", "FREQ=MONTHLY;BYWEEKNO=2,-1"),
    ("BYYEARDAY outside of YEARLY", "FREQ=DAILY;BYYEARDAY=6"),
    ("BYYEARDAY outside of YEARLY", "FREQ=WEEKLY;BYYEARDAY=6,-361"),
    ("BYYEARDAY outside of YEARLY", "FREQ=MONTHLY;BYYEARDAY=6;COUNT=3"),
    ("BYMONTHDAY in WEEKLY", "FREQ=WEEKLY;BYMONTHDAY=6"),
    ("BYMONTHDAY in WEEKLY", "FREQ=WEEKLY;BYMONTHDAY=-26;BYDAY=MO"),
    ("an ordinal in DAILY or WEEKLY", "FREQ=DAILY;BYDAY=1MO;COUNT=3"),
    ("an ordinal in DAILY or WEEKLY", "FREQ=WEEKLY;BYDAY=1MO"),
    ("an ordinal in DAILY or WEEKLY", "FREQ=WEEKLY;BYDAY=-4MO;COUNT=3"),
    ("an ordinal beside BYWEEKNO", "FREQ=YEARLY;BYWEEKNO=2;BYDAY=1MO"),
    ("an ordinal beside BYWEEKNO", "FREQ=YEARLY;BYWEEKNO=2;BYDAY=1MO,TU;COUNT=3"),
    ("BYSETPOS alone", "FREQ=DAILY;BYSETPOS=1"),
    ("BYSETPOS alone", "FREQ=MONTHLY;BYSETPOS=1,-1;COUNT=3"),
    ("no date at all", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    ("no date at all", "FREQ=DAILY;BYMONTH=4,6;BYMONTHDAY=31;COUNT=3"),
    ("no date at all", "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2"),
    ("no date at all", "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=2"),
    ("no date at all", "FREQ=DAILY;UNTIL=20200105"),
    ("no date at all", "FREQ=WEEKLY;UNTIL=20191231T225959Z"),
    ("more than 10,000 dates", "FREQ=DAILY;COUNT=10001"),
    ("more than 10,000 dates", "FREQ=DAILY;UNTIL=20470601T000000Z"),
]


def some(dice, values, most):
    values = list(values)
    return dice.sample(values, dice.randint(1, min(most, len(values))))


def signed(dice, limit, most, first=1):
    """Numbers that count from the beginning or from the end."""
    return ",".join(str(dice.choice((1, 1, -1)) * number) for number in some(dice, range(first, limit + 1), most))


def weekdays(dice):
    return ",".join(some(dice, WEEKDAYS, 4))


def ordinals(dice, limit):
    """Days with an ordinal, and now and then others beside them."""
    days = some(dice, WEEKDAYS, 3)
    counted = [f"{signed(dice, limit, 1)}{day}" for day in days]
    return ",".join(counted if dice.random() < 0.7 else counted[:1] + days)


def interval(dice, values):
    return maybe(dice, 0.5, "INTERVAL", lambda: str(dice.choice(values)))


def maybe(dice, chance, name, value):
    return {name: value()} if dice.random() < chance else {}


def months(dice):
    return ",".join(map(str, some(dice, range(1, 13), 4)))


# Parts that contradict one another are kept apart below: dateutil looks for a date until the year 9999.


def daily(dice):
    parts = {"FREQ": "DAILY"} | interval(dice, range(2, 12))
    parts |= maybe(dice, 0.3, "BYMONTH", lambda: months(dice))
    parts |= maybe(dice, 0.2, "BYMONTHDAY", lambda: signed(dice, 28, 6))
    parts |= maybe(dice, 0.3, "BYDAY", lambda: weekdays(dice))
    return parts | maybe(dice, 0.1 if len(parts) > 2 else 0, "BYSETPOS", lambda: dice.choice(("1", "-1")))


def weekly(dice):
    parts = {"FREQ": "WEEKLY"} | interval(dice, range(2, 7))
    parts |= maybe(dice, 0.7, "BYDAY", lambda: weekdays(dice))
    parts |= maybe(dice, 0.5, "WKST", lambda: dice.choice(WEEKDAYS))
    if "BYDAY" in parts and dice.random() < 0.2:
        return parts | {"BYSETPOS": signed(dice, len(parts["BYDAY"].split(",")), 2)}
    return parts | maybe(dice, 0.3, "BYMONTH", lambda: months(dice))


def monthly(dice):
    parts = {"FREQ": "MONTHLY"} | interval(dice, (2, 3, 4, 5, 6, 7))
    kind = dice.random()
    if kind < 0.3:
        parts["BYDAY"] = ordinals(dice, 5)
    elif kind < 0.7:
        parts |= maybe(dice, 0.6, "BYDAY", lambda: weekdays(dice))
        parts |= {} if "BYDAY" in parts and dice.random() < 0.4 else {"BYMONTHDAY": signed(dice, 28, 8)}
        return parts | maybe(dice, 0.4, "BYSETPOS", lambda: dice.choice(("1", "-1", "1,-1", "2", "-2,1")))
    elif kind < 0.9:
        parts["BYMONTHDAY"] = signed(dice, 31, 3)
    return parts | maybe(dice, 0.2 if "INTERVAL" not in parts else 0, "BYMONTH", lambda: months(dice))


def yearly(dice):
    parts = {"FREQ": "YEARLY"} | interval(dice, (2, 3, 4)) | maybe(dice, 0.4, "BYMONTH", lambda: months(dice))
    kind = dice.random()
    if kind < 0.3:
        return parts | {"BYDAY": ordinals(dice, 5 if "BYMONTH" in parts else 53)}
    if kind < 0.8:
        parts |= dice.choice((
            {"BYYEARDAY": signed(dice, 366, 60)}, {"BYMONTHDAY": signed(dice, 31, 8)}, {"BYDAY": weekdays(dice)},
        ))
        parts |= maybe(dice, 0.3, "BYDAY", lambda: weekdays(dice))
        parts |= maybe(dice, 0.3, "BYSETPOS", lambda: signed(dice, 3, 2))
    return parts


def weeks(dice):
    """Weeks by their number."""
    parts = {"FREQ": "YEARLY"} | maybe(dice, 0.7, "BYDAY", lambda: weekdays(dice))
    # Those at the turn of the year belong to two years: INTERVAL would be ambiguous, and rules.py reads no WKST there.
    if dice.random() < 0.5:
        return parts | {"BYWEEKNO": dice.choice((signed(dice, 53, 5), "1", "52", "53", "-1", "-52", "-53"))}
    parts |= interval(dice, (2, 3)) | {"BYWEEKNO": signed(dice, 51, 5, first=2)}
    parts |= maybe(dice, 0.7, "WKST", lambda: dice.choice(WEEKDAYS))
    return parts | maybe(dice, 0.3, "BYSETPOS", lambda: dice.choice(("1", "-1", "1,-1")))


def clock_changes(dice):
    """Often enough to meet the hours in which clocks are changed."""
    parts = dice.choice((
        {"FREQ": "DAILY"}, {"FREQ": "WEEKLY", "BYDAY": "SA,SU"}, {"FREQ": "MONTHLY", "BYDAY": "1SU,2SU,-1SU"},
        {"FREQ": "YEARLY", "BYMONTH": "3,4,10,11", "BYDAY": "SU"},
    ))
    return parts | {"COUNT": str(dice.randint(100, 500))}


def in_words(dice):
    """A rule, and the lines of `[repeat]` that say the same in words."""
    frequency, every = dice.choice(list(zip(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"), ("day", "week", "month", "year"))))
    parts = {"FREQ": frequency} | interval(dice, range(2, 6))
    days = some(dice, WEEKDAYS, 3 if frequency == "WEEKLY" else 2)
    names = [dice.choice(DAYS[day]) for day in days]
    if frequency in ("MONTHLY", "YEARLY"):
        ordinals = [dice.choice(list(ORDINALS)) for _ in days]
        days = [f"{ordinal}{day}" for ordinal, day in zip(ordinals, days)]
        names = [f"{dice.choice(ORDINALS[ordinal])} {name}" for ordinal, name in zip(ordinals, names)]
    lines = [f'every = "{every}"', *(f"interval = {parts[name]}" for name in parts.keys() & {"INTERVAL"})]
    if frequency != "DAILY" and dice.random() < 0.7:
        parts["BYDAY"] = ",".join(days)
        lines.append(f"on = {json.dumps(names if len(names) > 1 else names[0], ensure_ascii=False)}")
        # The month is that of the start.
        parts |= {"BYMONTH": str(dice.randint(1, 12))} if frequency == "YEARLY" else {}
    return parts, lines


def end(dice, parts, start, forms):
    """COUNT or UNTIL within the next years: dateutil is slow where dates are rare."""
    last = start + timedelta(days=1 + dice.choice((30, 300, 1500)) * dice.random(), minutes=dice.randrange(1440))
    if dice.random() < 0.5:
        return {"UNTIL": f"{last:{dice.choice(forms)}}"}
    return {"COUNT": str(sum(1 for _ in wall_clock(parts, start, last)))}


def as_pasted(dice, parts):
    """The rule in any order of its parts, and now and then as another program writes it."""
    parts = list(parts.items())
    if dice.random() < 0.3:
        dice.shuffle(parts)
    text = ";".join(f"{name}={value}" for name, value in parts)
    return [f'rrule = "{dice.choice((text,) * 8 + (f"RRULE:{text}", text.lower(), f"{text};"))}"']


def end_in_words(parts):
    if "UNTIL" in parts:
        return [f"until = {datetime.strptime(parts['UNTIL'], '%Y%m%d'):%Y-%m-%d}"]
    return [f"count = {parts['COUNT']}"] if "COUNT" in parts else []


def is_plain(local, zone):
    """Returns whether clocks show this time once."""
    offsets = {local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
    return len(offsets) == 1 and not is_skipped(local, zone)


def rule(dice, kind):
    """A rule with a start; None where it has no date soon, or where clocks show its start or end twice or never."""
    parts, words = kind(dice) if kind is in_words else (kind(dice), None)
    is_whole_day = kind is not clock_changes and dice.random() < 0.3
    zone = dice.choice(tuple(CHANGED if kind is clock_changes else ZONES))
    clock = "00:00" if is_whole_day else dice.choice(CHANGED[zone] if kind is clock_changes else TIMES)
    length = timedelta(seconds=dice.choice((0, 0, 86400, 172800)) if is_whole_day else dice.choice(LENGTHS))
    # Without an end, there are dates up to rules.HORIZON.
    goes_on = "COUNT" not in parts and dice.random() < 0.15
    day = date(2026 if goes_on else 1996, 1, 1) + timedelta(days=dice.randrange(1500 if goes_on else 12000))
    begin = datetime.combine(day, time.fromisoformat(clock))
    start = next(wall_clock(parts, begin, begin + timedelta(days=2000)), None)
    if start is None or not all(is_plain(local, ZoneInfo(zone)) for local in (start, start + length)):
        return None
    if not goes_on and "COUNT" not in parts:
        parts |= end(dice, parts, start, ["%Y%m%d"] if words else ["%Y%m%d", "%Y%m%dT%H%M%S", "%Y%m%dT%H%M%SZ"])
    return {
        "parts": parts, "repeat": words + end_in_words(parts) if words else as_pasted(dice, parts),
        "start": start.isoformat(), "zone": zone, "is_whole_day": is_whole_day, "length": length.total_seconds(),
        "refused": doubt(parts),
    }


def write(folder, rules):
    events = folder / "feeds/regeln"
    events.mkdir(parents=True)
    (folder / "feeds/site.toml").write_text(SITE, "utf-8")
    (folder / "feeds/venues.toml").write_text(VENUES, "utf-8")
    (events / "feed.toml").write_text('title = "Zufällige Regeln"\n', "utf-8")
    for slug, one in rules.items():
        start = datetime.fromisoformat(one["start"])
        times = (start, start + timedelta(seconds=one["length"]))
        start, end = (time.date().isoformat() if one["is_whole_day"] else time.isoformat() for time in times)
        lines = [
            "+++", f'title = "{slug}"', f"start = {start}", f"end = {end}", f'timezone = "{one["zone"]}"',
            'venue = "rathaus"', "", "[repeat]", *one["repeat"], "+++", "Nach einer Regel.", "",
        ]
        (events / f"{slug}.md").write_text("\n".join(lines), "utf-8")
    (folder / "rules.json").write_text(json.dumps(rules), "utf-8")


# How many rules are drawn of each kind; what has to be refused is listed above.
KINDS = {
    "daily": (daily, 1100), "weekly": (weekly, 1200), "monthly": (monthly, 1200), "yearly": (yearly, 1000),
    "weeks": (weeks, 900), "in-words": (in_words, 500), "clock-changes": (clock_changes, 150), "refused": None,
}


def write_kind(folder, name):
    """Writes a folder of feeds/, and rules.json with what rules.py needs to know of them."""
    if name == "refused":
        usual = {"start": "2020-01-06T10:00:00", "length": 5400, "zone": "Europe/Berlin", "is_whole_day": False}
        rules = [usual | {"repeat": [f'rrule = "{text}"'], "refused": reason} for reason, text in REFUSED]
        write(folder, {f"refused-{number:02}": one for number, one in enumerate(rules)})
        return
    kind, count = KINDS[name]
    dice = random.Random(kind.__name__)
    drawn = filter(None, (rule(dice, kind) for _ in itertools.count()))
    write(folder, {f"{name}-{number:04}": one for number, one in enumerate(itertools.islice(drawn, count))})

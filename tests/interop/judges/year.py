"""A scripted year of edits against a running service, followed by two subscribers that keep state: vdirsyncer with
khal, and GNOME's calendar. After each step both must show exactly that step: no duplicate, no ghost, no second move.

`year.py FOLDER CASE`: FOLDER is made for the work, CASE a key of SPOILS: `plain` for the service as it is, `short` for
its first months. It ends at the first step that is wrong, because all later ones would only repeat it.
"""

import collections
import shutil
import signal
import time
from datetime import datetime, timedelta

import icalendar

import common
from service import Folder, Service, end_after, uid_of, wait_until
from year_subscribers import BERLIN, FEED, NOW, PATH, SPOILS, Between, Gnome, Khal

SETTINGS = {"rescan_seconds": 1, "removal_seconds": 1}
QUIET, QUIETER = 3.5, 1.5 # seconds: some polls of the service, or one
LONGEST = 600 # seconds: then something hangs
YEAR = NOW.astimezone(BERLIN).year + 1

SAAL = "Rathaus, Großer Saal, Marktstraße 1, 12345 Musterstadt"
KLEIN = "Rathaus, Raum 1.03, Marktstraße 1, 12345 Musterstadt"
RATHAUS = "Rathaus, Marktstraße 1, 12345 Musterstadt"


def date(title, start, place=SAAL, status="CONFIRMED"):
    """One date of two hours as subscribers show it."""
    begin = datetime.fromisoformat(start).replace(tzinfo=BERLIN)
    return title, common.utc(begin), common.utc(begin + timedelta(hours=2)), place, status


def keys(title, start, more=""):
    """The keys of a file that says so."""
    end = (datetime.fromisoformat(start) + timedelta(hours=2)).isoformat()
    return f'title = "{title}"\nstart = {start}\nend = {end}\nvenue = "rathaus"\n{more}'


class Wrong(Exception):
    """A step is wrong: what follows would only repeat it."""


class Year(common.Documents):
    """The folder, what was published of it, and what the subscribers must show."""

    def __init__(self, folder, name):
        super().__init__(folder, name)
        self.spoil = SPOILS[name]
        self.folder.mkdir(parents=True)
        self.definitions = Folder(self.folder, FEED)
        self.wanted, self.revisions, self.etag, self.steps = {}, {}, None, 0

    def begin(self):
        self.between = Between(self.spoil)
        self.start()
        self.etag = self.read()[0]
        self.khal = Khal(self.folder, self.between.port)
        self.gnome = Gnome(self.folder, self.between)

    def start(self):
        self.service = Service(self.definitions.path, self.folder / "log", **SETTINGS)
        self.between.port_behind = self.service.port

    def read(self):
        """(entity tag, data) of the feed; (None, None) where it is as before."""
        asked = {"If-None-Match": self.etag} if self.etag else {}
        status, headers, data = self.service.get(PATH, asked)
        if status == 304 and headers["ETag"] == self.etag:
            return None, None
        if status != 200:
            raise SystemExit(f"{PATH}: {status}")
        return headers["ETag"], data

    def check(self, where):
        """Ends the year at the first problem."""
        if self.problems:
            self.notes.append(f"{where} is step {self.steps}; the log of the service ends with")
            self.notes += self.service.said().splitlines()[-8:]
            raise Wrong

    def step(self, where, new=(), revised=(), back=(), renamed=(), gone=()):
        """After an edit: it is published, and the subscribers show it. The slugs under which events were first
        published are given: those that are new, have a new revision, are back with one, have only another
        address, or have left. All others are as before."""
        self.steps += 1
        self.service.reload()
        if not wait_until(lambda: self.read()[0]):
            self.problem(where, "nothing new is published")
            self.check(where)
        self.etag, data = self.read()
        self.compare_revisions(where, data, new, revised, back, renamed, gone)
        written, removed = len([*new, *revised, *back, *renamed]), len([*revised, *renamed, *gone])
        self.poll(where, (written, removed), [200])
        self.rest(where)

    def quiet(self, where, seconds=QUIETER):
        """After something that must not be noticed."""
        self.steps += 1
        end = time.monotonic() + seconds
        self.service.reload()
        while time.monotonic() < end:
            self.equal(where, "a new entity tag", self.read()[0], None)
            self.check(where)
            time.sleep(0.2)
        self.rest(where)

    def rest(self, where):
        """Nobody is notified a second time."""
        where = f"{where}, a second poll"
        self.poll(where, (0, 0), [])
        self.equal(where, "a new entity tag", self.read()[0], None)
        self.check(where)

    def poll(self, where, moves, statuses):
        wanted = [(uid_of(slug), *one) for slug, dates in self.wanted.items() for one in dates]
        self.equal(where, "what GNOME is answered other than 304", self.gnome.poll(), statuses)
        # GNOME takes in what it was given a moment later.
        wait_until(lambda: collections.Counter(self.gnome.shown()) == collections.Counter(wanted), seconds=2)
        self.compare(f"{where}, GNOME", self.gnome.shown(), wanted)
        self.equal(where, "what vdirsyncer (wrote, removed)", self.khal.poll(), moves)
        if moves != (0, 0):
            self.compare(f"{where}, khal", self.khal.shown(), [one[1:] for one in wanted])
        self.check(where)

    def compare(self, where, shown, wanted):
        self.compared += 1
        shown, wanted = collections.Counter(shown), collections.Counter(wanted)
        for one, count in (shown - wanted).items():
            kind = "twice" if wanted[one] else "too many (a ghost, a duplicate or not the new state)"
            self.problem(where, f"{kind}: {count} × {one}")
        for one in wanted - shown:
            self.problem(where, f"missing: {one}")

    def compare_revisions(self, where, data, new, revised, back, renamed, gone):
        revisions = {}
        for event in icalendar.Calendar.from_ical(data).walk("VEVENT"):
            revision = event["SEQUENCE"], event["LAST-MODIFIED"].dt, event["CREATED"].dt
            former = revisions.setdefault(str(event["UID"]), revision)
            self.equal(where, f"the revision of the dates of {event['UID']}", revision, former)
        self.equal(where, "the list of UIDs", sorted(revisions), sorted(map(uid_of, self.wanted)))
        for slug in self.wanted:
            sequence, modified, created = revisions.get(uid_of(slug), (None, None, None))
            if slug in new:
                self.equal(where, f"the first revision of {slug}", (sequence, modified), (0, created))
            elif modified and (slug in revised or slug in back):
                former = self.revisions[uid_of(slug)]
                # Leaving without a word was a revision, too: else a record that is merged could undo it.
                rise = 2 if slug in back else 1
                self.equal(where, f"SEQUENCE and CREATED of {slug}", (sequence, created), (former[0] + rise, former[2]))
                self.equal(where, f"{slug} rises from {former[1]} to {modified}", modified > former[1], True)
            else:
                former = self.revisions.get(uid_of(slug))
                self.equal(where, f"the revision of {slug}", (sequence, modified, created), former)
        self.revisions |= revisions


# What the edits write: a talk, and a weekly series over the change of the clocks.
TITLE = "Vortrag: Bildung planen, Ziele klären"
PLANNED, MOVED_TO = f"{YEAR}-03-10T10:15:00", f"{YEAR}-03-17T14:00:00"
IN_SAAL, IN_KLEIN, MOVED = 'room = "saal"\n', 'room = "klein"\n', 'status = "moved"\n'
EVENINGS = [f"{YEAR}-03-{day:02}T18:00:00" for day in (9, 16, 23, 30)]
LATER = f"{YEAR}-03-31T19:00:00"
WEEKLY = IN_SAAL + '[repeat]\nevery = "week"\ncount = 4\n'
CANCELLED_DATE = f'[[repeat.change]]\ndate = {YEAR}-03-16\nstatus = "cancelled"\n'
MOVED_DATE = (
    f'[[repeat.change]]\ndate = {YEAR}-03-30\nstatus = "moved"\nstart = {LATER}\nend = {YEAR}-03-31T21:00:00\n'
)
HOURS = [f"sprechstunde-{number}" for number in range(1, 9)]


def begin(year):
    for number, slug in enumerate(HOURS, start=1):
        start = f"{YEAR}-05-{number:02}T09:00:00"
        year.definitions.event(slug, keys(f"Sprechstunde {number}", start))
        year.wanted[slug] = [date(f"Sprechstunde {number}", start, RATHAUS)]
    past = f"{NOW - timedelta(days=20):%Y-%m-%d}T18:00:00"
    year.definitions.event("rueckblick", keys("Rückblick", past))
    year.wanted["rueckblick"] = [date("Rückblick", past, RATHAUS)]
    year.begin()
    year.compare_revisions("begin", year.service.get(PATH)[2], list(year.wanted), (), (), (), ())
    year.poll("begin", (9, 0), [])
    year.rest("begin")


def edit_events(year):
    event, wanted = year.definitions.event, year.wanted
    event("vortrag", keys("Vortrag zur Planung", PLANNED, IN_SAAL))
    wanted["vortrag"] = [date("Vortrag zur Planung", PLANNED)]
    year.step("create", new=["vortrag"])

    event("vortrag", keys(TITLE, PLANNED, IN_SAAL))
    wanted["vortrag"] = [date(TITLE, PLANNED)]
    year.step("retitle", revised=["vortrag"])

    event("sprechstunde-8", keys("Sprechstunde 8", f"{YEAR}-05-08T09:00:00", 'visibility = "internal"\n'))
    office = wanted.pop("sprechstunde-8")
    year.step("make internal", gone=["sprechstunde-8"])

    event("sprechstunde-8", keys("Sprechstunde 8", f"{YEAR}-05-08T09:00:00"))
    wanted["sprechstunde-8"] = office
    year.step("make public again", back=["sprechstunde-8"])

    event("vortrag", keys(TITLE, MOVED_TO, IN_SAAL + MOVED))
    wanted["vortrag"] = [date(f"VERSCHOBEN: {TITLE}", MOVED_TO)]
    year.step("move in time", revised=["vortrag"])

    event("vortrag", keys(TITLE, MOVED_TO, IN_KLEIN + MOVED))
    wanted["vortrag"] = [date(f"VERSCHOBEN: {TITLE}", MOVED_TO, KLEIN)]
    year.step("move to another room", revised=["vortrag"])


def edit_series(year):
    event, wanted = year.definitions.event, year.wanted
    event("lesekreis", keys("Lesekreis", EVENINGS[0], WEEKLY))
    wanted["lesekreis"] = [date("Lesekreis", evening) for evening in EVENINGS]
    year.step("create a weekly series", new=["lesekreis"])

    event("lesekreis", keys("Lesekreis", EVENINGS[0], WEEKLY + CANCELLED_DATE))
    wanted["lesekreis"][1] = date("ABGESAGT: Lesekreis", EVENINGS[1], status="CANCELLED")
    year.step("cancel one date", revised=["lesekreis"])

    event("lesekreis", keys("Lesekreis", EVENINGS[0], WEEKLY + CANCELLED_DATE + MOVED_DATE))
    wanted["lesekreis"][3] = date("VERSCHOBEN: Lesekreis", LATER)
    year.step("move one date", revised=["lesekreis"])


def cancel_and_restore(year):
    event, wanted = year.definitions.event, year.wanted
    as_planned = [date(TITLE, MOVED_TO, KLEIN)]
    cancelled = [date(f"ABGESAGT: {TITLE}", MOVED_TO, KLEIN, "CANCELLED")]
    event("vortrag", keys(TITLE, MOVED_TO, IN_KLEIN + 'status = "cancelled"\n'))
    wanted["vortrag"] = cancelled
    year.step("cancel", revised=["vortrag"])

    event("vortrag", keys(TITLE, MOVED_TO, IN_KLEIN))
    wanted["vortrag"] = as_planned
    year.step("restore", revised=["vortrag"])

    text = year.definitions.place("vortrag").read_text("utf-8")
    year.definitions.place("vortrag").unlink()
    wanted["vortrag"] = cancelled
    year.step("delete", revised=["vortrag"])

    year.definitions.write(f"{FEED}/vortrag.md", text)
    wanted["vortrag"] = as_planned
    year.step("come back", revised=["vortrag"])

    year.definitions.place("vortrag").rename(year.definitions.place("bildung-planen"))
    year.step("rename", renamed=["vortrag"])

    event("bildung-planen", keys("Bildung planen", MOVED_TO, IN_KLEIN))
    wanted["vortrag"] = [date("Bildung planen", MOVED_TO, KLEIN)]
    year.step("retitle what was renamed", revised=["vortrag"])

    event("lesekreis", keys("Lesekreis", EVENINGS[0], WEEKLY + MOVED_DATE))
    wanted["lesekreis"][1] = date("Lesekreis", EVENINGS[1])
    year.step("restore one date", revised=["lesekreis"])

    year.definitions.place("rueckblick").unlink()
    del wanted["rueckblick"]
    year.step("tidy up what is over", gone=["rueckblick"])


def disturb(year):
    """Does what must not be noticed: files are missing or broken for a moment, the service restarts elsewhere."""
    half = [*HOURS[:4], "lesekreis"]
    texts = {slug: year.definitions.place(slug).read_text("utf-8") for slug in half}
    for slug in half:
        year.definitions.place(slug).unlink()
    year.quiet("half of a checkout", QUIET)
    for slug, text in texts.items():
        year.definitions.write(f"{FEED}/{slug}.md", text)
    year.quiet("the complete checkout")

    year.definitions.event("sprechstunde-1", 'title = "Sprech\n')
    year.quiet("a broken file")
    year.definitions.write(f"{FEED}/sprechstunde-1.md", texts["sprechstunde-1"])

    year.service.stop(signal.SIGKILL)
    year.start()
    year.quiet("kill and restart")

    year.service.stop()
    copy = year.folder / "fresh"
    shutil.copytree(year.definitions.path, copy, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns(".*"))
    year.definitions.path = copy
    year.start()
    year.quiet("a fresh checkout")


def delete_series(year):
    year.definitions.place("lesekreis").unlink()
    year.wanted["lesekreis"] = [
        (f"ABGESAGT: {title.removeprefix('VERSCHOBEN: ')}", *more, "CANCELLED")
        for title, *more, _ in year.wanted["lesekreis"]
    ]
    year.step("delete a series", revised=["lesekreis"])


ACTS = begin, edit_events, edit_series, cancel_and_restore, disturb, delete_series


def judge(year):
    end_after(LONGEST)
    try:
        for act in ACTS[:2] if year.name == "short" else ACTS:
            act(year)
    except Wrong:
        return
    finally:
        for name in ("gnome", "service"):
            process = getattr(year, name, None)
            if process and process.process.poll() is None:
                process.stop()
    year.notes.append(f"{year.steps} steps")


if __name__ == "__main__":
    common.run(judge, Year)

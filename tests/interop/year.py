"""A scripted year of edits against a running service, followed by two subscribers that keep state: vdirsyncer with
khal, and GNOME's calendar. After each step both must show exactly that step: no duplicate, no ghost, no second move.

`year.py FOLDER SPOILT`: FOLDER is made for the work, SPOILT a key of SPOILS, for the service as it is `plain`. It
ends at the first step that is wrong, because all later ones would only repeat it.
"""

import collections
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar

import common
from year_service import PATIENCE, Folder, Service, get, uid_of, wait_until

FEED = "termine"
PATH = f"/feeds/{FEED}.ics"
SETTINGS = {"rescan_seconds": 1, "removal_seconds": 1}
QUIET, QUIETER = 3.5, 1.5 # seconds: some looks of the service, or one
LONGEST = 150 # seconds: then something hangs
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime.now(timezone.utc)
YEAR = NOW.astimezone(BERLIN).year + 1
SHOWN = (NOW - timedelta(days=60)), (NOW + timedelta(days=800))

SAAL = "Rathaus, Großer Saal, Marktstraße 1, 12345 Musterstadt"
KLEIN = "Rathaus, Raum 1.03, Marktstraße 1, 12345 Musterstadt"
RATHAUS = "Rathaus, Marktstraße 1, 12345 Musterstadt"


# The service, spoilt: each of these is to be noticed by a subscriber.

def double(text, _):
    """An event stands in the calendar twice, under two UIDs."""
    event = re.search(r"BEGIN:VEVENT.*?END:VEVENT\r\n", text, re.DOTALL)[0]
    return text.replace(event, event + event.replace("\nUID:", "\nUID:zweimal-"), 1)


def stuck(text, _):
    """An edit raises no revision."""
    created = re.search(r"CREATED:(\S+)", text)[1]
    text = re.sub(r"SEQUENCE:\d+", "SEQUENCE:0", text)
    return re.sub(r"(LAST-MODIFIED|DTSTAMP):\S+", rf"\1:{created}", text)


def restless(text, state):
    """Every answer is another revision."""
    state["polls"] = state.get("polls", 0) + 1
    return re.sub(r"SEQUENCE:\d+", f"SEQUENCE:{state['polls']}", text)


def ghost(text, state):
    """What left stays."""
    found = re.findall(r"BEGIN:VEVENT.*?END:VEVENT\r\n", text, re.DOTALL)
    events = {re.search(r"UID:(\S+)", one)[1]: one for one in found}
    gone = "".join(one for uid, one in state.items() if uid not in events)
    state.update(events)
    return text.replace("END:VCALENDAR", f"{gone}END:VCALENDAR")


SPOILS = {"plain": None, "double": double, "stuck": stuck, "restless": restless, "ghost": ghost}


class Between:
    """Stands between service and subscribers, notes who asked and what was answered, and spoils it."""

    def __init__(self, spoil):
        self.port_behind, self.answers = None, []
        state = {}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(handler):
                asked = {key: value for key, value in handler.headers.items() if key.lower() != "accept-encoding"}
                if spoil is restless:
                    asked.pop("If-None-Match", None)
                status, headers, octets = get(self.port_behind, handler.path, asked)
                if spoil and status == 200:
                    octets = spoil(octets.decode(), state).encode()
                handler.send_response_only(status)
                for key in ("Content-Type", "ETag", "Last-Modified", "Date"):
                    if headers[key]:
                        handler.send_header(key, headers[key])
                if status != 304:
                    handler.send_header("Content-Length", str(len(octets)))
                handler.end_headers()
                handler.wfile.write(octets)
                self.answers.append((handler.headers["User-Agent"], status))

            def log_message(handler, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def statuses(self, agent):
        return [status for user, status in self.answers if agent in (user or "")]


def environment(home):
    """Without the settings of whoever runs this, and without a proxy."""
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "TMPDIR")}
    home.mkdir()
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    folders = {key: str(home / key.lower()) for key in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
    return kept | folders | {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "LC_ALL": "C.UTF-8"}


class Khal:
    """vdirsyncer copies the feed into a folder, khal lists what lies there."""

    name = "khal"

    def __init__(self, work, port):
        self.folder = work / "vdir"
        self.folder.mkdir()
        self.environment = environment(work / "khal-home")
        self.config, self.khal_config = work / "vdirsyncer.conf", work / "khal.conf"
        self.config.write_text(
            f'[general]\nstatus_path = "{work}/vdirsyncer"\n'
            '[pair termine]\na = "fern"\nb = "lokal"\ncollections = null\n'
            f'[storage fern]\ntype = "http"\nurl = "http://127.0.0.1:{port}{PATH}"\n'
            f'[storage lokal]\ntype = "filesystem"\npath = "{self.folder}"\nfileext = ".ics"\n'
        )
        self.khal_config.write_text(
            f"[calendars]\n[[termine]]\npath = {self.folder}\nreadonly = True\n[sqlite]\npath = {work}/khal.db\n"
            "[locale]\nlocal_timezone = Europe/Berlin\ndefault_timezone = Europe/Berlin\ntimeformat = %H:%M\n"
            "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%dT%H:%M\nlongdatetimeformat = %Y-%m-%dT%H:%M\n"
        )
        self.call("vdirsyncer", "-c", self.config, "discover")

    def call(self, program, *arguments):
        program = Path(sys.executable).with_name(program)
        done = subprocess.run(
            [program, *map(str, arguments)], env=self.environment, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=PATIENCE,
        )
        if done.returncode:
            raise SystemExit(f"{program.name} breaks:\n{done.stdout.decode()}{done.stderr.decode()}")
        return done.stdout.decode() + done.stderr.decode()

    def poll(self):
        """How many items were (written, removed). vdirsyncer names them by what is in them, so that a changed item is
        removed under one name and written under another."""
        said = self.call("vdirsyncer", "-c", self.config, "sync")
        unknown = [line for line in said.splitlines() if not re.match(r"Syncing|Copying \(uploading\)|Deleting", line)]
        if unknown:
            raise SystemExit(f"vdirsyncer says: {unknown}")
        return said.count("Copying"), said.count("Deleting")

    def shown(self):
        keys = ["title", "start-long-full", "end-long-full", "location", "status"]
        asked = [part for key in keys for part in ("--json", key)]
        days = (SHOWN[1] - SHOWN[0]).days
        said = self.call("khal", "-c", self.khal_config, "list", *asked, f"{SHOWN[0]:%Y-%m-%d}", f"{days}d")
        events = [event for line in said.splitlines() for event in json.loads(line)]
        return [
            (event["title"], berlin(event["start-long-full"]), berlin(event["end-long-full"]), event["location"],
             event["status"])
            for event in events
        ]


class Gnome:
    """GNOME's calendar, in a session of its own."""

    name = "GNOME"

    def __init__(self, work, between):
        self.between = between
        self.said = (work / "gnome.log").open("wb")
        start, end = (str(int(moment.timestamp())) for moment in SHOWN)
        script = Path(__file__).with_name("year_gnome.py")
        self.process = subprocess.Popen(
            ["dbus-run-session", "--", "/usr/bin/python3", script, str(between.port), PATH, start, end],
            # Without a network it would not even ask this machine.
            env=environment(work / "gnome-home") | {"GIO_USE_NETWORK_MONITOR": "base", "GSETTINGS_BACKEND": "memory"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.said,
        )
        self.read()
        if not wait_until(lambda: between.statuses("Evolution")):
            raise SystemExit("GNOME does not ask for the feed")
        self.polled = 1

    def read(self):
        late = threading.Timer(PATIENCE, self.process.kill)
        late.start()
        line = self.process.stdout.readline()
        late.cancel()
        if not line:
            raise SystemExit("GNOME's calendar breaks:\n" + Path(self.said.name).read_text("utf-8", "replace")[-2000:])
        return line

    def tell(self, word):
        self.process.stdin.write(f"{word}\n".encode())
        self.process.stdin.flush()
        return self.read()

    def poll(self):
        """What it was answered since the last poll, other than 304: now and then it asks without being told to."""
        before = len(self.between.statuses("Evolution"))
        self.tell("refresh")
        if not wait_until(lambda: len(self.between.statuses("Evolution")) > before):
            raise SystemExit("GNOME does not poll")
        answers = self.between.statuses("Evolution")
        polled, self.polled = answers[self.polled:], len(answers)
        return [status for status in polled if status != 304]

    def shown(self):
        return [
            (event["uid"], event["title"], event["start"], event["end"], event["place"], event["status"])
            for event in json.loads(self.tell("list"))
        ]

    def stop(self):
        self.process.stdin.close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def berlin(text):
    return common.utc(datetime.fromisoformat(text).replace(tzinfo=BERLIN))


def date(title, start, place=SAAL, status="CONFIRMED"):
    """One date of two hours as subscribers show it."""
    begin = datetime.fromisoformat(start).replace(tzinfo=BERLIN)
    return title, common.utc(begin), common.utc(begin + timedelta(hours=2)), place, status


def keys(title, start, more=""):
    """The front matter of the same date."""
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
        """(entity tag, octets) of the feed; (None, None) where it is as before."""
        asked = {"If-None-Match": self.etag} if self.etag else {}
        status, headers, octets = self.service.get(PATH, asked)
        if status == 304 and headers["ETag"] == self.etag:
            return None, None
        if status != 200:
            raise SystemExit(f"{PATH}: {status}")
        return headers["ETag"], octets

    def check(self, where):
        """Goes on only where all is right."""
        if self.problems:
            self.notes.append(f"{where} is step {self.steps}; the log of the service ends with")
            self.notes += self.service.said().splitlines()[-8:]
            raise Wrong

    def step(self, where, new=(), revised=(), back=(), renamed=(), gone=()):
        """After an edit: it is published, and the subscribers show it. The slugs under which events were first
        published are given: those that are new, have a new revision, are back with one, have only another
        address, or have left. All others are as before."""
        self.steps += 1
        self.service.look()
        if not wait_until(lambda: self.read()[0]):
            self.problem(where, "nothing new is published")
            self.check(where)
        self.etag, octets = self.read()
        self.compare_revisions(where, octets, new, revised, back, renamed, gone)
        written, removed = len([*new, *revised, *back, *renamed]), len([*revised, *renamed, *gone])
        self.poll(where, (written, removed), [200])
        self.rest(where)

    def quiet(self, where, seconds=QUIETER):
        """After something that must not be noticed."""
        self.steps += 1
        end = time.monotonic() + seconds
        self.service.look()
        while time.monotonic() < end:
            self.equal(where, "a new entity tag", self.read()[0], None)
            self.check(where)
            time.sleep(0.2)
        self.rest(where)

    def rest(self, where):
        """Nobody is told anything a second time."""
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

    def compare_revisions(self, where, octets, new, revised, back, renamed, gone):
        revisions = {}
        for event in icalendar.Calendar.from_ical(octets).walk("VEVENT"):
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


def judge(year):
    signal.signal(signal.SIGALRM, lambda *_: sys.exit(f"after {LONGEST} seconds it still runs"))
    signal.alarm(LONGEST)
    try:
        play(year)
    except Wrong:
        return
    finally:
        for name in ("gnome", "service"):
            process = getattr(year, name, None)
            if process and process.process.poll() is None:
                process.stop()


def play(year):
    event, wanted = year.definitions.event, year.wanted
    base = [f"sprechstunde-{number}" for number in range(1, 9)]
    for number, slug in enumerate(base, start=1):
        start = f"{YEAR}-05-{number:02}T09:00:00"
        event(slug, keys(f"Sprechstunde {number}", start))
        wanted[slug] = [date(f"Sprechstunde {number}", start, RATHAUS)]
    past = f"{NOW - timedelta(days=20):%Y-%m-%d}T18:00:00"
    event("rueckblick", keys("Rückblick", past))
    wanted["rueckblick"] = [date("Rückblick", past, RATHAUS)]
    year.begin()
    year.compare_revisions("begin", year.service.get(PATH)[2], list(wanted), (), (), (), ())
    year.poll("begin", (9, 0), [])
    year.rest("begin")

    vortrag, saal = f"{YEAR}-03-10T10:15:00", 'room = "saal"\n'
    event("vortrag", keys("Vortrag zur Planung", vortrag, saal))
    wanted["vortrag"] = [date("Vortrag zur Planung", vortrag)]
    year.step("create", new=["vortrag"])

    title = "Vortrag: Bildung planen, Ziele klären"
    event("vortrag", keys(title, vortrag, saal))
    wanted["vortrag"] = [date(title, vortrag)]
    year.step("retitle", revised=["vortrag"])

    event("sprechstunde-8", keys("Sprechstunde 8", f"{YEAR}-05-08T09:00:00", 'visibility = "internal"\n'))
    office = wanted.pop("sprechstunde-8")
    year.step("make internal", gone=["sprechstunde-8"])

    event("sprechstunde-8", keys("Sprechstunde 8", f"{YEAR}-05-08T09:00:00"))
    wanted["sprechstunde-8"] = office
    year.step("make public again", back=["sprechstunde-8"])

    vortrag, moved = f"{YEAR}-03-17T14:00:00", 'status = "moved"\n'
    event("vortrag", keys(title, vortrag, saal + moved))
    wanted["vortrag"] = [date(f"VERSCHOBEN: {title}", vortrag)]
    year.step("move in time", revised=["vortrag"])

    klein = 'room = "klein"\n'
    event("vortrag", keys(title, vortrag, klein + moved))
    wanted["vortrag"] = [date(f"VERSCHOBEN: {title}", vortrag, KLEIN)]
    year.step("move to another room", revised=["vortrag"])

    # Over the change of the clocks.
    days = [9, 16, 23, 30]
    evenings = [f"{YEAR}-03-{day:02}T18:00:00" for day in days]
    weekly = saal + '[repeat]\nevery = "week"\ncount = 4\n'
    event("lesekreis", keys("Lesekreis", evenings[0], weekly))
    wanted["lesekreis"] = [date("Lesekreis", evening) for evening in evenings]
    year.step("create a weekly series", new=["lesekreis"])

    off = f'[[repeat.change]]\ndate = {YEAR}-03-16\nstatus = "cancelled"\n'
    event("lesekreis", keys("Lesekreis", evenings[0], weekly + off))
    wanted["lesekreis"][1] = date("ABGESAGT: Lesekreis", evenings[1], status="CANCELLED")
    year.step("cancel one date", revised=["lesekreis"])

    later = f"{YEAR}-03-31T19:00:00"
    end = f"{YEAR}-03-31T21:00:00"
    change = f'[[repeat.change]]\ndate = {YEAR}-03-30\nstatus = "moved"\nstart = {later}\nend = {end}\n'
    event("lesekreis", keys("Lesekreis", evenings[0], weekly + off + change))
    wanted["lesekreis"][3] = date("VERSCHOBEN: Lesekreis", later)
    year.step("move one date", revised=["lesekreis"])

    event("vortrag", keys(title, vortrag, klein + 'status = "cancelled"\n'))
    wanted["vortrag"] = [date(f"ABGESAGT: {title}", vortrag, KLEIN, "CANCELLED")]
    year.step("cancel", revised=["vortrag"])

    event("vortrag", keys(title, vortrag, klein))
    wanted["vortrag"] = [date(title, vortrag, KLEIN)]
    year.step("restore", revised=["vortrag"])

    text = year.definitions.place("vortrag").read_text("utf-8")
    year.definitions.place("vortrag").unlink()
    wanted["vortrag"] = [date(f"ABGESAGT: {title}", vortrag, KLEIN, "CANCELLED")]
    year.step("delete", revised=["vortrag"])

    year.definitions.write(f"{FEED}/vortrag.md", text)
    wanted["vortrag"] = [date(title, vortrag, KLEIN)]
    year.step("come back", revised=["vortrag"])

    year.definitions.place("vortrag").rename(year.definitions.place("bildung-planen"))
    year.step("rename", renamed=["vortrag"])

    title = "Bildung planen"
    event("bildung-planen", keys(title, vortrag, klein))
    wanted["vortrag"] = [date(title, vortrag, KLEIN)]
    year.step("retitle what was renamed", revised=["vortrag"])

    event("lesekreis", keys("Lesekreis", evenings[0], weekly + change))
    wanted["lesekreis"][1] = date("Lesekreis", evenings[1])
    year.step("restore one date", revised=["lesekreis"])

    year.definitions.place("rueckblick").unlink()
    del wanted["rueckblick"]
    year.step("tidy up what is over", gone=["rueckblick"])

    half = [*base[:4], "lesekreis"]
    texts = {slug: year.definitions.place(slug).read_text("utf-8") for slug in half}
    for slug in half:
        year.definitions.place(slug).unlink()
    year.quiet("half of a checkout", QUIET)
    for slug, text in texts.items():
        year.definitions.write(f"{FEED}/{slug}.md", text)
    year.quiet("the whole checkout")

    event("sprechstunde-1", 'title = "Sprech\n')
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

    year.definitions.place("lesekreis").unlink()
    wanted["lesekreis"] = [
        (f"ABGESAGT: {title.removeprefix('VERSCHOBEN: ')}", *more, "CANCELLED")
        for title, *more, _ in wanted["lesekreis"]
    ]
    year.step("delete a series", revised=["lesekreis"])
    year.notes.append(f"{year.steps} steps, {year.compared} comparisons")


common.run(judge, Year)

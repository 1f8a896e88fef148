"""What the publication record survives: `kill.py FOLDER CASE`, where FOLDER is made for the work.

- `kill`, `few-kills`: the program is killed at any moment while it writes; the record then holds the old or the new
  lines.
- `full`, `readonly`: the state cannot be written; the service says so, goes on serving, loses nothing, and records as
  soon as it can again.
- `torn`, `lasting`: the same with a record that is cut after a kill, and with a disk that stays full. Both are wrong.
"""

import json
import os
import random
import re
import signal
import statistics
import subprocess
import time

import icalendar

import common
from service import PROGRAM, Folder, Service, end_after, in_own_mounts, mount, uid_of, wait_until

FEED = "termine"
PATH = f"/feeds/{FEED}.ics"
# How often the record and the service are killed, by case.
KILLS = {"kill": (1000, 15), "few-kills": (150, 3), "torn": (1000, 0)}
EVENTS = 40
TEXT = "Der Eintritt ist frei."
# Longer than the room that a former text leaves on a full disk.
LONG = " ".join([TEXT] * 1000)
CUT = 20 # after this many kills, for `torn`
LONGEST = 600 # seconds: then something hangs


def keys(title, number):
    day = f"2099-05-{number % 28 + 1:02}"
    return f'title = "{title}"\nstart = {day}T10:00:00\nend = {day}T12:00:00\nvenue = "rathaus"\n'


def slug_of(number):
    return f"termin-{number:02}"


class Writes(common.Documents):
    """A folder of events, and what was written into it: (title, text)."""

    def __init__(self, folder, name):
        super().__init__(folder, name)
        self.folder.mkdir(parents=True)
        self.definitions = Folder(self.folder, FEED)
        self.record, self.written = self.definitions.record, {}
        self.log = self.folder / "log"

    def edit(self, number, title, text=TEXT):
        self.definitions.event(slug_of(number), keys(title, number), text)
        self.written[uid_of(slug_of(number))] = title, text

    def break_(self, number):
        self.definitions.event(slug_of(number), 'title = "Ter\n')

    def start(self, **settings):
        return Service(self.definitions.path, self.log, rescan_seconds=1, removal_seconds=1, **settings)

    def command(self, *arguments):
        return subprocess.Popen(
            [PROGRAM, "--feeds", self.definitions.path, *arguments],
            env=os.environ | {"AUSHANG_RECORD": str(self.record)}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )

    def complete(self, *arguments):
        """(exit code, what it said)"""
        process = self.command(*arguments)
        said = process.communicate(timeout=LONGEST)[1]
        return process.returncode, said.decode()

    def lines(self, where):
        """The record, line by line, by UID."""
        try:
            lines = [json.loads(line) for line in self.record.read_text("utf-8").splitlines()]
            # The lines before say which offsets of a zone were published.
            lines = {line["uid"]: line for line in lines if "uid" in line}
        except ValueError as error:
            self.problem(where, f"the record is not readable: {error}")
            return None
        self.compared += 1
        return lines

    def compare_lines(self, where, before, pending):
        """The record is as before, or has what was edited since; says which."""
        after = self.lines(where)
        if after is None or after == before:
            return after, False
        self.equal(where, "the list of UIDs", list(after), sorted(before | pending))
        for uid, line in after.items():
            former = before.get(uid)
            if uid in pending:
                wanted = former["sequence"] + 1 if former else 0
                found = line["last"]["title"], line["sequence"]
                self.equal(where, f"the new line of {uid}", found, (pending[uid], wanted))
            else:
                self.equal(where, f"the line of {uid}", line, former)
        return after, True

    def shown(self, service):
        """Returns what the feed says, by UID: (title, SEQUENCE, LAST-MODIFIED, description)."""
        status, _, data = service.get(PATH)
        if status != 200:
            return {"status": status}
        return {
            str(event["UID"]): (
                str(event["SUMMARY"]), event["SEQUENCE"], event["LAST-MODIFIED"].dt, str(event["DESCRIPTION"])
            )
            for event in icalendar.Calendar.from_ical(data).walk("VEVENT")
        }

    def shows_all(self, where, service, or_former=None):
        """Compares the feed with what was written last, none of it cancelled; `or_former`, by UID, is right as well."""
        def read():
            # The text is followed by the link, or by what was changed.
            shown = {uid: (one[0], one[3].split("\n\n")[0]) for uid, one in self.shown(service).items()}
            return shown | {uid: self.written[uid] for uid, one in (or_former or {}).items() if shown.get(uid) == one}

        service.reload()
        wait_until(lambda: read() == self.written, seconds=5)
        shown = read()
        self.equal(where, "the list of UIDs", sorted(shown), sorted(self.written))
        for uid in shown.keys() & self.written.keys():
            self.equal(where, f"the title of {uid}", shown[uid][0], self.written[uid][0])
            self.equal(where, "the length of its text", len(shown[uid][1]), len(self.written[uid][1]))


def usual_duration(writes):
    """Fills the record, and returns how long one more revision lasts."""
    for number in range(EVENTS):
        writes.edit(number, f"Termin {number}")
    durations = []
    for number in range(20):
        writes.edit(number, f"Termin {number}, geändert")
        start = time.monotonic()
        writes.equal("begin", "the exit code of `record`", writes.complete("record"), (0, ""))
        durations.append(time.monotonic() - start)
    return statistics.median(durations)


def made(path):
    """When a file was made that may vanish at any moment."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return None


def kill_record(writes, chance, times):
    """Kills `record` at any moment."""
    longest = 1.6 * usual_duration(writes)
    before, pending, kills, recorded, halves = writes.lines("begin"), {}, 0, 0, 0
    half = writes.record.with_name(".record.jsonl.new")
    for count in range(times):
        where, number = f"write {count}", count % EVENTS
        writes.edit(number, f"Termin {number}, Fassung {count}")
        pending[uid_of(slug_of(number))] = f"Termin {number}, Fassung {count}"
        former = made(half)
        process = writes.command("record")
        if count % 2:
            # In the few milliseconds in which the new record is there, beside the old one.
            end = time.monotonic() + longest
            while time.monotonic() < end and made(half) in (None, former):
                pass
        else:
            time.sleep(chance.uniform(0, longest))
        process.kill()
        said = process.communicate(timeout=LONGEST)[1].decode()
        kills += process.returncode == -signal.SIGKILL
        if process.returncode not in (0, -signal.SIGKILL):
            writes.problem(where, f"`record` exits with {process.returncode}: {said}")
        if writes.name == "torn" and kills == CUT:
            writes.record.write_bytes(writes.record.read_bytes()[:-40])
        after, is_new = writes.compare_lines(where, before, pending)
        if writes.problems:
            return
        if process.returncode == 0:
            writes.equal(where, "whether what `record` ended with is there", is_new, True)
        recorded += is_new
        halves += made(half) not in (None, former)
        if is_new:
            before, pending = after, {}
    writes.equal("end", "`record`", writes.complete("record"), (0, ""))
    writes.equal("end", "`record --check`", writes.complete("record", "--check"), (0, ""))
    # Kills that all come too early or too late would show nothing.
    if min(kills, recorded) < times / 100 or not halves:
        raise SystemExit(f"only {kills} kills, {halves} of them while it wrote, {recorded} new records")
    writes.notes.append(f"{times} writes, {kills} kills, {halves} of them while it wrote, {recorded} new records")


def kill_service(writes, chance, times):
    for count in range(times):
        if writes.problems:
            return
        where, number = f"restart {count}", count % EVENTS
        before = writes.lines(where)
        service = writes.start()
        with service:
            writes.edit(number, f"Termin {number}, Neustart {count}")
            service.reload()
            time.sleep(chance.uniform(0, 0.03))
            service.stop(signal.SIGKILL)
        writes.compare_lines(where, before, {uid_of(slug_of(number)): f"Termin {number}, Neustart {count}"})
        with writes.start() as service:
            writes.shows_all(where, service)
            service.stop()


def kill(writes):
    chance = random.Random(4711)
    of_record, of_service = KILLS[writes.name]
    kill_record(writes, chance, of_record)
    kill_service(writes, chance, of_service)


class Full:
    """A small disk without room."""

    says = "No space left on device"

    def __init__(self, state):
        self.filler = state / "filler"

    def on(self):
        with self.filler.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                pass

    def off(self):
        self.filler.unlink()


class Readonly:
    """A folder into which nobody can write, not even root."""

    says = "Read-only file system"

    def __init__(self, state):
        self.state = state

    def on(self):
        mount("-o", "remount,bind,ro", self.state)

    def off(self):
        mount("-o", "remount,bind,rw", self.state)


def edit_unwritable(writes, service, block, lines):
    """An edit is published and not recorded; the log says so once."""
    before, first = writes.shown(service), uid_of(slug_of(1))
    block.on()
    writes.edit(1, "Termin 1, neu", LONG)
    writes.shows_all("an edit", service)
    during = writes.shown(service)
    writes.equal("an edit", "its SEQUENCE", during[first][1], 1)
    newest = max(modified for _, _, modified, _ in before.values())
    writes.equal("an edit", "its LAST-MODIFIED in seconds after the newest", (during[first][2] - newest).seconds, 1)
    writes.equal("an edit", "the others", during | {first: None}, before | {first: None})
    wait_until(lambda: block.says in service.said())
    warned = re.search(rf"ERROR.*{re.escape(str(writes.record))}.*{block.says}", service.said())
    writes.equal("the log", f"whether it names the record and says {block.says!r}", bool(warned), True)
    length = len(service.said().splitlines())
    time.sleep(3)
    new = service.said().splitlines()[length:]
    writes.equal("the log", "what it says again in three seconds without an edit", new, [])
    code, said = writes.complete("record")
    writes.equal("`record`", "whether it fails", code != 0, True)
    writes.equal("`record`", f"whether it says {block.says!r}", block.says in said, True)
    writes.equal("the record", "its lines", writes.lines("the record"), lines)


def shows_last_good(writes, where, service, *numbers):
    """Files that break are held back."""
    for number in numbers:
        writes.break_(number)
    service.reload()
    time.sleep(1.5)
    writes.shows_all(where, service)


def write_again(writes, service, block, lines):
    """As soon as it can, the service records what was edited."""
    first, second = uid_of(slug_of(1)), uid_of(slug_of(9))
    # The new text could not be kept, but the former one is not lost.
    writes.shows_all("a broken file after a restart", service, {first: ("Termin 1", TEXT)})
    writes.edit(1, "Termin 1, neu", LONG)
    writes.edit(9, "Termin 9")
    writes.shows_all("a new event", service)
    served = writes.shown(service)
    writes.equal("the record", "its lines", writes.lines("the record"), lines)
    if writes.name != "lasting":
        block.off()
    is_there = wait_until(lambda: second in (writes.lines("the record") or {}), seconds=5)
    writes.equal("writable again", "whether it is recorded", is_there, True)
    if not is_there:
        return False
    writes.compare_lines("writable again", lines, {first: "Termin 1, neu", second: "Termin 9"})
    writes.shows_all("writable again", service)
    for uid, (title, sequence, modified, _) in writes.shown(service).items():
        rises = sequence >= served[uid][1] and modified >= served[uid][2]
        writes.equal("writable again", f"whether the revision of {title} rises", rises, True)
    writes.equal("writable again", "`record --check`", writes.complete("record", "--check"), (0, ""))
    time.sleep(1.5)
    return True


def unwritable(writes):
    """The state lies in a folder of its own, which refuses to be written for a while."""
    state = writes.folder / "state"
    state.mkdir()
    mount("-t", "tmpfs", "-o", "size=256k", "state", state)
    mount("--bind", state, state)
    writes.record = state / "record.jsonl"
    writes.record.write_text("")
    block = Readonly(state) if writes.name == "readonly" else Full(state)
    for number in range(8):
        writes.edit(number, f"Termin {number}")
    with writes.start(record=writes.record) as service:
        writes.shows_all("begin", service)
        lines = writes.lines("begin")
        edit_unwritable(writes, service, block, lines)
        shows_last_good(writes, "a broken file", service, 1)
        service.stop(signal.SIGKILL)
    with writes.start(record=writes.record) as service:
        if not write_again(writes, service, block, lines):
            return
        shows_last_good(writes, "broken files", service, 1, 9)
        service.stop(signal.SIGKILL)
    with writes.start(record=writes.record) as service:
        writes.shows_all("broken files after another restart", service)
        service.stop()


def judge(writes):
    end_after(LONGEST)
    (kill if writes.name in KILLS else unwritable)(writes)


if __name__ == "__main__":
    in_own_mounts()
    common.run(judge, Writes)

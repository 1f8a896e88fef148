"""Two services on two copies of one folder and its record give the same bytes, entity tags and headers at every
address. `replicas.py FOLDER CASE`: FOLDER is made for the work, CASE is `same`, or `apart` for copies that differ in
one word.

The copies have other file times, another order of files, another working folder, locale and time zone; one of the
records, at times both, cannot be written.
"""

import os
import shutil
import subprocess
import time
from urllib.parse import quote

import common
from service import BASE, PROGRAM, Folder, Service, end_after, in_own_mounts, mount, wait_until

FEED = "termine"
LONGEST = 600 # seconds: then something hangs


def keys(title, start, more=""):
    return f'title = "{title}"\nstart = {start}\nvenue = "rathaus"\n{more}'


WEEKLY = '[repeat]\nevery = "week"\ncount = 6\n'


class Replicas(common.Documents):
    def __init__(self, folder, name):
        super().__init__(folder, name)
        self.folder.mkdir(parents=True)
        self.paths, self.addresses = [], 0

    def write(self):
        """A folder with a past: each step is recorded a month after the one before."""
        definitions = Folder(self.folder, FEED)
        corpus = definitions.path / "archiv"
        shutil.copytree(common.SITES / "corpus/termine", corpus)
        for name in ("venues.toml", "organizers.toml"):
            shutil.copy(common.SITES / "corpus" / name, definitions.path / name)
        steps = [
            lambda: [
                definitions.event("vortrag", keys("Vortrag zur Planung", "2099-03-10T10:15:00")),
                definitions.event("lesekreis", keys("Lesekreis", "2099-03-12T18:00:00", WEEKLY)),
                definitions.event("umbenannt", keys("Sprechstunde", "2099-04-01T09:00:00")),
                definitions.event("geloescht", keys("Führung", "2099-04-02T09:00:00")),
                definitions.event("kurs", keys("Kurs", "2099-04-03T09:00:00")),
            ],
            lambda: definitions.event(
                "vortrag", keys("Vortrag: Bildung planen", "2099-03-17T10:15:00", 'status = "moved"\n')
            ),
            lambda: definitions.event(
                "lesekreis",
                keys("Lesekreis", "2099-03-12T18:00:00",
                     f'{WEEKLY}[[repeat.change]]\ndate = 2099-03-19\nstatus = "cancelled"\n'),
            ),
            lambda: definitions.place("umbenannt").rename(definitions.place("neuer-name")),
            lambda: definitions.place("geloescht").unlink(),
        ]
        for month, step in enumerate(steps, start=1):
            step()
            # The record looks twice before an event counts as deleted.
            for minute in (0, 1):
                self.aushang(definitions.path, "--now", f"2026-{month:02}-01T12:{minute:02}:00Z", "record")
        return definitions.path

    def aushang(self, feeds, *arguments):
        done = subprocess.run([PROGRAM, "--feeds", feeds, "--base-url", BASE, *arguments], capture_output=True)
        if done.returncode:
            raise SystemExit(f"aushang {arguments[-1]}: {done.stderr.decode()}")

    def read_paths(self, feeds):
        """All addresses, from the names of the files that `export` writes."""
        target = self.folder / "export"
        self.aushang(feeds, "export", target)
        names = (target / ".aushang-export").read_text("utf-8").splitlines()
        pages = [name.removesuffix("index.html").rstrip("/") for name in names]
        former = "umbenannt", "geloescht", "gibt-es-nicht"
        gone = [f"/events/{slug}{suffix}" for slug in former for suffix in ("", ".ics")]
        self.paths = sorted({f"/{quote(page)}" for page in pages} | set(gone))

    def compare(self, where, services):
        for path in self.paths:
            for coding in ("identity", "gzip"):
                one, two = (read(service, path, coding) for service in services)
                self.compared += 1
                differing = [name for name in one | two if one.get(name) != two.get(name)]
                if differing:
                    self.problem(f"{where}: {path}, {coding}", f"the answers differ in {', '.join(differing)}")
        self.addresses += len(self.paths)


def read(service, path, coding):
    """The parts of an answer, without its date."""
    status, headers, data = service.get(path, {"Accept-Encoding": coding})
    parts = {key.lower(): headers.get_all(key) for key in headers}
    parts.pop("date", None)
    if status == 200 and "etag" not in parts:
        raise SystemExit(f"{path}: no entity tag")
    return parts | {"the status": status, "the body": data}


def copy(source, target, order):
    """Makes copies of the files in this order."""
    files = (path for path in source.rglob("*") if path.is_file() and not path.name.startswith("."))
    files = sorted(files, reverse=order < 0)
    for count, path in enumerate(files):
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.read_bytes())
        os.utime(place, (10**9 + order * 10**7 * count,) * 2)


def mount_copies(replicas, source):
    """(folders, views) of two copies. In a tmpfs, files stand in the order in which they were made. The service sees
    each copy through a second mount, which can be made read-only while the copy is edited."""
    copies, views = [], []
    for name, order in ("eins", 1), ("zwei", -1):
        target, view = replicas.folder / name, replicas.folder / f"{name}-gesehen"
        target.mkdir()
        view.mkdir()
        mount("-t", "tmpfs", "-o", "size=16m", name, target)
        copy(source, target, order)
        mount("--bind", target, view)
        copies.append(target)
        views.append(view)
    orders = [os.listdir(view / FEED) for view in views]
    if orders[0] == orders[1] or sorted(orders[0]) != sorted(orders[1]):
        raise SystemExit(f"the files stand in one order: {orders}")
    return copies, views


def edit_unrecorded(replicas, copies, services):
    """Edits both copies where neither record can be written; returns whether both services publish it."""
    for number, target in enumerate(copies):
        title = "Vortrag: Ziele klären" if number and replicas.name == "apart" else "Vortrag: Ziele"
        edits = {"vortrag": keys(title, "2099-03-17T10:15:00"), "neu": keys("Neu", "2099-05-17T10:15:00")}
        for slug, text in edits.items():
            (target / FEED / f"{slug}.md").write_text(f"+++\n{text}+++\nText.\n", "utf-8")
    replicas.paths += ["/events/neu", "/events/neu.ics", "/events/neu.jsonld"]
    for service in services:
        service.reload()
        if not wait_until(lambda: service.get("/events/neu")[0] == 200):
            replicas.problem("an unrecorded edit", "it is not published")
            return False
        time.sleep(1.1)
    return True


def record_one(replicas, copies, services):
    """Lets the first service write its record, and gives that record to the second."""
    one, two = services
    record = (copies[0] / "record.jsonl").read_bytes()
    etag = one.get(f"/feeds/{FEED}.ics")[1]["ETag"]
    one.reload()
    wait_until(lambda: one.get(f"/feeds/{FEED}.ics")[1]["ETag"] != etag)
    is_written = (copies[0] / "record.jsonl").read_bytes() != record
    replicas.equal("the record", "whether it was written", is_written, True)
    shutil.copyfile(copies[0] / "record.jsonl", copies[1] / "record.jsonl")
    two.reload()
    tag = one.get(f"/feeds/{FEED}.ics")[1]["ETag"]
    wait_until(lambda: two.get(f"/feeds/{FEED}.ics")[1]["ETag"] == tag, seconds=3)


def judge(replicas):
    end_after(LONGEST)
    copies, views = mount_copies(replicas, replicas.write())
    replicas.read_paths(copies[0])
    # The services poll so rarely that only a signal makes them reload.
    one = Service(views[0], replicas.folder / "log-eins", rescan_seconds=3600)
    mount("-o", "remount,bind,ro", views[1])
    # A moment of its own, as far as that could be seen.
    time.sleep(1.1)
    elsewhere = {"TZ": "Asia/Tokyo", "LC_ALL": "tr_TR.UTF-8"}
    two = Service(views[1], replicas.folder / "log-zwei", folder="/", environment=elsewhere, rescan_seconds=3600)
    services = one, two
    with one, two:
        replicas.compare("as recorded", services)
        mount("-o", "remount,bind,ro", views[0])
        if not edit_unrecorded(replicas, copies, services):
            return
        replicas.compare("an unrecorded edit", services)
        mount("-o", "remount,bind,rw", views[0])
        record_one(replicas, copies, services)
        replicas.compare("the record of one in the other", services)
        two.stop()
    replicas.notes.append(f"{replicas.addresses} addresses")


if __name__ == "__main__":
    in_own_mounts()
    common.run(judge, Replicas)

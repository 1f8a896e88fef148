"""A running service and a folder that is edited, for the checks of the publication record.

AUSHANG names the program. Only the standard library is used.
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
import uuid
from http.client import HTTPConnection
from pathlib import Path

PROGRAM = os.path.abspath(os.environ["AUSHANG"])
BASE = "https://example.org"
SITE_ID = uuid.UUID("4c2d8b16-7a53-4c0f-9d3e-5b8f1e6a7d20")
PATIENCE = 20 # seconds until something that must happen has not happened

SITE = f"""\
id = "{SITE_ID}"
title = "Termine der Beispielstelle"
publisher.name = "Beispielstelle für Bildung"
publisher.url = "https://example.org/beispielstelle"
"""
VENUES = """\
[rathaus]
name = "Rathaus"
street = "Marktstraße 1"
postal_code = "12345"
city = "Musterstadt"

[rathaus.rooms]
saal = { name = "Großer Saal" }
klein = { name = "Raum 1.03" }
"""


class Folder:
    """A folder of definitions; every edit is there at once and whole."""

    def __init__(self, work, feed):
        self.path, self.feed = Path(work) / "feeds", feed
        self._aside = Path(work) / "edit"
        (self.path / feed).mkdir(parents=True)
        self.write("site.toml", SITE)
        self.write("venues.toml", VENUES)
        self.write(f"{feed}/feed.toml", 'title = "Termine"\n')
        self.record.write_text("")

    @property
    def record(self):
        return self.path / "record.jsonl"

    def write(self, path, text):
        self._aside.write_text(text, "utf-8")
        # As if it had been written long ago: a command waits for a file that is two seconds old.
        os.utime(self._aside, (10**9, 10**9))
        os.replace(self._aside, self.path / path)

    def event(self, slug, keys, text="Der Eintritt ist frei."):
        self.write(f"{self.feed}/{slug}.md", f"+++\n{keys}+++\n{text}\n")

    def place(self, slug):
        return self.path / self.feed / f"{slug}.md"


class Service:
    """`aushang serve` on a free port of this machine; its log is `log`."""

    def __init__(self, feeds, log, folder=None, environment=None, **settings):
        self.log = Path(log)
        keys = {f"AUSHANG_{key.upper()}": str(value) for key, value in {"base_url": BASE, **settings}.items()}
        with self.log.open("ab") as said:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--feeds", str(feeds)],
                cwd=folder, env=os.environ | (environment or {}) | keys, stdout=subprocess.PIPE, stderr=said,
            )
        late = threading.Timer(PATIENCE, self.process.kill)
        late.start()
        first = self.process.stdout.readline().decode()
        late.cancel()
        found = re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)\n", first)
        if not found:
            self.stop()
            raise SystemExit(f"the service does not start: {first!r}\n{self.said()}")
        self.port = int(found[1])

    def get(self, path, headers=None):
        return get(self.port, path, headers or {})

    def said(self):
        return self.log.read_text("utf-8")

    def reload(self):
        """Makes the service read its folder now."""
        self.process.send_signal(signal.SIGHUP)

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def in_own_mounts():
    """Starts the script again where what it mounts is its own and ends with it."""
    if "AUSHANG_OWN_MOUNTS" not in os.environ:
        user = [] if os.getuid() == 0 else ["--map-root-user"]
        command = ["unshare", "--mount", *user, sys.executable, *sys.argv]
        os.execvpe("unshare", command, os.environ | {"AUSHANG_OWN_MOUNTS": "1"})
    del os.environ["AUSHANG_OWN_MOUNTS"]


def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)


def end_after(seconds):
    """Ends this program when it hangs."""
    signal.signal(signal.SIGALRM, lambda *_: sys.exit(f"after {seconds} seconds it still runs"))
    signal.alarm(seconds)


def get(port, path, headers):
    """(status, headers, data) of a GET."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, answer.headers, data


def wait_until(holds, seconds=PATIENCE):
    """Returns whether `holds()` became true in time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.03)
    return True


def uid_of(slug):
    """The UID of an event that was first published under `slug`, computed apart from the program."""
    return str(uuid.uuid5(SITE_ID, f"event:{slug}"))

"""Two subscribers that keep state, vdirsyncer with khal and GNOME's calendar, and what stands between them and a
service: it notes what was answered and, for the cases that are wrong, spoils it.
"""

import json
import os
import re
import subprocess
import sys
import threading
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zoneinfo import ZoneInfo

from common import utc
from service import PATIENCE, get, wait_until

FEED = "termine"
PATH = f"/feeds/{FEED}.ics"
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime.now(timezone.utc)
SHOWN = (NOW - timedelta(days=60)), (NOW + timedelta(days=800))


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
    """An event that left stays."""
    found = re.findall(r"BEGIN:VEVENT.*?END:VEVENT\r\n", text, re.DOTALL)
    events = {re.search(r"UID:(\S+)", one)[1]: one for one in found}
    gone = "".join(one for uid, one in state.items() if uid not in events)
    state.update(events)
    return text.replace("END:VCALENDAR", f"{gone}END:VCALENDAR")


SPOILS = {"plain": None, "short": None, "double": double, "stuck": stuck, "restless": restless, "ghost": ghost}


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
                status, headers, data = get(self.port_behind, handler.path, asked)
                if spoil and status == 200:
                    data = spoil(data.decode(), state).encode()
                handler.send_response_only(status)
                for key in ("Content-Type", "ETag", "Last-Modified", "Date"):
                    if headers[key]:
                        handler.send_header(key, headers[key])
                if status != 304:
                    handler.send_header("Content-Length", str(len(data)))
                handler.end_headers()
                handler.wfile.write(data)
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

    def ask(self, word):
        self.process.stdin.write(f"{word}\n".encode())
        self.process.stdin.flush()
        return self.read()

    def poll(self):
        """Returns the answers since the last poll other than 304: now and then it asks by itself."""
        before = len(self.between.statuses("Evolution"))
        self.ask("refresh")
        if not wait_until(lambda: len(self.between.statuses("Evolution")) > before):
            raise SystemExit("GNOME does not poll")
        answers = self.between.statuses("Evolution")
        polled, self.polled = answers[self.polled:], len(answers)
        return [status for status in polled if status != 304]

    def shown(self):
        return [
            (event["uid"], event["title"], event["start"], event["end"], event["place"], event["status"])
            for event in json.loads(self.ask("list"))
        ]

    def stop(self):
        self.process.stdin.close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def berlin(text):
    return utc(datetime.fromisoformat(text).replace(tzinfo=BERLIN))

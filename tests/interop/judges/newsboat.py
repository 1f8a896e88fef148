"""newsboat as a subscriber: it fetches an RSS or Atom document over loopback, twice, and keeps its items.

Only this judge sees what a client stores: each item once, also after the second time, with the title, link and time of
the RSS document.
"""

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from common import run, utc
from entries import Entries

LONGEST = 60 # seconds: then it hangs
STORED = "SELECT guid, title, url, pubDate FROM rss_item WHERE deleted = 0"
KEYS = ("id", "title", "url", "published")


class Folder(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def subscribe(program, url):
    """Returns what is stored after two polls. Each feed has its own subscriber, which takes an item of two for one."""
    with tempfile.TemporaryDirectory() as home:
        home = Path(home)
        (home / "urls").write_text(f"{url}\n", "utf-8")
        (home / "config").write_text("max-items 0\nuse-proxy no\n", "utf-8")
        command = [program, "-u", home / "urls", "-c", home / "cache", "-C", home / "config", "-x", "reload"]
        for _ in range(2):
            subprocess.run(
                command, env={"HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "dumb"}, check=True,
                timeout=LONGEST, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            )
        rows = sqlite3.connect(home / "cache").execute(STORED).fetchall()
    return [dict(zip(KEYS, (*row, utc(datetime.fromtimestamp(time, timezone.utc))))) for *row, time in rows]


def judge(site):
    program = shutil.which("newsboat") or sys.exit("newsboat is missing")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Folder, directory=site.folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    documents = [(address, path) for suffix in (".rss", ".atom") for address, path, _ in site.documents(suffix)]
    urls = [f"http://127.0.0.1:{server.server_port}/{path}" for _, path in documents]
    with ThreadPoolExecutor(4) as subscribers:
        stored = list(subscribers.map(partial(subscribe, program), urls))
    server.shutdown()
    for (address, path), kept in zip(documents, stored, strict=True):
        expected = [{key: one[key] for key in KEYS} for one in site.rss(address)]
        site.equal(path, "the number of items", len(kept), len(expected))
        for one, other in zip(*(sorted(items, key=lambda item: item["id"]) for items in (kept, expected))):
            site.equal(f"{path}: {other['url']}", "the item", one, other)


if __name__ == "__main__":
    run(judge, Entries)

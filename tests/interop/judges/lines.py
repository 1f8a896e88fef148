"""The lines of calendars as bytes, read by nobody's library.

No reader reports LF line ends, long lines, a fold inside a character, a missing DTSTAMP or PRODID, or a zone that is
not used: some clients stumble over each of them (RFC 5545 §3.1, §3.6).
"""

import re
from collections import Counter

from common import run
from series import site_of

ONCE = {"VCALENDAR": ("VERSION", "PRODID", "CALSCALE"), "VEVENT": ("UID", "DTSTAMP", "DTSTART", "SUMMARY")}
# Clients ring, invite or send mail because of these.
FORBIDDEN = {"METHOD", "ORGANIZER", "ATTENDEE", "ATTACH", "TZURL", "BEGIN:VALARM"}


def unfold(site, path, data):
    """The unfolded content lines."""
    if data.startswith(b"\xef\xbb\xbf"):
        site.problem(path, "begins with a byte order mark")
    if not data.endswith(b"\r\n") or re.search(rb"\r(?!\n)|(?<!\r)\n", data):
        site.problem(path, "a line does not end in CRLF")
    for number, line in enumerate(data.splitlines(), 1):
        site.compared += 1
        if len(line) > 75:
            site.problem(path, f"line {number} has {len(line)} octets")
        if not line.strip():
            site.problem(path, f"line {number} is empty")
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            site.problem(path, f"line {number} is folded inside a character")
    unfolded = re.sub(rb"\r?\n[ \t]", b"", data).decode("utf-8", "replace")
    return re.split(r"\r?\n", unfolded.rstrip("\r\n"))


def components(site, path, content):
    """Each component as (name, names of its properties); nesting must close."""
    open_ones = []
    for line in content:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            open_ones.append((value, Counter()))
        elif name == "END":
            if not open_ones or open_ones[-1][0] != value:
                site.problem(path, f"{line} closes nothing")
                continue
            yield open_ones.pop()
        elif open_ones:
            open_ones[-1][1][name.partition(";")[0]] += 1
    for name, _ in open_ones:
        site.problem(path, f"{name} is not closed")


def identities(content):
    """Yields what a client knows each event by: its UID, and of a changed date of a series also which one it is."""
    for line in content:
        if line == "BEGIN:VEVENT":
            lines = []
        elif line.startswith(("UID:", "RECURRENCE-ID")):
            lines.append(line)
        elif line == "END:VEVENT":
            yield tuple(lines)


def judge(site):
    for path, data, slugs in site.calendars():
        content = unfold(site, path, data)
        site.equal(path, "the first line", content[0], "BEGIN:VCALENDAR")
        found = list(components(site, path, content))
        for name, properties in found:
            for once in ONCE.get(name, ()):
                if properties[once] != 1:
                    site.problem(path, f"{name} has {properties[once]} {once}")
        site.equal(path, "the number of events", sum(name == "VEVENT" for name, _ in found), len(slugs))
        known_as = Counter(identities(content))
        site.equal(path, "the list of names used twice", [name for name, count in known_as.items() if count > 1], [])
        defined = sorted(line.removeprefix("TZID:") for line in content if line.startswith("TZID:"))
        used = {zone for line in content for zone in re.findall(r"^[A-Z-]+;TZID=([^:;]+)", line)}
        site.equal(path, "the list of zones", defined, sorted(used))
        names = {re.split("[:;]", line)[0] for line in content} | set(content)
        site.equal(path, "the list of what is forbidden", sorted(names & FORBIDDEN), [])


if __name__ == "__main__":
    run(judge, site_of)

"""node-ical, the reader of home dashboards and magic mirrors, through calendars.mjs.

Only this judge keeps events under their UID, so that of two with the same one is lost, and it expands by itself.
"""

from common import run
from ical_js import compare
from series import Series


def judge(series):
    compare(series, "node-ical")


if __name__ == "__main__":
    run(judge, Series)

"""node-ical on series, through series_node.mjs: the reader of home dashboards and magic mirrors.

Only this judge keeps events under their UID, so that of two with the same one is lost, and it expands by itself.
"""

from common import run
from series import Series
from series_node import compare


def judge(series):
    compare(series, "node-ical")


if __name__ == "__main__":
    run(judge, Series)

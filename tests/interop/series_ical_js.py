"""ical.js on series, through series_node.mjs: the reader of Thunderbird and Nextcloud.

It expands by itself, and believes the file's VTIMEZONE in every summer and winter of the ten years.
"""

from common import run
from series import Series
from series_node import compare


def judge(series):
    compare(series, "ical.js")


if __name__ == "__main__":
    run(judge, Series)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Measure the application as a person meets it: bench.py BUILD-FOLDER [--notes N]… [NAME]…

Prints a line a figure, tab-separated: name, notes, value, unit, compared with, ratio. Each is taken with 10,000,
100,000 and 1,000,000 notes, or with as many as --notes says, which may stand more than once. The files of notes are
made once and kept in BUILD-FOLDER/notes. NAME is search, window, or the start of a figure's name.

search:
  query               from the text of a query to the ids of all notes it finds, in order: over 200 queries of ten
                      kinds, the median of three times each, after all of them were asked once
  query.KIND          those of one kind; query.common also beside SQLite's bare MATCH of the same words
  page                from the ids to the rows of the first page, with tags, and what is marked in each
  search.key          from a key in the search entry to the list that has come to rest on the screen
window:
  window.filled       from exec to the painted, filled list, beside an empty libadwaita window
  window.cpu          the processor time until then
"""
import argparse
from pathlib import Path

from bench_common import HEAD
from bench_engine import bench_query
from bench_typing import bench_search_key
from bench_window import bench_filled

SIZES = (10000, 100000, 1000000)
BENCHES = [             # group, the figures that come together, what takes them
    ('search', ('query', 'page'), bench_query),
    ('search', ('search.key',), bench_search_key),
    ('window', ('window.filled', 'window.cpu'), bench_filled),
]


def wanted(names):
    """The benches that are named, by group or by the start of a figure."""
    def named(group, figures):
        return not names or group in names or any(figure.startswith(name) for name in names for figure in figures)
    return [bench for group, figures, bench in BENCHES if named(group, figures)]


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument('folder', type=Path)
    words.add_argument('name', nargs='*')
    words.add_argument('--notes', type=int, action='append')
    given = words.parse_intermixed_args()
    for name in given.name:
        if not wanted([name]):
            words.error(f'no figure starts with {name}')
    print(HEAD)
    for bench in wanted(given.name):
        for count in given.notes or SIZES:
            bench(given.folder.resolve(), count)


main()

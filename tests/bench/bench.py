# SPDX-License-Identifier: GPL-3.0-or-later
"""Measure the application as a person meets it: bench.py BUILD-FOLDER [--notes N]… [NAME]…

Prints a line a figure, tab-separated: name, notes, value, unit, compared with, ratio. Each is taken with 10,000,
100,000 and 1,000,000 notes, or with as many as --notes says, which may stand more than once. The files of notes are
made once and kept in BUILD-FOLDER/notes. NAME is search, window, desktop, or the start of a figure's name.

search:
  query               from the text of a query to the ids of all notes it finds, in order: over 200 queries of ten
                      kinds, the median of three times each, of an engine that has answered other queries before
  query.KIND          those of one kind; query.common also beside SQLite's bare MATCH of the same words
  page                from the ids to the rows of the first page, with tags, what is marked in each, and for those that
                      are seen at once the line with the first hit
  search.key          from a key in the search entry to the list that has come to rest on the screen
  index               the tables of the index, to the text of the notes
  import              `octavo import` of so many files, where they are 100,000 at most; with the index (.searchable); the
                      memory it takes, to that of 10,000 (.memory); of 10,000 into so many notes (.into)
window:
  window.filled       from exec to the painted, filled list, beside an empty libadwaita window
  window.cpu          the processor time until then
  window.memory       what only the process has, after a hundred searches and scrolling to the end, without what an empty
                      window has; before that (.start); with what it shares with other processes (.resident)
  window.stall        the longest turn of the main loop while a search is typed, while the wheel is turned and the bar is
                      dragged, and during both while another process imports 10,000 files
  editor.open         from the click on a row to the text of a note of 1 MB, or of 10,000 paragraphs
  editor.reading      from the key that shows such a note as it reads to the view that has come to rest
  editor.key          from a key to its letter in such a note, at its start and at its end; these three are taken once
desktop:
  provider            from a call of the desktop's search, at each key, to its answer; .cold: the first call, with the start
                      of the program by the bus (files are in memory); .metas: the looks of five results
  capture             from the call for the small window for a note until it is mapped: .cold where nothing runs, beside an
                      empty libadwaita window, .running beside the window of all notes
"""
import argparse
from pathlib import Path

from bench_common import HEAD
from bench_doors import bench_capture, bench_provider
from bench_editor import bench_editor
from bench_engine import bench_query
from bench_import import bench_import, bench_index
from bench_memory import bench_memory
from bench_search_key import bench_search_key
from bench_stall import bench_stall
from bench_start import bench_start

SIZES = (10000, 100000, 1000000)
BENCHES = [             # group, the figures that come together, what takes them
    ('search', ('query', 'page'), bench_query),
    ('search', ('search.key',), bench_search_key),
    ('search', ('index',), bench_index),
    ('search', ('import',), bench_import),
    ('window', ('window.filled', 'window.cpu'), bench_start),
    ('window', ('window.memory',), bench_memory),
    ('window', ('window.stall',), bench_stall),
    ('desktop', ('provider',), bench_provider),
    ('desktop', ('capture.cold', 'capture.running'), bench_capture),
    ('window', ('editor.open', 'editor.reading', 'editor.key'), bench_editor),
]
ONCE = {bench_editor}   # whatever the number of notes


def is_wanted(name, group, figures):
    """Whether a name, of a group or the start of a figure's, means a bench."""
    return name == group or any(figure.startswith(name) or name.startswith(figure + '.') for figure in figures)


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument('folder', type=Path)
    words.add_argument('name', nargs='*')
    words.add_argument('--notes', type=int, action='append')
    given = words.parse_intermixed_args()
    for name in given.name:
        if not any(is_wanted(name, group, figures) for group, figures, _ in BENCHES):
            words.error(f'no figure starts with {name}')
    wanted = [bench for group, figures, bench in BENCHES
              if not given.name or any(is_wanted(name, group, figures) for name in given.name)]
    folder = given.folder.resolve()
    print(HEAD, flush=True)
    for count in given.notes or SIZES:
        for bench in wanted:
            if bench not in ONCE:
                bench(folder, count)
    for bench in wanted:
        if bench in ONCE:
            bench(folder)


main()

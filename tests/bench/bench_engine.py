# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine without a window: a query to its complete ordered result, and the first page after that."""
import statistics
import subprocess
from collections import defaultdict

from bench_common import Notes, by_size, p95, tell, tell_spread

ROUNDS = 3             # each query counts with the median of so many times
GOAL_BARE = 2          # times the bare match of a common word
GOAL_PAGE = 5          # milliseconds


def bench_query(folder, count):
    """200 queries, asked after all of them were asked once; see bench-search.c."""
    notes = Notes(folder, count)
    told = subprocess.run([folder / 'tests/bench/bench-search', notes.path, str(ROUNDS)], stdout=subprocess.PIPE,
                          encoding='utf-8', check=True).stdout
    times = defaultdict(lambda: defaultdict(list))
    for line in told.splitlines():
        what, milliseconds, _, text = line.split('\t')
        times[what][text].append(float(milliseconds))
    median = {what: {text: statistics.median(taken) for text, taken in texts.items()} for what, texts in times.items()}
    kinds = [what for what in median if what.startswith('query.')]
    tell_spread('query', count, [taken for kind in kinds for taken in median[kind].values()], 'ms',
                by_size(count, n10000=5, n100000=16, n1000000=100))
    for kind in kinds:
        for what, of in (('median', statistics.median), ('p95', p95)):
            tell(f'{kind}.{what}', count, of(median[kind].values()), 'ms', f'{len(median[kind])} queries', None)
    ours, bare = (statistics.median(median[what].values()) for what in ('query.common', 'match.common'))
    tell('query.common', count, ours, 'ms', f'bare MATCH {bare:.3f} ms, goal {GOAL_BARE}', bare)
    tell_spread('page', count, list(median['page'].values()), 'ms', GOAL_PAGE)

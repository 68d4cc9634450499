# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine without a window: a query to its complete ordered result, and the first page after that."""
import statistics
import subprocess
from collections import defaultdict

from bench_common import Notes, by_size, tell, tell_spread

ROUNDS = 3             # each query counts with the median of so many times
GOAL_BARE = 2          # times the bare match of a common word
GOAL_BY_DATE = 2       # times the same query sorted by date
GOAL_PAGE = 5          # milliseconds


class Times:
    """Milliseconds of each query, and of those on a processor: the median of all rounds, by what was done."""

    def __init__(self, told):
        taken = defaultdict(lambda: defaultdict(list))
        for line in told.splitlines():
            what, wall, cpu, _, text = line.split('\t')
            taken[what][text].append((float(wall), float(cpu)))
        self.wall, self.cpu = ({what: [statistics.median(time[i] for time in times) for times in texts.values()]
                                for what, texts in taken.items()} for i in (0, 1))


def bench_query(folder, count):
    """200 queries, each asked of an engine that has answered others; see bench-search.c."""
    notes = Notes(folder, count)
    times = Times(subprocess.run([folder / 'tests/bench/bench-search', notes.path, str(ROUNDS)], stdout=subprocess.PIPE,
                                 encoding='utf-8', check=True).stdout)
    kinds = [what for what in times.wall if what.startswith('query.')]
    for clock in (times.wall, times.cpu):
        for name in ('query', 'relevance'):
            clock[name] = [time for kind in list(clock) if kind.startswith(f'{name}.') for time in clock[kind]]
    goals = {'query': by_size(count, n10000=5, n100000=16, n1000000=100), 'page': GOAL_PAGE}
    for name in ('query', *kinds, 'page'):
        tell_spread(name, count, times.wall[name], times.cpu[name], goals.get(name))
    tell_spread('query.relevance', count, times.wall['relevance'], times.cpu['relevance'], None)
    by_relevance, by_date = (statistics.median(times.wall[what]) for what in ('relevance.common', 'query.common'))
    tell('query.relevance.common', count, by_relevance, 'ms', f'by date {by_date:.3f} ms, goal {GOAL_BY_DATE}', by_date)
    ours, bare = (statistics.median(times.wall[what]) for what in ('query.common', 'match.common'))
    tell('query.common', count, ours, 'ms', f'bare MATCH {bare:.3f} ms, goal {GOAL_BARE}', bare)

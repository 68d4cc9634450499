# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine of SQLAlchemy: bench-orm-sqlalchemy.py TASK FILE N TEXT, as bench-orm.c has it."""
import sys
import time
from pathlib import Path

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, create_engine, event, select
from sqlalchemy.orm import Session, declarative_base, joinedload, relationship, selectinload

PAGE, IN_CHANGE, N_USERS = 50, 10, 50
START, SECOND = 1600000000000000, 1000000
Base = declarative_base()
note_tag = Table('note_tag', Base.metadata, Column('note', ForeignKey('note.id'), primary_key=True),
                 Column('tag', ForeignKey('tag.id'), primary_key=True))


class User(Base):
    __tablename__ = 'user'
    id = Column(Integer, primary_key=True)
    name = Column(Text, nullable=False, unique=True)


class Tag(Base):
    __tablename__ = 'tag'
    id = Column(Integer, primary_key=True)
    name = Column(Text, nullable=False, unique=True)


class Note(Base):
    __tablename__ = 'note'
    id = Column(Integer, primary_key=True)
    author = Column(ForeignKey('user.id'), nullable=False, index=True)
    created = Column(Integer, nullable=False)
    updated = Column(Integer, nullable=False, index=True)
    pinned = Column(Integer, nullable=False)
    title = Column(Text, nullable=False)
    excerpt = Column(Text, nullable=False)
    body = Column(Text, nullable=False)
    user = relationship(User)
    tags = relationship(Tag, secondary=note_tag)


def shuffle(n):
    mask, state, order = (1 << 64) - 1, 1, list(range(n))
    for i in range(n - 1, 0, -1):
        state = z = (state + 0x9e3779b97f4a7c15) & mask
        z = ((z ^ (z >> 30)) * 0xbf58476d1ce4e5b9) & mask
        z = ((z ^ (z >> 27)) * 0x94d049bb133111eb) & mask
        j = (z ^ (z >> 31)) % (i + 1)
        order[i], order[j] = order[j], order[i]
    return order


class Bench:

    def __init__(self, file, n, text):
        self.n, self.text, self.order = int(n), Path(text).read_text(), shuffle(int(n))
        self.asked = min(max(self.n // 100, 1), 200)
        self.seconds, self.sum = 0, 0
        engine = create_engine(f'sqlite:///{file}')
        event.listen(engine, 'connect', self.connected)
        self.session = Session(engine)
        self.session.connection()
        self.session.rollback()

    @staticmethod
    def connected(connection, _):
        connection.executescript('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')

    def cut(self, offset, length):
        start = offset % (len(self.text) - length)
        return self.text[start:start + length]

    def note(self, number):
        return Note(author=1 + number % N_USERS, created=START + number * SECOND,
                    updated=START + self.order[number - 1] * SECOND, pinned=number % 500 == 0,
                    title=self.cut(number * 31, 15 + number % 40), excerpt=self.cut(number * 53, 80),
                    body=self.cut(number * 97, 100 + number * number % 900))

    def start(self):
        self.started = time.monotonic()

    def stop(self):
        self.seconds += time.monotonic() - self.started

    def add(self, notes):
        self.sum += sum(note.id + len(note.title) + len(note.body) for note in notes)


def insert(bench):
    bench.start()
    bench.session.add_all([bench.note(i) for i in range(1, bench.n + 1)])
    bench.session.commit()
    bench.stop()


def load(bench):
    bench.start()
    notes = bench.session.scalars(select(Note)).all()
    bench.stop()
    bench.add(notes)


def get_cold(bench):
    bench.start()
    notes = [bench.session.get(Note, i + 1) for i in bench.order]
    bench.stop()
    bench.add(notes)


def get_live(bench):
    kept = bench.session.scalars(select(Note)).all()
    get_cold(bench)
    assert len(kept) == bench.n


def change(bench):
    notes = bench.session.scalars(select(Note).where(Note.id % IN_CHANGE == 0).order_by(Note.id)).all()
    bench.start()
    for i, note in enumerate(notes):
        note.title = f'Changed {i + 1}'
    bench.session.commit()
    bench.stop()


def page(bench, load_user, load_tags):
    for i in range(bench.asked):
        before = START + bench.n * (i + 1) // bench.asked * SECOND
        bench.start()
        notes = bench.session.scalars(
            select(Note).where(Note.updated < before).order_by(Note.updated.desc()).limit(PAGE)
            .options(load_user(Note.user), load_tags(Note.tags))).unique().all()
        bench.stop()
        bench.add(notes)
        bench.sum += sum(len(note.user.name) + sum(tag.id for tag in note.tags) for note in notes)


def page_join(bench):
    page(bench, joinedload, joinedload)


def page_batched(bench):
    page(bench, selectinload, selectinload)


def filtered(bench):
    for i in range(bench.asked):
        since = START + bench.n * i // (bench.asked + 2) * SECOND
        bench.start()
        notes = bench.session.scalars(
            select(Note).where(Note.author == 1 + i % 10, Note.updated >= since,
                               Note.updated <= since + bench.n // 100 * SECOND)
            .order_by(Note.title, Note.id).limit(PAGE)).all()
        bench.stop()
        bench.add(notes)


TASKS = {'insert': insert, 'load': load, 'get.cold': get_cold, 'get.live': get_live, 'change': change,
         'page.join': page_join, 'page.batched': page_batched, 'filter': filtered}

bench = Bench(*sys.argv[2:])
TASKS[sys.argv[1]](bench)
print(f'{bench.seconds * 1000:.3f}\t{bench.sum}')

# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that is soon full: a small file system in memory, where this user may mount one."""
import os
import subprocess
import tempfile
import unittest


def make(case, kilobytes, folder=None):
    """The path of a disk of that size, gone with the test; skips the test where it cannot be had."""
    path = tempfile.mkdtemp(prefix='octavo-disk-', dir=folder)
    case.addCleanup(os.rmdir, path)
    try:
        done = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={kilobytes}k,mode=700', 'octavo-test', path],
                              capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise unittest.SkipTest('there is no mount') from None
    if done.returncode:
        raise unittest.SkipTest(f'a small disk cannot be mounted: {done.stderr.strip()}')
    case.addCleanup(subprocess.run, ['umount', '-l', path], check=True)
    return path


def lock(path):
    """Make it one to be read only, by a mount on top of it: what is open on it stays as it is, what is opened is not.

    No disk can be made so while something is open for writing, but by the system itself where it does not trust it."""
    subprocess.run(['mount', '--bind', path, path], check=True)
    subprocess.run(['mount', '-o', 'remount,bind,ro', path], check=True)


def unlock(path):
    """Take that mount away."""
    subprocess.run(['umount', '-l', path], check=True)


def fill(path):
    """Leave no room on it; gives the file to be removed to make some."""
    name = os.path.join(path, 'in-the-way')
    with open(name, 'wb', buffering=0) as file:
        block = bytes(64 * 1024)
        while block:
            try:
                file.write(block)
            except OSError:
                block = block[:len(block) // 2]
    return name

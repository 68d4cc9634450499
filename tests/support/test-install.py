# SPDX-License-Identifier: GPL-3.0-or-later
"""Install what was built to a temporary DESTDIR, and look at that: test-install.py BUILD PREFIX SOURCE"""
import subprocess
import sys
import tempfile
from pathlib import Path

build, prefix, source = sys.argv[1:]
with tempfile.TemporaryDirectory(prefix='octavo-install-') as folder:
    done = subprocess.run(['meson', 'install', '-C', build, '--no-rebuild', '--strip', '--destdir', folder],
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit(f'{done.stdout}\n{done.stderr}')
    sys.exit(subprocess.run([sys.executable, '-B', Path(__file__).with_name('installed.py'), folder, prefix, build,
                             source]).returncode)

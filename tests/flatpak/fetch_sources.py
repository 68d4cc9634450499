# SPDX-License-Identifier: GPL-3.0-or-later
"""Put the archives that a manifest is built from where flatpak-builder looks for what it downloaded before, from Debian:
the upstream archive of a source package is the one that upstream has where it has the same sum.

    fetch_sources.py MANIFEST STATE

MANIFEST is what flatpak-builder --show-manifest prints, STATE its folder. Names on standard output what is neither there
nor in Debian, which flatpak-builder then has to download itself.
"""
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SUITE = 'trixie'
KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'
MIRROR = 'http://deb.debian.org/debian'
HELPER = '/usr/lib/apt/apt-helper'


def archives(manifest):
    """The archives of all modules: (name of the module, address, sum)."""
    for module in manifest.get('modules', []):
        if isinstance(module, dict):
            for source in module.get('sources', []):
                if isinstance(source, dict) and source.get('type') == 'archive':
                    yield module['name'], source['url'], source['sha256']
            yield from archives(module)


def mirror():
    """Where this system's packages come from."""
    told = subprocess.run(['apt-get', 'indextargets', '--format', '$(REPO_URI) $(ORIGIN)', 'Created-By: Packages'],
                          capture_output=True, text=True).stdout
    return next((line.split()[0] for line in told.splitlines() if line.endswith(' Debian')), MIRROR)


class Apt:
    """An apt of its own, which knows the sources of the suite alone."""

    def __init__(self, folder):
        for name in ('lists/partial', 'archives/partial'):
            (Path(folder) / name).mkdir(parents=True)
        sources = Path(folder) / 'sources.list'
        sources.write_text(f'deb-src [signed-by={KEYRING}] {mirror()} {SUITE} main\n')
        self.options = [word for option in (
            f'Dir::Etc::sourcelist={sources}', 'Dir::Etc::sourceparts=/dev/null', f'Dir::State::lists={folder}/lists',
            f'Dir::Cache={folder}', 'APT::Sandbox::User=root', 'Acquire::Languages=none', 'Acquire::Retries=3',
            'Acquire::Check-Valid-Until=false', 'Acquire::Check-Date=false', 'APT::Update::Post-Invoke=',
            'APT::Update::Post-Invoke-Success=') for word in ('-o', option)]
        subprocess.run(['apt-get', '-qq', *self.options, 'update'], check=True, stdout=sys.stderr)

    def address(self, package, digest):
        """Where a source package has a file of that sum, or None."""
        told = subprocess.run(['apt-get', '-qq', *self.options, '--print-uris', '--download-only', 'source', package],
                              capture_output=True, text=True).stdout
        return next((line.split()[0].strip("'") for line in told.splitlines() if line.endswith(f'SHA256:{digest}')), None)

    def fetch(self, address, digest, target):
        """Download a file, which counts only with that sum."""
        part = target.with_suffix('.part')
        done = subprocess.run([HELPER, *self.options, 'download-file', address, str(part), f'SHA256:{digest}'],
                              stdout=subprocess.DEVNULL)
        if done.returncode == 0:
            part.rename(target)
        return done.returncode == 0


def main():
    manifest, state = json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2])
    wanted = [(name, url, digest, state / 'downloads' / digest / url.rsplit('/', 1)[-1])
              for name, url, digest in archives(manifest)]
    wanted = [one for one in wanted if not one[3].exists()]
    if not wanted:
        return
    folder = tempfile.mkdtemp(prefix='octavo-sources-')
    try:
        apt = Apt(folder)
        for name, url, digest, target in wanted:
            target.parent.mkdir(parents=True, exist_ok=True)
            address = apt.address(name, digest)
            if not address or not apt.fetch(address, digest, target):
                print(url)
    finally:
        shutil.rmtree(folder)


main()

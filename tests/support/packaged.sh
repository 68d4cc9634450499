#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# packaged.sh alone|smoke|remove|purge: looks at the package where it was installed; ./dev debian runs it there. Its
# user is ann, whose notes are older than the package's removal, and have to outlive it. Cases are told in TAP.
# shellcheck disable=SC2317 # what holds is called by its name
set -u
tests=$(dirname "$(dirname "$(readlink -f "$0")")")
number=0
failed=0

holds () # WHAT COMMAND…
{
  what=$1
  shift
  number=$((number + 1))
  if "$@" >/tmp/said 2>&1; then
    echo "ok $number $what"
  else
    failed=1
    cat /tmp/said
    echo "not ok $number $what"
  fi
}

as_ann ()
{
  runuser -u ann -- env -i HOME=/home/ann PATH=/usr/bin:/bin LANG=C.UTF-8 "$@"
}

not ()
{
  ! "$@"
}

says () # WORDS COMMAND…
{
  words=$1
  shift
  "$@" | grep -F -- "$words"
}

nobody_lacks_a_library ()
{
  not says 'not found' ldd /usr/bin/octavo
}

# Before anything else came: what of the installed packages would bring it?
is_alone ()
{
  useradd -m ann || exit 1
  version=$(dpkg-query -W -f '${Version}' octavo)
  holds "octavo --version" says "${version%-*}" octavo --version
  holds "every library is there" nobody_lacks_a_library
  holds "drawings can be read" says svg cat /usr/lib/*/gdk-pixbuf-2.0/2.10.0/loaders.cache
  holds "settings can be kept" says dconf ls -R /usr/lib/ --ignore=python3
  holds "the schema is compiled" says io.github.octavo_notes.Octavo cat /usr/share/glib-2.0/schemas/gschemas.compiled
  holds "a note is added" says 1 as_ann octavo add --title "Of ann" --tag kept "she wants to keep this"
  holds "it is listed" says "Of ann" as_ann octavo list
  holds "it is found" says "Of ann" as_ann octavo search "tag:kept want"
  holds "the file is sound" as_ann octavo check
}

# Of what the command line is tested with, some takes root: small disks, and what belongs to others.
run_smoke ()
{
  "$tests/../debian/tests/command-line" || failed=1
  runuser -u ann -- "$tests/../debian/tests/window" || failed=1
}

# What is of this system alone, or of whoever looks at it, changes by itself.
everything ()
{
  find / -xdev \( -path /proc -o -path /src -o -path /tmp -o -path /dev -o -path /var/log -o -path /var/cache \
    -o -path /var/lib/dpkg -o -path /var/lib/apt -o -path /home -o -path /root \) -prune -o -print | sort
}

is_gone ()
{
  everything | grep -i octavo >/tmp/left
  grep -rl octavo_notes /etc /usr/share/applications /usr/share/icons /usr/share/glib-2.0 /usr/share/mime \
    /usr/share/dbus-1 /var/lib/dpkg/info >>/tmp/left 2>/dev/null
  cat /tmp/left
  [ ! -s /tmp/left ]
}

notes_stay ()
{
  holds "the notes of ann stay" says "SQLite format 3" head -c 15 /home/ann/.local/share/octavo/notes.db
}

do_remove ()
{
  holds "it is removed" dpkg --remove octavo
  holds "nothing of it is left" is_gone
  holds "it is purged" dpkg --purge octavo
  holds "dpkg knows nothing of it" not dpkg-query -W octavo
  notes_stay
  everything >/var/cache/everything
}

do_purge ()
{
  holds "ann finds her note again" says "Of ann" as_ann octavo list
  holds "it is purged at once" dpkg --purge octavo
  everything >/tmp/everything
  holds "everything is as it was before it was installed" diff /var/cache/everything /tmp/everything
  notes_stay
}

case ${1:-} in
  alone) is_alone ;;
  smoke) run_smoke ;;
  remove) do_remove ;;
  purge) do_purge ;;
  *) echo "usage: packaged.sh alone|smoke|remove|purge" >&2; exit 2 ;;
esac
exit "$failed"

# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# The package of Debian: built, installed, used and removed in systems of its own. ./dev reads this after systems.sh.
#
# What is committed is built in one system, which has what building needs, twice: in folders of different names, in
# different time zones, languages and umasks, none of which may be seen in the package. It is installed in another, as
# bare as Debian comes, so that the program has what the package depends on and nothing else; what the tests need comes
# after that.

TESTING="xvfb openbox dbus-daemon at-spi2-core util-linux python3 python3-gi gir1.2-atspi-2.0 libx11-6 libxtst6
         fonts-cantarell locales desktop-file-utils appstream binutils libglib2.0-bin"

in_builder ()
{
  in_system "$place/builder" "$work" "$@"
}

in_clean ()
{
  in_system "$place/clean" "$work" "$@"
}

apt_in () # SYSTEM ARGUMENT…
{
  in_system "$place/$1" "$work" apt-get -q -y --no-install-recommends -o Dir::Cache::archives=/src/archives "${@:2}"
}

# Two source trees of what is committed, as dpkg-source wants them.
lay_out ()
{
  local folder tree=octavo-$version
  mkdir -p "$work/one" "$work/two/deeper"
  for folder in "$work/one" "$work/two/deeper"; do
    git archive --prefix="$tree/" HEAD | tar -x -C "$folder" &&
      git archive --prefix="$tree/" HEAD -- . ':!debian' | xz -T1 >"$folder/octavo_$version.orig.tar.xz" &&
      chown -R 65534:65534 "$folder" || return 1
  done
}

make_ready ()
{
  apt_in builder update && apt_in builder build-dep "/src/one/octavo-$version"
}

build_package () # FOLDER UMASK [VARIABLE=VALUE]…
{
  # shellcheck disable=SC2016 # for the shell inside
  in_builder setpriv --reuid 65534 --regid 65534 --clear-groups \
    env HOME=/tmp DEB_BUILD_OPTIONS="nocheck parallel=$(nproc)" "${@:3}" \
    sh -c 'umask "$2" && cd "$1" && dpkg-buildpackage --no-sign' sh "/src/$1/octavo-$version" "$2"
}

# Debian 13's libc6 diverts the path that its loader had before /lib64 was a link, of which dpkg-shlibdeps tells in any
# package whose program needs the loader, twice, with the path in the line that follows.
told_no_warning ()
{
  local loader='\n diversion by libc6 (from|to): /lib64/ld-linux-[^/]*$'
  ! sed -E "/^dpkg-shlibdeps: warning: diversions involved/ { N; \\#$loader#d }" "$work/build.log" "$work/build-again.log" |
    grep -E '(warning|WARNING):'
}

judge ()
{
  in_builder setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/tmp \
    lintian --fail-on error,warning --tag-display-limit 0 --info "/src/one/octavo_$version-${revision}_$architecture.changes"
}

is_same_twice ()
{
  local file status=0
  for file in "$work"/one/*.deb "$work"/one/*.dsc "$work"/one/*.debian.tar.xz; do
    cmp "$file" "$work/two/deeper/${file##*/}" || status=1
  done
  (cd "$work/one" && sha256sum ./*.deb)
  return "$status"
}

install_it ()
{
  apt_in clean install "/src/one/octavo_$version-${revision}_$architecture.deb"
}

look () # WHAT: see packaged.sh
{
  in_clean "/src/one/octavo-$version/tests/support/packaged.sh" "$1"
}

# Stops where what follows would have nothing to work with.
use_stages ()
{
  stage "lists" apt_in clean update &&
    stage "install" install_it || return
  stage "alone" look alone
  stage "what-tests-need" apt_in clean install "${testing[@]}" || return
  stage "smoke" look smoke
  stage "remove" look remove
  stage "install-again" install_it
  stage "purge" look purge
}

debian_stages ()
{
  stage "lay-out" lay_out &&
    stage "build-dependencies" make_ready &&
    stage "build" build_package one 022 || return
  architecture=$(in_builder dpkg --print-architecture)
  stage "lintian" judge
  use_stages
  stage "build-again" build_package two/deeper 027 TZ=Pacific/Auckland LC_ALL=POSIX LANGUAGE=fr USER=somebody || return
  stage "reproducible" is_same_twice
  stage "no-warnings" told_no_warning
}

debian_of () # NUMBER RELEASE
{
  local place=build/debian/$1 version revision architecture testing
  work_on "debian$1" "$PWD/$place/work"
  version=$(dpkg-parsechangelog -S Version)
  revision=${version##*-} version=${version%-*}
  read -r -d '' -a testing <<<"$TESTING" || true
  make_system "$2" "$place/builder" "build-essential debhelper lintian"
  make_system "$2" "$place/bare" "apt passwd"
  rm -rf "$work"/{one,two,*.log} "$place/clean"
  mkdir -p "$work/archives/partial" "$place/clean"
  cp -a "$place/bare/root" "$place/clean/root"
  debian_stages
}

debian ()
{
  need_root debian
  case ${1:-} in
    '' | 12 | 13) ;;
    *) explain >&2; exit 2 ;;
  esac
  set_up dpkg-dev git xz-utils
  begin_stages "build/debian/${1:-}"
  [ "${1:-12}" != 12 ] || debian_of 12 bookworm
  [ "${1:-13}" != 13 ] || debian_of 13 trixie
  count_cases
}

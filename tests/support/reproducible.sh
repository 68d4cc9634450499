# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# What is committed, built twice for release, and installed; ./dev reads this after stages.sh. The folders, the time zone,
# the language and the umask differ, and none of it may be seen in a file that is installed.

build_once () # FOLDER UMASK [VARIABLE=VALUE]…
{
  local folder=$work/$1
  mkdir -p "$folder/tree"
  git archive HEAD | tar -x -C "$folder/tree" || return
  # a cache that knows no folders would have the second be the first
  (
    umask "$2"
    export CCACHE_DISABLE=1 "${@:3}"
    cd "$folder/tree" &&
      meson setup ../built --buildtype release --prefix "$work/prefix" -Dtests=false &&
      ninja -C ../built &&
      DESTDIR="$folder/installed" meson install -C ../built --no-rebuild
  )
}

sums_of () # FOLDER
{
  (cd "$work/$1/installed" && find . -type f -print0 | sort -z | xargs -0 sha256sum)
}

# What is run from the prefix finds its settings and its words without being told where they are.
reproducible_stages ()
{
  stage "build" build_once one 022 TZ=UTC LC_ALL=C.UTF-8 &&
    stage "build-again" build_once two/deeper 027 TZ=Pacific/Auckland LC_ALL=POSIX LANGUAGE=fr USER=somebody || return
  stage "same-sums" diff <(sums_of one) <(sums_of two/deeper)
  stage "destdir" /usr/bin/python3 -B tests/support/installed.py "$work/one/installed" "$work/prefix" "$work/one"
  stage "install" meson install -C "$work/one/built" --no-rebuild &&
    stage "prefix" /usr/bin/python3 -B tests/support/installed.py / "$work/prefix" "$work/one"
  stage "smoke" env -u GSETTINGS_SCHEMA_DIR -u XDG_DATA_DIRS /usr/bin/python3 -B tests/e2e/test-smoke.py \
    "$work/prefix/bin/octavo"
}

reproducible ()
{
  work_on reproducible "$PWD/build/reproducible"
  # shellcheck disable=SC2086 # lists of words
  set_up $BUILD $DISPLAYED git binutils appstream
  rm -rf "$work"
  begin_stages "$work"
  reproducible_stages
  count_cases
}

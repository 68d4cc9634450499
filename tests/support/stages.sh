# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Long work in stages, each with a log of its own; ./dev reads this. What the stages are of is in $label, their logs are
# in $work.

begin_stages () # FOLDER
{
  mkdir -p "$1"
  cases=$1/cases
  : >"$cases"
}

work_on () # WHAT FOLDER
{
  label=$1
  work=$2
}

# Runs a command, and tells of its cases, or, where it told of none, whether it worked.
stage () # NAME COMMAND…
{
  local name=$1 log=$work/$1.log status=0
  shift
  echo "dev: $label: $name" >&2
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" != 0 ] && ! grep -q '^not ok' "$log"; then
    echo "not ok 0 $name: status $status" >>"$log"
  elif ! grep -qE '^(not )?ok ' "$log"; then
    echo "ok 0 $name" >>"$log"
  fi
  sed -nE "s/^(ok|not ok) [0-9]+ /\\1 $label: /p" "$log" | tee -a "$cases"
  [ "$status" = 0 ] || { tail -40 "$log" | sed 's/^/    /'; echo "  the whole of it: $log"; }
  return "$status"
}

count_cases ()
{
  local passed failed skipped
  skipped=$(grep -c '^ok.*# SKIP' "$cases")
  passed=$(($(grep -c '^ok' "$cases") - skipped))
  failed=$(grep -c '^not ok' "$cases")
  [ "$skipped" = 0 ] || skipped=", $skipped skipped"
  echo "$passed passed, $failed failed${skipped#0}"
  [ "$failed" = 0 ] && [ "$passed" != 0 ]
}

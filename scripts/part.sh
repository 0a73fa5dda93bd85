#!/usr/bin/env bash
# Usage: scripts/part.sh 2/4 FOLDER
#
# Prints a regular expression for go test -run: the tests of a folder that are in that
# part. Each test is in one part, which depends on its name alone.
set -euo pipefail

part=${1%/*} parts=${1#*/} folder=$2
[[ $1 =~ ^[0-9]+/[0-9]+$ ]] && ((part >= 1 && part <= parts)) || {
  echo "part: want 1/4 to 4/4 or the like, not $1" >&2
  exit 1
}

# Read from the files, so that nothing is compiled for it.
grep -hoE '^func (Test|Fuzz|Example)([A-Z_0-9][A-Za-z0-9_]*)?\(' "$folder"/*_test.go | sed -e 's/^func //' -e 's/($//' -e '/^TestMain$/d' | sort |
  while read -r name; do
    sum=$(printf '%s' "$name" | cksum)
    ((${sum%% *} % parts + 1 != part)) || echo "$name"
  done | paste -sd '|' - | sed 's/.*/^(&)$/'

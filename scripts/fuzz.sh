#!/usr/bin/env bash
# Usage: scripts/fuzz.sh DURATION
#
# Runs every fuzz target of the provider's module for DURATION (such as 10s),
# one after the other: go test takes one target at a time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

duration=$1
count=0
while read -r package dir; do
  # Read from the files, so that no package without a target is compiled.
  targets=$(grep -hoE '^func Fuzz[A-Za-z0-9_]*' "$dir"/*_test.go 2>/dev/null | sed 's/^func //') || true
  for target in $targets; do
    echo "fuzz: $package $target for $duration"
    go test -run '^$' -fuzz "^$target\$" -fuzztime "$duration" "$package" </dev/null
    count=$((count + 1))
  done
done < <(go list -f '{{.ImportPath}} {{.Dir}}' ./...)
echo "fuzz: $count targets ran"
((count > 0))

#!/usr/bin/env bash
# Usage: scripts/fuzz.sh AMOUNT
#
# Runs every fuzz target of the provider's module, one after the other, since go
# test takes one target at a time. AMOUNT is how many inputs each is given, such
# as 5000x, or how long each runs, such as 10m. A number cannot fail by itself: at
# the end of a time, Go before 1.27 can call an input that was being tried a
# failure, "context deadline exceeded" (https://go.dev/issue/75804).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

amount=$1
count=0
while read -r package dir; do
  # Read from the files, so that no package without a target is compiled.
  targets=$(grep -hoE '^func Fuzz[A-Za-z0-9_]*' "$dir"/*_test.go 2>/dev/null | sed 's/^func //') || true
  for target in $targets; do
    echo "fuzz: $package $target, $amount"
    # By default each input that reaches new code is made smaller for up to a
    # minute, and a short run tries nothing else.
    go test -run '^$' -fuzz "^$target\$" -fuzztime "$amount" -fuzzminimizetime 10x "$package" </dev/null
    count=$((count + 1))
  done
done < <(go list -f '{{.ImportPath}} {{.Dir}}' ./...)
echo "fuzz: $count targets ran"
((count > 0))

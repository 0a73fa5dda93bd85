#!/usr/bin/env bash
# Usage: [FUZZPART=2/3] scripts/fuzz.sh AMOUNT
#
# Runs every fuzz target of the provider's module, one after the other, since go
# test takes one target at a time. AMOUNT is how many inputs each is given, such
# as 5000x, or how long each runs, such as 10m. With FUZZPART, only each third target
# runs, from the second on. A number cannot fail by itself: at
# the end of a time, Go before 1.27 can call an input that was being tried a
# failure, "context deadline exceeded" (https://go.dev/issue/75804).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

amount=$1
part=${FUZZPART:-1/1}
[[ $part =~ ^[1-9][0-9]*/[1-9][0-9]*$ ]] && ((${part%/*} <= ${part#*/})) || {
  echo "fuzz: FUZZPART is 1/3 to 3/3 or the like, not $part" >&2
  exit 1
}
found=0 count=0
while read -r package dir; do
  # Read from the files, so that no package without a target is compiled.
  targets=$(grep -hoE '^func Fuzz[A-Za-z0-9_]*' "$dir"/*_test.go 2>/dev/null | sed 's/^func //') || true
  for target in $targets; do
    found=$((found + 1))
    (((found - ${part%/*}) % ${part#*/} == 0)) || continue
    echo "fuzz: $package $target, $amount"
    # By default each input that reaches new code is made smaller for up to a
    # minute, and a short run tries nothing else.
    go test -run '^$' -fuzz "^$target\$" -fuzztime "$amount" -fuzzminimizetime 10x "$package" </dev/null
    count=$((count + 1))
  done
done < <(go list -f '{{.ImportPath}} {{.Dir}}' ./...)
echo "fuzz: $count of $found targets ran"
((count > 0))

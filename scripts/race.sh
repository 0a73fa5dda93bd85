#!/usr/bin/env bash
# Usage: [RACEPART=2/4] scripts/race.sh [ARGUMENT ...]
#
# Runs the tests of the provider's module with the race detector, but for the packages
# that run real binaries, where it sees nothing. The arguments go to go test. With
# RACEPART, only that part of the tests of internal/provider runs; all others do.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export CGO_ENABLED=1

packages=$(go list ./... | grep -v -e /internal/install$ -e /test/bench$ -e /test/mutants$)
if [[ -z ${RACEPART:-} ]]; then
  # shellcheck disable=SC2086 # one argument for each
  exec go test -race "$@" $packages
fi

tests=$(scripts/part.sh "$RACEPART" internal/provider)
names=${tests//[^|]/}
mkdir -p build
# Beside the others, as go test runs packages: most of these tests wait.
go test -race "$@" -run "$tests" ./internal/provider >build/race-provider.log 2>&1 &
provider=$!
status=0
# shellcheck disable=SC2086 # one argument for each
go test -race "$@" $(grep -v /internal/provider$ <<<"$packages") || status=1
wait "$provider" || status=1
cat build/race-provider.log
echo "race: part $RACEPART of internal/provider ran, $((${#names} + 1)) tests; make test-race runs all"
exit "$status"

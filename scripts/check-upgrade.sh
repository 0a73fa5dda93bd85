#!/usr/bin/env bash
# Usage: [BASE=COMMIT] scripts/check-upgrade.sh [ARGUMENT ...]
#
# Builds the provider of an earlier commit, and has TestUpgrade hold this build against
# it. The arguments go to go test. Unless BASE names a commit, it is the one before what is
# here: HEAD if something is not committed, else its parent.
#
# A commit that changes on purpose what states hold, before a release has written one,
# says so: a line "Breaks-state: bss_renewal" at its end leaves that type out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

not_checked() {
  printf '%s\n' "" \
    "!!! NOT CHECKED against the build of an earlier commit: $1." \
    "!!! This is no result. Run make check-upgrade where BASE=COMMIT names one that can be built."
  exit 0
}

base=${BASE:-}
if [[ -z $base ]]; then
  base=HEAD
  [[ -n $(git status --porcelain 2>&1) ]] || base=HEAD~1
fi
if ! commit=$(git rev-parse -q --verify "$base^{commit}" 2>/dev/null); then
  [[ -z ${BASE:-} ]] || { echo "check-upgrade: there is no commit $BASE" >&2; exit 1; }
  not_checked "there is no $base, as in the first commit and in a shallow clone"
fi

tree=$(mktemp -d "${TMPDIR:-/tmp}/bss-parent.XXXXXX")
trap 'rm -rf "$tree"' EXIT
git archive "$commit" | tar -x -C "$tree"
echo "check-upgrade: building the provider of $(git log -1 --format='%h, %s' "$commit")"
go -C "$tree" build -trimpath -o "$tree/build/bin/terraform-provider-bss" . || not_checked "that commit cannot be built"

arguments=()
for name in $(git log --format='%(trailers:key=Breaks-state,valueonly,separator=%x20)' "$commit..HEAD"); do
  printf '%s\n' "!!! NOT CHECKED against the build of an earlier commit: $name, which a commit since changes on purpose."
  arguments+=("$name")
done
skip=$(IFS='|'; echo "${arguments[*]-}")

scripts/with-cli.sh go test -count=1 -timeout 9m -run '^TestUpgrade$' -skip "^TestUpgrade\$/^(${skip:-none})\$" "$@" \
  ./internal/provider -args -parent="$tree"
echo "check-upgrade: nothing changes from that build to this one, nor back"

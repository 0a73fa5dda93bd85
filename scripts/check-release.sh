#!/usr/bin/env bash
# Usage: scripts/check-release.sh GORELEASER [PLATFORM ...]
#
# Builds what is committed as a release does, from two folders and the second time
# with an empty build cache, for linux/amd64 and each PLATFORM, such as
# windows/arm64, which is the default. Fails if a file differs, if a binary
# does not say its version and commit, or if the provider is larger than 25 MB. How
# fast it starts is a figure, not a check: machines differ.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

goreleaser=$(realpath "$1")
largest=25000000
platforms=(linux/amd64 "${@:2}")
(($# > 1)) || platforms+=(windows/arm64)
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT

"$goreleaser" check --quiet

# build FOLDER: clones what is committed, and prints the digests of its binaries.
build() {
  git clone --quiet . "$1"
  (
    cd "$1"
    for platform in "${platforms[@]}"; do
      GOOS=${platform%/*} GOARCH=${platform#*/} "$goreleaser" build --snapshot --clean --single-target >"$work/log" 2>&1 ||
        { cat "$work/log" >&2; exit 1; }
      mkdir -p "$1.built"
      mv dist/*/ "$1.built"
    done
    cd "$1.built"
    sha256sum ./*/*
  )
}

echo "building for ${platforms[*]}"
build "$work/one" >"$work/first"
GOCACHE="$work/cache" build "$work/another/longer path" >"$work/second"
if ! diff "$work/first" "$work/second"; then
  echo "two builds of one commit differ" >&2
  exit 1
fi
echo "the same from two folders:"
cat "$work/first"

native=$(go env GOHOSTOS)_$(go env GOHOSTARCH)
for path in "$work"/one.built/*_"$native"*/*; do
  said=$("$path" -version)
  echo "$said"
  if [[ $said != *", commit $(git -C "$work/one" rev-parse HEAD)" ]]; then
    echo "$path -version does not say the commit" >&2
    exit 1
  fi
done

provider=$(echo "$work"/one.built/provider_linux_amd64*/*)
size=$(wc -c <"$provider")
echo "size for linux/amd64: $size bytes, at most $largest"
((size <= largest)) || { echo "the provider is too large" >&2; exit 1; }

if [[ $native == linux_amd64 ]]; then
  scripts/with-cli.sh go run ./test/bench -work start -provider "$provider" || echo "a budget is missed, which fails nothing here"
fi

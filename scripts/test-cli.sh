#!/usr/bin/env bash
# Usage: CLI=PATH scripts/test-cli.sh [ARGUMENT ...]
#        VERSION=1.8.5 scripts/test-cli.sh [ARGUMENT ...]
#        VERSION=opentofu-1.10.6 scripts/test-cli.sh [ARGUMENT ...]
#
# Runs the packages whose tests run Terraform or OpenTofu, under another one than the
# usual. The arguments go to go test.
#
# CLI is its path. OpenTofu of a VERSION is built from source below build/, once.
# Terraform of a VERSION must be terraform on PATH, or TF_ACC_TERRAFORM_PATH: this project
# does not build it.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cli=${CLI:-}
wanted=${VERSION:-}

fail() {
  echo "test-cli: $*" >&2
  exit 1
}

# build_opentofu VERSION: prints the path of OpenTofu of that version. It is built where
# its module lies, because its replace directives hold only there.
build_opentofu() {
  local path=$root/build/tools/tofu-$1 dir
  if ! [[ -x $path ]]; then
    dir=$(cd "$root" && go mod download -json "github.com/opentofu/opentofu@v$1" | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",$/\1/p')
    [[ -n $dir ]] || fail "there is no OpenTofu $1"
    echo "test-cli: building OpenTofu $1 from source into ${path#"$root/"}; this takes some minutes, once" >&2
    mkdir -p "${path%/*}"
    (cd "$dir" && GOFLAGS=-mod=readonly go build -ldflags "-s -w -X github.com/opentofu/opentofu/version.dev=no" -o "$path" ./cmd/tofu) || exit
  fi
  echo "$path"
}

if [[ -n $cli && -n $wanted ]]; then
  fail "CLI and VERSION are both set"
elif [[ $wanted == opentofu-* ]]; then
  cli=$(build_opentofu "${wanted#opentofu-}")
elif [[ -n $wanted ]]; then
  cli=${TF_ACC_TERRAFORM_PATH:-$(command -v terraform || true)}
  [[ -n $cli && $("$cli" version </dev/null) == "Terraform v$wanted"[!0-9]* ]] ||
    fail "terraform on PATH is not Terraform $wanted. Get it, and name it with CLI=PATH"
elif [[ -z $cli ]]; then
  fail "name a command line with CLI=PATH, or VERSION=opentofu-1.10.6 or so"
fi

TF_ACC_TERRAFORM_PATH=$cli exec "$root/scripts/with-cli.sh" \
  go -C "$root" test "$@" ./internal/install ./internal/provider ./internal/schemajson ./test/bench

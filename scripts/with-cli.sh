#!/usr/bin/env bash
# Usage: scripts/with-cli.sh COMMAND [ARGUMENT ...]
#
# Runs a command that needs Terraform or OpenTofu, with an environment that is
# the same on every machine: a CLI configuration of this project, no registry,
# no version check, and no credentials of a real account.
#
# The CLI is the one named by TF_ACC_TERRAFORM_PATH (a path, or a name on PATH), else
# terraform or tofu from PATH, else OpenTofu, built once from source below build/.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Windows: Terraform reads paths in files as it knows them.
[[ $OSTYPE != msys* ]] || root=$(cygpath -m "$root")
build=$root/build
oldest_minor=8

# usable CLI: succeeds if CLI runs and is version 1.8 or newer.
usable() {
  local version
  version=$("$1" version 2>/dev/null </dev/null) || return 1
  [[ $version =~ (Terraform|OpenTofu)\ v1\.([0-9]+)\. ]] && ((BASH_REMATCH[2] >= oldest_minor))
}

# The variables of a user's own work would change what is tested, and the
# credentials among them could reach a real account.
named=${TF_ACC_TERRAFORM_PATH:-}
for name in ${!BSS_@} ${!HW_@} ${!OS_@} ${!HUAWEICLOUD_SDK_@} ${!TF_CLI_@} ${!TF_VAR_@} ${!TF_ACC_PROVIDER_@}; do
  unset "$name"
done
unset TF_ACC_TERRAFORM_PATH TF_ACC_TERRAFORM_VERSION TF_DATA_DIR TF_PLUGIN_CACHE_DIR \
  TF_REATTACH_PROVIDERS TF_WORKSPACE

mkdir -p "$build/mirror"
export TF_CLI_CONFIG_FILE=$build/cli.tfrc
export CHECKPOINT_DISABLE=1
cat >"$build/cli.tfrc.$$" <<EOF
disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path = "$build/mirror"
  }
}
EOF
mv "$build/cli.tfrc.$$" "$TF_CLI_CONFIG_FILE"

cli=
if [[ -n $named ]]; then
  usable "$named" || {
    echo "with-cli: TF_ACC_TERRAFORM_PATH ($named) is not Terraform or OpenTofu 1.$oldest_minor or newer" >&2
    exit 1
  }
  # Tests run it from folders of their own.
  cli=$(command -v "$named")
  [[ $cli == /* || $cli == [A-Za-z]:* ]] || cli=$PWD/$cli
else
  for name in terraform tofu; do
    found=$(command -v "$name") || continue
    if usable "$found"; then
      cli=$found
      break
    fi
    echo "with-cli: passing over $found, which is not version 1.$oldest_minor or newer" >&2
  done
fi
if [[ -z $cli ]]; then
  cli=$build/tools/tofu$(go env GOEXE)
  if ! [[ $cli -nt $root/tools/opentofu/go.sum ]]; then
    echo "with-cli: neither terraform nor tofu is on PATH: building OpenTofu from source into" >&2
    echo "with-cli: build/tools/tofu; this takes some minutes, once" >&2
    # The date of the binary says which go.sum it was built from.
    (cd "$root/tools/opentofu" && go build -ldflags "-s -w -X github.com/opentofu/opentofu/version.dev=no" -o "$cli" github.com/opentofu/opentofu/cmd/tofu)
    touch "$cli"
  fi
fi

if [[ $OSTYPE == msys* ]]; then
  cli=$(cygpath -m "$cli")
  cli=${cli%.exe}.exe
fi
export TF_ACC_TERRAFORM_PATH=$cli
version=$("$cli" version </dev/null)
echo "with-cli: using ${version%%$'\n'*} ($cli)" >&2
if [[ $version == OpenTofu* ]]; then
  # The test framework announces the provider under Terraform's registry
  # unless told otherwise.
  export TF_ACC_PROVIDER_HOST=registry.opentofu.org
fi

exec "$@"

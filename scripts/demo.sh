#!/usr/bin/env bash
# Pays two orders of a simulated customer with real Terraform or OpenTofu: one
# by the apply, one by a person at the console between plan and apply. Then
# corrects what somebody changes at the console.
# Run it through "make demo", which builds what it needs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Of the demo customer that bss-sim is seeded with.
order_for_terraform=CS2611220000001
order_for_console=CS2611220000002
server=b5500000-51a0-4000-8000-000000000001

root=$PWD
bin=$root/build/bin
cli=$TF_ACC_TERRAFORM_PATH
work=$(mktemp -d "${TMPDIR:-/tmp}/bss-demo.XXXXXX")
simulator=

clean_up() {
  status=$?
  if [[ -n $simulator ]]; then
    kill "$simulator" 2>/dev/null || true
    wait "$simulator" 2>/dev/null || true
  fi
  rm -rf "$work"
  if ((status != 0)); then
    echo "demo: FAILED" >&2
  fi
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

fail() {
  echo "demo: $*" >&2
  exit 1
}

heading() {
  printf '\n%s\n%s\n' "$*" "${*//?/=}"
}

# tf ARGUMENT ...: runs the CLI in the copy of examples/demo and shows the command.
tf() {
  printf '\n$ %s %s\n' "$(basename "$cli")" "$*"
  (cd "$work/demo" && "$cli" "$@" ${no_color:+"$no_color"})
}

# sim METHOD PATH [BODY]: calls the simulator's control interface and prints the
# body of the answer. Bash speaks enough HTTP, so that the demo needs no curl.
sim() {
  local method=$1 path=$2 body=${3:-} address=${BSS_ENDPOINT#http://} line
  exec 3<>"/dev/tcp/${address%:*}/${address##*:}"
  printf '%s %s HTTP/1.0\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
    "$method" "$path" "$address" "${#body}" "$body" >&3
  read -r line <&3
  [[ $line == *" 2"[0-9][0-9]" "* ]] || fail "$method $path: $line"
  while read -r line <&3 && [[ $line != $'\r' ]]; do :; done
  cat <&3
  exec 3>&-
}

# field NAME: the value of a text in the ready line.
field() {
  sed -n 's/.*"'"$1"'": *"\([^"]*\)".*/\1/p' "$work/ready.json"
}

# ask EXPRESSION: lets Terraform itself evaluate an expression over a JSON file.
ask() {
  (cd "$work" && printf '%s\n' "$1" | "$cli" console)
}

no_color=
[[ -t 1 ]] || no_color=-no-color
export TF_IN_AUTOMATION=1

heading "The simulator, and a mirror that holds the provider"

"$bin/bss-sim" -addr 127.0.0.1:0 -seed demo -processing reads=2 >"$work/ready.json" 2>"$work/simulator.log" &
simulator=$!
for _ in {1..100}; do
  [[ -s $work/ready.json ]] && break
  kill -0 "$simulator" 2>/dev/null || break
  sleep 0.1
done
[[ -s $work/ready.json ]] || { cat "$work/simulator.log" >&2; fail "the simulator did not start"; }

# All that a user's pipeline sets, but for BSS_ENDPOINT, which leads to the
# simulator instead of the vendor.
export BSS_ENDPOINT HW_ACCESS_KEY HW_SECRET_KEY HW_DOMAIN_ID
BSS_ENDPOINT=$(field endpoint)
HW_ACCESS_KEY=$(field access_key)
HW_SECRET_KEY=$(field secret_key)
HW_DOMAIN_ID=$(field domain_id)
echo "bss-sim listens at $BSS_ENDPOINT as site $(field site)"

for host in registry.terraform.io registry.opentofu.org; do
  mirror=build/mirror/$host/bss-community/bss/0.0.1/$(go env GOOS)_$(go env GOARCH)
  mkdir -p "$mirror"
  cp "$bin/terraform-provider-bss" "$mirror/terraform-provider-bss_v0.0.1"
done
cp -R examples/demo "$work/demo"
tf init -input=false >"$work/init.log" || { cat "$work/init.log"; fail "init failed"; }
echo
grep -E '^\$|Install' "$work/init.log"

heading "The plan states what is due, and in which currency"
tf plan -input=false -out=tfplan

heading "Meanwhile somebody pays $order_for_console at the console"
sim POST /_sim/console "{\"pay_order\": {\"order_id\": \"$order_for_console\"}}"

heading "The apply of that plan pays $order_for_terraform, and adopts $order_for_console"
tf apply -input=false tfplan

heading "A second plan is empty"
tf plan -input=false -detailed-exitcode || fail "the second plan is not empty"

heading "What the simulator says was paid"
sim GET /_sim/world >"$work/world.json"
ask 'join("", [for p in jsondecode(file("world.json")).payments : format("\n%s: %s %s, paid by %s", p.order_id, p.amount, p.currency, p.by)])' |
  grep : >"$work/payments"
cat "$work/payments"
expected="$order_for_terraform api
$order_for_console console"
actual=$(sed 's/^\([^:]*\):.* \([a-z]*\)$/\1 \2/' "$work/payments" | sort)
[[ $actual == "$expected" ]] || fail "expected one payment for each order, by the API and by the console"

heading "Somebody turns the automatic renewal of web-1 off at the console"
sim POST /_sim/console "{\"set_expire_policy\": {\"resource_id\": \"$server\", \"policy\": 0}}"

heading "The next plan shows it"
changed=0
tf plan -input=false -detailed-exitcode -out=tfplan || changed=$?
((changed == 2)) || fail "the plan should show one change, and exited with $changed"

heading "Its apply corrects it"
tf apply -input=false tfplan

heading "What the simulator says of web-1"
sim GET /_sim/world >"$work/world.json"
ask 'join("", [for r in jsondecode(file("world.json")).resources : "\n${r.resource_name}: policy ${r.expire_policy}" if r.resource_id == "'"$server"'"])' |
  grep : >"$work/policy"
cat "$work/policy"
[[ $(cat "$work/policy") == "web-1: policy 3" ]] || fail "expected policy 3, which renews automatically"

printf '\nEach order was paid once, and the change at the console was undone. The demo took %d s after the build.\n' "$SECONDS"

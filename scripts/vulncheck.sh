#!/usr/bin/env bash
# Usage: scripts/vulncheck.sh GOVULNCHECK
#
# Fails if the provider's module calls code with a vulnerability that the Go
# vulnerability database knows. Where the database cannot be reached, or does not
# answer in time, nothing was checked: it says so, and does not fail. GOVULNDB
# names another database.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

database=${GOVULNDB:-https://vuln.go.dev}
output=$(timeout 120 "$1" -db "$database" ./... 2>&1)
status=$?
printf '%s\n' "$output"

not_checked() {
  printf '%s\n' "" \
    "!!! NOT CHECKED for known vulnerabilities: $1." \
    "!!! This is no result. Run make vulncheck where $database can be reached."
  exit 0
}

# 3 is what govulncheck answers for findings, 1 for everything that went wrong.
case $status in
0) echo "no known vulnerability is called" ;;
124) not_checked "it took longer than 120 s" ;;
1)
  if [[ $output == *"fetching vulnerabilities:"* ]]; then
    not_checked "the database cannot be reached"
  fi
  exit 1
  ;;
*) exit "$status" ;;
esac

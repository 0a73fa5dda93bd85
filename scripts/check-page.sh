#!/usr/bin/env bash
# Usage: scripts/check-page.sh
#
# Has a browser lay out the pages of examples/stacks/cost-report. PAGE_BROWSER names one;
# else it is Chromium or Chrome from PATH. Without one, nothing was checked: it says so,
# and does not fail.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

for name in ${PAGE_BROWSER:-chromium chromium-browser google-chrome chrome}; do
  if browser=$(command -v "$name"); then
    echo "laying out the pages of the cost report with $browser"
    PAGE_BROWSER=$browser exec scripts/with-cli.sh go test -count=1 -timeout 5m -run 'TestReportInBrowser$' ./internal/provider
  fi
done

printf '%s\n' "" \
  "!!! NOT CHECKED in a browser: there is no Chromium and no Chrome on PATH." \
  "!!! This is no result. Run make check-page where there is one, or name it in PAGE_BROWSER."

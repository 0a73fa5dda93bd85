# Prints a reason for each thing that nobody may merge, and nothing if all is well:
#   jq --raw-output --arg max 500 --arg currency USD --from-file gate.jq report.json
($max | tonumber) as $limit

| if .format_version | startswith("1.") | not then "The report has format \(.format_version), and this gate knows 1.x"
  else
    (.incomplete_reasons[] | "The report is not complete: \(.)"),
    (.totals[] | select(.section == "charged" or .section == "capped" or .section == "transferred")
      | (if .section == "capped" then .max_amount else .amount end) as $sum
      | if .currency != $currency then "\(.count) rows of \(.section) are in another currency than \($currency), or in one that is not known"
        elif .section == "capped" and .without_max_amount > 0 then "\(.without_max_amount) rows have no known cap"
        elif .section != "capped" and .without_amount > 0 then "\(.without_amount) rows of \(.section) have no known amount"
        else empty end),
    ([.totals[] | select(.currency == $currency)
      | if .section == "capped" then .max_amount elif .section == "charged" or .section == "transferred" then .amount else empty end
      | select(. != null)] | add // 0 | select(. > $limit) | "\(.) \($currency) can be charged, and \($limit) are allowed"),
    (.rows[] | select(.section == "unpriced") | "\(.address) is charged, and its price is not known")
  end

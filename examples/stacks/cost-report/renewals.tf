# What renews and lapses in the next days: a call for each 500 resources, one for the
# prices of each 10 that renew, and one for the balance.

data "bss_renewal_forecast" "next" {
  count = var.renewal_days > 0 ? 1 : 0

  within_days = var.renewal_days
}

locals {
  fates = {
    renews            = "Renews"
    turns_pay_per_use = "Turns pay-per-use"
    lapses            = "Lapses unless renewed"
    expired           = "Has expired"
    frozen            = "Is frozen"
  }

  forecasts = [
    for next in data.bss_renewal_forecast.next : {
      currency = next.currency == null ? "" : next.currency
      renewals = [for event in next.events : event if event.fate == "renews"]
      events   = slice(next.events, 0, min(50, length(next.events)))
      left_out = max(0, length(next.events) - 50)
      lapsing  = length(next.lapsing_ids)
      amount   = next.total_amount == null ? "not known" : provider::bss::format_amount(next.total_amount)
      known    = provider::bss::format_amount(next.known_amount)
      complete = next.total_amount != null
      reasons  = next.incomplete_reasons
      funds = next.covered == null ? "Whether balance and credit cover that is not known." : next.covered ? (
        "Balance and credit cover that: ${provider::bss::format_amount(next.available_amount)} is there."
        ) : join(" ", [
          "Balance and credit do not cover that from ${next.first_short_day == null ? "today" : next.first_short_day} on:",
          "${next.shortfall_amount == null ? "an unknown amount" : provider::bss::format_amount(next.shortfall_amount)} is missing.",
      ])
    }
  ]

  renewal_tables = [
    for forecast in local.forecasts : {
      id       = "renewals"
      title    = "The next ${var.renewal_days} days: what renews, what lapses"
      legend   = []
      pictured = false
      notes = concat(
        [
          join(" ", concat(
            length(forecast.renewals) == 0 ? ["Nothing renews."] : [
              "${length(forecast.renewals)} ${length(forecast.renewals) == 1 ? "renewal is" : "renewals are"} charged:",
              "${forecast.known} ${forecast.currency}${forecast.complete ? "" : ", and what is not known"}.",
              forecast.funds,
            ],
            forecast.lapsing == 0 ? ["Nothing lapses."] : [
              "${forecast.lapsing} ${forecast.lapsing == 1 ? "resource is" : "resources are"} lost unless somebody acts.",
            ],
          )),
        ],
        [for reason in forecast.reasons : "Not known: ${reason}."],
        forecast.left_out == 0 ? [] : ["The table has the first ${length(forecast.events)}; ${forecast.left_out} more follow."],
      )
      caption = join(" ", compact([
        "By day of UTC+8. Amounts", forecast.currency == "" ? "" : "in ${forecast.currency}",
        "are prices of the next term, without coupons.",
      ]))
      head = "Resource"
      columns = [
        { name = "Day", class = "text" }, { name = "What happens", class = "text" }, { name = "Paid through", class = "text" },
        { name = "Amount", class = "number" },
      ]
      rows = [
        for event in forecast.events : {
          name = event.resource_name == null ? event.resource_id : event.resource_name
          sub  = join(", ", compact([event.service_type_name, event.resource_name == null ? null : event.resource_id]))
          bar  = []
          cells = [
            event.day == null ? "not known" : event.day,
            lookup(local.fates, event.fate, event.reason == null ? "Not known" : "Not known: ${event.reason}"),
            event.paid_through == null ? "–" : event.paid_through,
            event.amount == null ? event.fate == "renews" ? "not known" : "–" : provider::bss::format_amount(event.amount),
          ]
        }
      ]
      foot = forecast.complete && length(forecast.renewals) > 0 ? [{ name = "All renewals", cells = ["", "", "", forecast.amount] }] : []
    } if length(forecast.events) > 0
  ]
}

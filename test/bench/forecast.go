// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// forecast reads what all of an account renews for within a year.
func (b *bench) forecast(ctx context.Context) ([]row, error) {
	a, err := newAccount(ctx, b.limited(bsssim.Options{Generate: bsssim.Generate{Resources: b.n}}))
	if err != nil {
		return nil, err
	}
	for _, one := range a.World().Resources {
		if _, err := a.Console("set_expire_policy", map[string]any{
			"resource_id": one.ResourceID, "policy": int(bssapi.ExpirePolicyAutoRenew),
		}); err != nil {
			return nil, err
		}
	}
	w, err := b.newWorkspace(fmt.Sprintf(`data "bss_renewal_forecast" "year" {
  within_days         = 366
  default_period_unit = "year"
}

output "total_amount" {
  value = data.bss_renewal_forecast.year.total_amount

  precondition {
    condition     = data.bss_renewal_forecast.year.complete && length(distinct(data.bss_renewal_forecast.year.events[*].resource_id)) == %d
    error_message = "Renewals or prices are missing."
  }
}
`, b.n))
	if err != nil {
		return nil, err
	}
	prices := pages(b.n, bssapi.MaxRenewalPriceIDs)
	r, err := b.reading(ctx, a, w, fmt.Sprintf("forecast of %d renewals", b.n), floor("get_renewal_price", prices), "plan")
	if err != nil {
		return nil, err
	}
	r.budgets = []budget{
		{"calls", float64(r.total()), float64(4 + prices)},
		{"429s", float64(r.throttled), 0},
		{"first to last call / floor", r.ratio, 1.2},
	}

	return []row{r}, nil
}

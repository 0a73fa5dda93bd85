// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// orders reads many orders in a plan, with and without their rows, and with
// the vendor's SDK.
func (b *bench) orders(ctx context.Context) ([]row, error) {
	n := 10 * b.n
	a, err := newAccount(ctx, b.limited(bsssim.Options{Generate: bsssim.Generate{Orders: n}}))
	if err != nil {
		return nil, err
	}
	var rows []row
	since := generated.AddDate(-1, 0, 0).Format(time.RFC3339)
	for _, include := range []bool{false, true} {
		w, err := b.newWorkspace(fmt.Sprintf(`data "bss_orders" "all" {
  created_after = %q
  include_rows  = %t
}

output "total_count" {
  value = data.bss_orders.all.total_count

  precondition {
    condition     = data.bss_orders.all.total_count == %d
    error_message = "Orders are missing."
  }
}
`, since, include, n))
		if err != nil {
			return nil, err
		}
		r := row{work: fmt.Sprintf("read %d orders, include_rows = %t", n, include), floor: floor("list_orders", pages(n, 100))}
		if r.wall, err = w.run(ctx, a, "plan", "-no-color", "-input=false"); err != nil {
			return nil, err
		}
		r.traffic = a.traffic()
		// Terraform's own work with the answer is not the client's.
		r.ratio, r.ratioOf = r.span.Seconds()/r.floor.Seconds(), "of floor"
		r.budgets = []budget{
			{"calls", float64(r.calls["list_orders"]), float64(pages(n, 100))},
			{"429s", float64(r.throttled), 0},
			{"first to last call / floor", r.ratio, 1.2},
		}
		rows = append(rows, r)
	}
	r, read, err := b.readPagewise(ctx, a, fmt.Sprintf("read %d orders", n), "list_orders", pages(n, 100), "orders", since)
	if err == nil && read.Rows != n {
		err = fmt.Errorf("the SDK read %d orders, want %d", read.Rows, n)
	}

	return append(rows, r), err
}

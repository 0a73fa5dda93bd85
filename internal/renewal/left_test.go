// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
)

// TestLeftUnpaid: an unpaid renewal that is none of the receipt's is named where it may
// be about the resource, and only there; all resources of a run share the look.
func TestLeftUnpaid(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		// told is whether the API finds resources by the id of an order.
		told    string
		prepare func(a *account) (named, silent []string)
		// What all looks of the run cost.
		lists, details int
	}{
		"nothing": {
			told: "on", lists: 1,
			prepare: func(*account) (named, silent []string) { return nil, nil },
		},
		"one that names its resource": {
			told: "on", lists: 1,
			prepare: func(a *account) (named, silent []string) { return []string{a.orders(server, nil)}, nil },
		},
		"one of another": {
			told: "on", lists: 1,
			prepare: func(a *account) (named, silent []string) {
				a.add("other", nil)

				return nil, []string{a.orders("other", nil)}
			},
		},
		"one of another, and nothing is told": {
			told: "off", lists: 1, details: 1,
			prepare: func(a *account) (named, silent []string) {
				a.add("other", nil)

				return []string{a.orders("other", nil)}, nil
			},
		},
		"one of another product, and nothing is told": {
			told: "off", lists: 1, details: 1,
			prepare: func(a *account) (named, silent []string) {
				return nil, []string{a.ofAnotherProduct(0)}
			},
		},
		"one of another service": {
			told: "off", lists: 1,
			prepare: func(a *account) (named, silent []string) {
				a.add("other", map[string]any{"service_type_code": "hws.service.type.rds"})

				return nil, []string{a.orders("other", nil)}
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, "order_query_finds_renewals", test.told)
			named, silent := test.prepare(a)
			receipt := renewal.Receipt{ResourceID: server, Status: renewal.StatusReached}

			for range 3 {
				warnings := a.machine.LeftUnpaid(t.Context(), receipt)

				said := ""
				for _, warning := range warnings {
					said += warning.Detail
				}

				for _, id := range named {
					if !strings.Contains(said, id) {
						t.Errorf("order %s is not named: %q", id, said)
					}
				}

				for _, id := range silent {
					if strings.Contains(said, id) {
						t.Errorf("order %s is named: %q", id, said)
					}
				}

				if len(named) == 0 && said != "" {
					t.Errorf("it warns of nothing: %q", said)
				}
			}

			lists, _ := a.Calls("list_orders")
			if details, _ := a.Calls("get_order"); lists != test.lists || details != test.details {
				t.Errorf("%d lists of orders and %d details, want %d and %d", lists, details, test.lists, test.details)
			}

			// Its own orders are in the receipt.
			receipt.OrderIDs = named
			if warnings := a.machine.LeftUnpaid(t.Context(), receipt); len(warnings) > 0 {
				t.Errorf("warnings of its own orders: %v", warnings)
			}
		})
	}
}

// TestLeftUnpaidMany: only some orders are looked into, and all that may be about the
// resource are named.
func TestLeftUnpaidMany(t *testing.T) {
	t.Parallel()

	const many = 25

	a := newAccount(t)

	for i := range many {
		a.ofAnotherProduct(i)
	}

	warnings := a.machine.LeftUnpaid(t.Context(), renewal.Receipt{ResourceID: server})
	if len(warnings) != 1 || strings.Count(warnings[0].Detail, ", CS") != many-20-1 {
		t.Errorf("%d warnings: %v", len(warnings), warnings)
	}

	if details, _ := a.Calls("get_order"); details != 20 {
		t.Errorf("%d orders were looked into", details)
	}
}

// TestLeftUnpaidFails: a look that fails is no reason not to plan, is said, and is not
// made again for the next resource.
func TestLeftUnpaidFails(t *testing.T) {
	t.Parallel()

	a := newAccount(t)
	a.Fault(bsssim.Fault{Operation: "list_orders", Kind: bsssim.FaultStatusBefore, Status: http.StatusForbidden, Code: "CBC.0151", Times: -1})

	for range 2 {
		if got := a.machine.LeftUnpaid(
			t.Context(),
			renewal.Receipt{ResourceID: server},
		); len(got) != 1 ||
			!strings.Contains(got[0].Detail, "CBC.0151") {
			t.Errorf("warnings: %v", got)
		}
	}

	if lists, _ := a.Calls("list_orders"); lists != 1 {
		t.Errorf("%d lists of orders", lists)
	}

	if got := a.another().LeftUnpaid(t.Context(), renewal.Receipt{ResourceID: "nobody"}); len(got) > 0 {
		t.Errorf("a resource that is gone: %v", got)
	}
}

// TestLeftUnpaidUnread: an order that cannot be looked into may be about anything.
func TestLeftUnpaidUnread(t *testing.T) {
	t.Parallel()

	a := newAccount(t)
	a.add("other", nil)
	order := a.orders("other", nil)
	a.Fault(bsssim.Fault{Operation: "get_order", Kind: bsssim.FaultStatusBefore, Status: http.StatusForbidden, Code: "CBC.0151", Times: -1})

	if got := a.machine.LeftUnpaid(
		t.Context(),
		renewal.Receipt{ResourceID: server},
	); len(got) != 1 ||
		!strings.Contains(got[0].Detail, order) {
		t.Errorf("warnings: %v", got)
	}
}

// ofAnotherProduct places an unpaid renewal of a resource that is not like the server.
func (a *account) ofAnotherProduct(number int) (order string) {
	a.t.Helper()

	id := fmt.Sprintf("other-%d", number)
	a.add(id, nil)

	return a.place(map[string]any{"order_type": 2, "resource_ids": []string{id}, "lines": []any{map[string]any{"product_id": "another"}}})
}

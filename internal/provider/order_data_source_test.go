// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func TestAccOrder(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	order := w.placeOrder(map[string]any{
		"amount": "12345678901234567890.12345678901234567890", "official_amount": "12345678901234567891",
		"deadline": "2126-01-31T00:00:00Z", "period_type": 3, "period_num": 2, "enterprise_project_id": "7",
	})
	w.shows(t, `data "bss_order" "this" { order_id = "`+order+`" }`, map[string]shown{"data.bss_order.this": {
		"order_id":                      order,
		"status":                        "pending_payment",
		"user_name":                     "demo-user",
		"payment_deadline":              "2126-01-31T00:00:00Z",
		"payment_time":                  nil,
		"amount_after_discount":         amount("12345678901234567890.12345678901234567890"),
		"official_amount":               amount("12345678901234567891"),
		"commission_amount":             nil,
		"is_agent_pay":                  false,
		"enterprise_projects.0.name":    "project-7",
		"line_count":                    1,
		"lines.0.line_id":               order + "-000001",
		"lines.0.period_unit":           "year",
		"lines.0.period":                2,
		"lines.0.amount_after_discount": amount("12345678901234567890.12345678901234567890"),
	}})

	w.readOnly("list_orders", "get_order")
}

func TestOrderShowsEveryField(t *testing.T) {
	t.Parallel()

	const order = "CS1"

	details := newDocument(t, "get_order", 1000, map[string]any{"total_count": 1, "order_info.order_id": order})
	listed := newDocument(t, "list_orders", 5000, map[string]any{"total_count": 1, "order_infos.0.order_id": order})
	w := answering(t, "international", map[string]any{pathOrder + order: details.body, pathOrders: listed.body})
	read := mustRead(t, w, "bss_order", attributes{"order_id": str(order)})

	// Lines, and the orders inside an order, name some fields otherwise.
	inner := strings.NewReplacer(append([]string{
		".sub_order_infos.", ".sub_orders.",
		".order_line_item_id.", ".line_id.",
		".base_product_info.", ".base_product.",
		".period_type.", ".period_unit.",
		".period_num.", ".period.",
	}, orderNames...)...)
	outer := strings.NewReplacer(append([]string{
		".order_info.", ".", ".order_infos.0.", ".", ".order_line_items.", ".lines.", ".total_count.", ".line_count.",
	}, orderNames...)...)

	leaves := details.leaves
	maps.Copy(leaves, listed.without(func(path string) bool {
		return !strings.HasPrefix(path, "order_infos.0.agent_pay_info.") && !strings.HasPrefix(path, "order_infos.0.enterprise_projects.")
	}))

	renamed := map[string]string{}
	for path, value := range leaves {
		renamed[strings.Trim(inner.Replace("."+path+"."), ".")] = value
	}

	read.shows(t, renamed, outer)
}

func TestOrderAbsentFieldsAreNull(t *testing.T) {
	t.Parallel()

	bare := map[string]any{"order_id": "A"}
	empty := map[string]any{
		"order_id": "A", "customer_id": "", "payment_time": "", "pending_payment_end_time": "", "amount_info": map[string]any{},
		"official_amount": nil, "sub_order_infos": nil,
	}

	for name, order := range map[string]map[string]any{"missing": bare, "empty": empty} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := answering(t, "international", map[string]any{
				pathOrders: map[string]any{"total_count": 1, "order_infos": []any{order}},
				pathOrder + "A": map[string]any{
					"total_count":      1,
					"order_info":       order,
					"order_line_items": []any{map[string]any{"order_line_item_id": "L"}},
				},
			})
			read := mustRead(t, w, "bss_order", attributes{"order_id": str("A")})

			known := map[string]string{"order_id": "A", "lines": "1 elements", "line_count": "1", "lines.0.line_id": "L"}
			for _, path := range slices.Sorted(maps.Keys(read)) {
				if read[path] != nothing(path) && known[path] == "" {
					t.Errorf("%s = %s, want %s", path, read[path], nothing(path))
				}
			}

			read.want(t, known)
		})
	}
}

func TestOrderOfManyLines(t *testing.T) {
	t.Parallel()
	readsMuch(t)

	// Whether the total of a full page is that of all of them takes one call more.
	for lines, calls := range map[int]int{1: 1, 99: 1, 100: 2, 101: 2, 200: 2, 250: 3} {
		t.Run(fmt.Sprint(lines), func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			order := w.placeOrder(map[string]any{"amount": "1000.00", "lines": lines})

			read := mustRead(t, w, "bss_order", attributes{"order_id": str(order)})
			read.want(t, map[string]string{
				"line_count": fmt.Sprint(lines), "lines": fmt.Sprintf("%d elements", lines),
				fmt.Sprintf("lines.%d.line_id", lines-1): fmt.Sprintf("%s-%06d", order, lines),
			})

			want := append([]string{"list_orders"}, slices.Repeat([]string{"get_order"}, calls)...)
			if diff := cmp.Diff(want, w.calls()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOrderFailsWithAnyPage(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	order := w.placeOrder(map[string]any{"amount": "1000.00", "lines": 250})

	err := w.AddFault(bsssim.Fault{
		Operation: "get_order", Kind: bsssim.FaultStatusBefore, After: 1, Times: -1,
		Status: http.StatusBadRequest, Code: "CBC.0100", Match: bsssim.FaultMatch{OrderID: order},
	})
	if err != nil {
		t.Fatal(err)
	}

	read, diags := readData(t, w, "bss_order", nil, attributes{"order_id": str(order)})
	if read != nil {
		t.Errorf("%s lines of an order that was not read whole", read["line_count"])
	}

	diags.says(t, "", "Could not read order "+order, "CBC.0100")
}

func TestOrderThatDoesNotExist(t *testing.T) {
	t.Parallel()

	for _, answer := range []string{"empty", "error"} {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Settings: map[string]string{"unknown_order": answer}})

			_, diags := readData(t, w, "bss_order", nil, attributes{"order_id": str("CS0")})
			diags.says(t, "order_id", "Order does not exist", "CS0")
			w.readOnly("list_orders", "get_order")
		})
	}
}

func TestOrderRefusesABadID(t *testing.T) {
	t.Parallel()

	for _, id := range []string{"", strings.Repeat("1", 65), "a/b", "../balances", "CS1?x=y", "CS 1"} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})

			if read, diags := readData(t, w, "bss_order", nil, attributes{"order_id": str(id)}); read != nil || !diags.failed() {
				t.Errorf("no error: %v", read)
			}

			for _, request := range w.Requests() {
				if request.Operation != "list_orders" || request.Path != pathOrders {
					t.Errorf("call of %s", request.Path)
				}
			}
		})
	}
}

// TestOrderOfAnotherThanAskedFor shows that an answer about another order is
// not taken for the one that was asked for.
func TestOrderOfAnotherThanAskedFor(t *testing.T) {
	t.Parallel()

	w := answering(t, "international", map[string]any{
		pathOrders: map[string]any{"total_count": 1, "order_infos": []any{map[string]any{"order_id": "CS2", "status": 6}}},
	})

	_, diags := readData(t, w, "bss_order", nil, attributes{"order_id": str("CS1")})
	diags.says(t, "order_id", "Order does not exist")
}

func TestOrderCombinedDelegatedRefundedAndUnknown(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	odd := w.placeOrder(map[string]any{"amount": "1.00", "period_type": 42})
	refund := w.placeOrder(map[string]any{"amount": "-5.5", "order_type": 4, "status": 5})
	w.console("set_status", map[string]any{"order_id": odd, "status": 77})

	for order, want := range map[string]map[string]string{
		"CS2611220000001": {
			"status": "pending_payment", "amount_after_discount": "136.8", "sub_orders": "0 elements", "line_count": "2",
			"lines.1.amount_after_discount": "16.5", "payment_time": "null",
		},
		"CS2611220000003": {"order_type": "renewal", "lines.0.period": "3", "lines.0.period_unit": "month"},
		"CS2611220000005": {"status": "canceled"},
		"CS2611220000006": {"status": "pending_approval"},
		"CS2611220000007": {"status": "processing"},
		"CS2611220000008": {
			"sub_orders": "2 elements", "sub_orders.0.order_id": "CS2611220000009", "sub_orders.1.amount_after_discount": "60",
			"lines": "2 elements", "lines.0.order_id": "CS2611220000009", "lines.1.order_id": "CS2611220000010",
		},
		"CS2611220000011": {"is_agent_pay": "true", "paying_agent_id": "0f0e0d0c0b0a09080706050403020100"},
		odd:               {"status": "unknown(77)", "lines.0.period_unit": "unknown(42)"},
		refund:            {"amount_after_discount": "-5.5", "order_type": "unsubscription", "commission_amount": "0", "lines.0.period": "null"},
	} {
		t.Run(order, func(t *testing.T) {
			t.Parallel()

			mustRead(t, w, "bss_order", attributes{"order_id": str(order)}).want(t, want)
		})
	}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func TestAccOrders(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	exactly := "12345678901234567890.12345678901234567890"

	for _, amount := range []string{exactly, "0.00000000000000000001"} {
		w.placeOrder(map[string]any{"amount": amount, "enterprise_project_id": "0"})
	}

	w.placeOrder(map[string]any{"amount": "-12.30", "order_type": 4, "status": 5})

	w.shows(t, `data "bss_orders" "this" {}`, map[string]shown{"data.bss_orders.this": {
		"order_ids":                         []string{"CS2611220000001", "CS2611220000002", "CS2611220000003"},
		"total_count":                       3,
		"orders.0.order_id":                 "CS2611220000001",
		"orders.0.status":                   "pending_payment",
		"orders.0.order_type":               "new",
		"orders.0.source":                   "customer",
		"orders.0.currency":                 "USD",
		"orders.0.customer_id":              w.Credentials().DomainID,
		"orders.0.amount_after_discount":    amount(exactly),
		"orders.0.payment_time":             nil,
		"orders.0.is_agent_pay":             false,
		"orders.0.enterprise_projects.0.id": "0",
		"orders.2.order_type":               "unsubscription",
		"orders.2.amount_after_discount":    amount("-12.3"),
		"totals.0.status":                   "completed",
		"totals.0.amount_after_discount":    amount("-12.3"),
		"totals.1.status":                   "pending_payment",
		"totals.1.order_count":              2,
		"totals.1.amount_after_discount":    amount("12345678901234567890.12345678901234567891"),
	}})

	w.readOnly("list_orders")
}

// orderNames are the names of an order's fields where the attribute's differs.
var orderNames = []string{
	".amount_info.discounts.0.discount_type.", ".discounts.0.type.",
	".amount_info.discounts.0.discount_amount.", ".discounts.0.amount.",
	".amount_info.", ".",
	".agent_pay_info.", ".",
	".source_type.", ".source.",
	".pending_payment_end_time.", ".payment_deadline.",
}

func TestOrdersShowEveryField(t *testing.T) {
	t.Parallel()

	document := newDocument(t, "list_orders", 100, map[string]any{"total_count": 1})
	w := answering(t, "international", map[string]any{pathOrders: document.body})
	read := mustRead(t, w, "bss_orders", nil)

	// Both levels of orders need the renaming, so it is applied twice.
	inner := strings.NewReplacer(append([]string{".sub_order_infos.", ".sub_orders."}, orderNames...)...)
	renamed := map[string]string{}

	for path, value := range document.leaves {
		renamed[strings.Trim(inner.Replace("."+path+"."), ".")] = value
	}

	read.shows(t, renamed, strings.NewReplacer(append([]string{".order_infos.", ".orders."}, orderNames...)...))

	if read["order_ids.0"] != read["orders.0.order_id"] || read["order_ids"] != "1 elements" {
		t.Errorf("order_ids = %s: %s", read["order_ids"], read["order_ids.0"])
	}
}

func TestOrdersAbsentFieldsAreNull(t *testing.T) {
	t.Parallel()

	w := answering(t, "international", map[string]any{pathOrders: map[string]any{
		"total_count": 2,
		"order_infos": []any{
			map[string]any{"order_id": "A"},
			map[string]any{"order_id": "B", "customer_id": "", "payment_time": "", "amount_after_discount": nil, "amount_info": nil,
				"sub_order_infos": []any{}, "enterprise_projects": nil, "agent_pay_info": nil, "currency": ""},
		},
	}})
	read := mustRead(t, w, "bss_orders", nil)

	for path, value := range read {
		order := strings.HasPrefix(path, "orders.") && strings.Count(path, ".") == 2
		if order && !strings.HasSuffix(path, ".order_id") && value != nothing(path) {
			t.Errorf("%s = %s, want %s", path, value, nothing(path))
		}
	}

	read.want(t, map[string]string{
		"orders.0.order_id": "A", "orders.1.order_id": "B", "total_count": "2",
		"totals.0.currency": "null", "totals.0.amount_after_discount": "null", "totals.0.order_count": "2",
	})
}

// TestOrdersWithoutAnAmount: no sum lacks a part.
func TestOrdersWithoutAnAmount(t *testing.T) {
	t.Parallel()

	w := answering(t, "international", map[string]any{pathOrders: map[string]any{
		"total_count": 2,
		"order_infos": []any{
			map[string]any{"order_id": "A", "currency": "USD", "amount_after_discount": 5, "official_amount": 7},
			map[string]any{"order_id": "B", "currency": "USD", "amount_after_discount": 6},
		},
	}})
	mustRead(t, w, "bss_orders", nil).want(t, map[string]string{
		"totals": "1 elements", "totals.0.order_count": "2", "totals.0.amount_after_discount": "11", "totals.0.official_amount": "null",
	})
}

func TestOrdersOfNoOrder(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})

	mustRead(t, w, "bss_orders", nil).want(t, map[string]string{
		"orders": "0 elements", "order_ids": "0 elements", "totals": "0 elements", "total_count": "0",
	})

	if diff := cmp.Diff([]string{"list_orders"}, w.calls()); diff != "" {
		t.Error(diff)
	}
}

func TestOrdersOfManyPages(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Generate: bsssim.Generate{Orders: 250}})
	read := mustRead(t, w, "bss_orders", nil)

	read.want(t, map[string]string{
		"orders": "250 elements", "order_ids": "250 elements", "total_count": "250",
		"totals.0.status": "canceled", "totals.0.order_count": "25",
		"totals.1.status": "completed", "totals.1.order_count": "225",
	})

	if calls := w.calls(); len(calls) != 3 {
		t.Errorf("%d calls, want 3: %v", len(calls), calls)
	}

	seen := map[string]bool{}
	for i := range 250 {
		seen[read[fmt.Sprintf("orders.%d.order_id", i)]] = true
	}

	if len(seen) != 250 {
		t.Errorf("%d different orders of 250", len(seen))
	}

	sum := exact(t, "0")
	for i := range 250 {
		if read[fmt.Sprintf("orders.%d.status", i)] == "completed" {
			sum.Add(sum, exact(t, read[fmt.Sprintf("orders.%d.amount_after_discount", i)]))
		}
	}

	if got, want := read["totals.1.amount_after_discount"], sum.Text('f', 2); exact(t, got).Cmp(exact(t, want)) != 0 {
		t.Errorf("the sum of the completed orders is %s, want %s", got, want)
	}

	w.ClearRequests()

	mustRead(t, w, "bss_orders", attributes{"include_rows": tftypes.NewValue(tftypes.Bool, false)}).want(t, map[string]string{
		"orders": "null", "order_ids": "250 elements", "total_count": "250", "totals": "2 elements",
	})

	w.ClearRequests()

	mustRead(t, w, "bss_orders", attributes{"limit": num(t, "7")}).want(t, map[string]string{
		"orders": "7 elements", "order_ids": "7 elements", "total_count": "7",
	})

	if calls := w.calls(); len(calls) != 1 {
		t.Errorf("%d calls for 7 orders, want 1", len(calls))
	}
}

func TestOrdersFailWithAnyPage(t *testing.T) {
	t.Parallel()

	for _, after := range []int{1, 2} {
		t.Run(fmt.Sprint(after), func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Generate: bsssim.Generate{Orders: 250}})

			err := w.AddFault(bsssim.Fault{
				Operation: "list_orders", Kind: bsssim.FaultStatusBefore, After: after, Times: -1,
				Status: http.StatusInternalServerError, Code: "CBC.0999",
			})
			if err != nil {
				t.Fatal(err)
			}

			read, diags := readData(t, w, "bss_orders", attributes{"max_retries": num(t, "0")}, nil)
			if read != nil {
				t.Errorf("%s orders of an answer that is not whole", read["total_count"])
			}

			diags.says(t, "", "Could not list orders", "CBC.0999")
		})
	}
}

// TestOrdersRepeatsAPage shows that a failure that passes is not seen.
func TestOrdersRepeatsAPage(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Generate: bsssim.Generate{Orders: 150}})

	if err := w.AddFault(bsssim.Fault{Operation: "list_orders", Kind: bsssim.FaultDropAfter, After: 1}); err != nil {
		t.Fatal(err)
	}

	mustRead(t, w, "bss_orders", nil).want(t, map[string]string{"total_count": "150"})

	if calls := w.calls(); len(calls) != 3 {
		t.Errorf("%d calls, want 2 and a repeated one", len(calls))
	}
}

func TestOrdersFilters(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		arguments attributes
		query     map[string]string
	}{
		"none":             {nil, map[string]string{"order_by": "createTime"}},
		"pending approval": {attributes{"status": str("pending_approval")}, map[string]string{"status": "1"}},
		"processing":       {attributes{"status": str("processing")}, map[string]string{"status": "3"}},
		"canceled":         {attributes{"status": str("canceled")}, map[string]string{"status": "4"}},
		"completed":        {attributes{"status": str("completed")}, map[string]string{"status": "5"}},
		"pending payment":  {attributes{"status": str("pending_payment")}, map[string]string{"status": "6"}},
		"to be confirmed":  {attributes{"status": str("pending_confirmation")}, map[string]string{"status": "9"}},
		"new":              {attributes{"order_type": str("new")}, map[string]string{"order_type": "1"}},
		"renewal":          {attributes{"order_type": str("renewal")}, map[string]string{"order_type": "2"}},
		"change":           {attributes{"order_type": str("change")}, map[string]string{"order_type": "3"}},
		"unsubscription":   {attributes{"order_type": str("unsubscription")}, map[string]string{"order_type": "4"}},
		"pay per use":      {attributes{"order_type": str("to_pay_per_use")}, map[string]string{"order_type": "10"}},
		"yearly":           {attributes{"order_type": str("to_yearly_monthly")}, map[string]string{"order_type": "11"}},
		"trial":            {attributes{"order_type": str("trial")}, map[string]string{"order_type": "13"}},
		"commercial":       {attributes{"order_type": str("trial_to_commercial")}, map[string]string{"order_type": "14"}},
		"fee":              {attributes{"order_type": str("fee_adjustment")}, map[string]string{"order_type": "15"}},
		"service": {
			attributes{"service_type_code": str("hws.service.type.ec2")}, map[string]string{"service_type_code": "hws.service.type.ec2"},
		},
		"newest first": {attributes{"newest_first": tftypes.NewValue(tftypes.Bool, true)}, map[string]string{"order_by": "-createTime"}},
		"oldest first": {attributes{"newest_first": tftypes.NewValue(tftypes.Bool, false)}, map[string]string{"order_by": "createTime"}},
		"for members":  {attributes{"paid_for_members": tftypes.NewValue(tftypes.Bool, true)}, map[string]string{"method": "sub_customer"}},
		"own":          {attributes{"paid_for_members": tftypes.NewValue(tftypes.Bool, false)}, nil},
		"created after": {
			attributes{"created_after": str("2026-01-31T08:00:00+08:00")}, map[string]string{"create_time_begin": "2026-01-31T00:00:00Z"},
		},
		"created before": {
			attributes{"created_before": str("2026-01-31T00:00:00-05:00")}, map[string]string{"create_time_end": "2026-01-31T05:00:00Z"},
		},
		"paid after": {
			attributes{"paid_after": str("2026-01-31T00:00:00Z")}, map[string]string{"payment_time_begin": "2026-01-31T00:00:00Z"},
		},
		"paid before": {
			attributes{"paid_before": str("2026-02-01T00:30:00+01:00")}, map[string]string{"payment_time_end": "2026-01-31T23:30:00Z"},
		},
		"a window of a time": {
			attributes{"paid_after": str("2026-01-31T00:00:00Z"), "paid_before": str("2026-01-31T00:00:00Z")},
			map[string]string{"payment_time_begin": "2026-01-31T00:00:00Z", "payment_time_end": "2026-01-31T00:00:00Z"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			mustRead(t, w, "bss_orders", test.arguments)

			want := url.Values{"limit": {"100"}, "offset": {"0"}, "order_by": {"createTime"}}
			for name, value := range test.query {
				want.Set(name, value)
			}

			if diff := cmp.Diff(want, w.query()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestOrdersFilterWhatTheyName shows that the simulator's answer to a filter is
// what the state holds.
func TestOrdersFilterWhatTheyName(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})

	mustRead(t, w, "bss_orders", attributes{"status": str("canceled")}).want(t, map[string]string{
		"order_ids": "1 elements", "order_ids.0": "CS2611220000005", "orders.0.status": "canceled",
	})
	mustRead(t, w, "bss_orders", attributes{"order_type": str("renewal")}).want(t, map[string]string{
		"order_ids": "1 elements", "order_ids.0": "CS2611220000003",
	})
	mustRead(t, w, "bss_orders", attributes{"paid_for_members": tftypes.NewValue(tftypes.Bool, true)}).want(t, map[string]string{
		"order_ids": "0 elements",
	})
}

func TestOrdersRefuseBadArguments(t *testing.T) {
	t.Parallel()

	refusesArguments(t, "bss_orders", map[string]badArguments{
		"unknown status":          {attributes{"status": str("paid")}, "status", "pending_payment"},
		"status without a filter": {attributes{"status": str("pending_refund")}, "status", "pending_payment"},
		"unknown type":            {attributes{"order_type": str("gift")}, "order_type", "renewal"},
		"empty service":           {attributes{"service_type_code": str("")}, "service_type_code", ""},
		"limit of nothing":        {attributes{"limit": num(t, "0")}, "limit", "at least 1"},
		"time without a zone":     {attributes{"created_after": str("2026-01-31T00:00:00")}, "created_after", "RFC"},
		"day for a time":          {attributes{"created_before": str("2026-01-31")}, "created_before", "RFC"},
		"no time at all":          {attributes{"paid_after": str("yesterday")}, "paid_after", "RFC"},
		"day that is none":        {attributes{"paid_before": str("2026-02-30T00:00:00Z")}, "paid_before", "RFC"},
		"creation ends before it begins": {
			attributes{"created_after": str("2026-02-01T00:00:00Z"), "created_before": str("2026-01-31T23:59:59Z")},
			"created_before", "Window ends before it begins",
		},
		"payment ends before it begins": {
			attributes{"paid_after": str("2026-02-01T00:00:00Z"), "paid_before": str("2026-02-01T00:00:00+08:00")},
			"paid_before", "Window ends before it begins",
		},
	})
}

// TestOrdersWindowOfUnknownTimes shows that a window is judged once both of its
// ends are known.
func TestOrdersWindowOfUnknownTimes(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	server, schemas, diags := configured(t, w, nil)

	if diags.failed() {
		t.Fatal(diags)
	}

	typ := schemas.DataSourceSchemas["bss_orders"].ValueType()
	unknown := tftypes.NewValue(tftypes.String, tftypes.UnknownValue)

	for _, arguments := range []attributes{
		{"created_after": unknown, "created_before": str("2026-01-31T00:00:00Z")},
		{"created_after": str("2026-01-31T00:00:00Z"), "created_before": unknown},
		{"paid_after": unknown, "paid_before": unknown, "status": unknown, "order_type": unknown},
	} {
		if diags := validateData(t, server, "bss_orders", dynamic(t, typ, objectOf(t, typ, arguments))); diags.failed() {
			t.Error(diags)
		}
	}
}

func TestOrdersUnknownCodes(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	order := w.placeOrder(map[string]any{"amount": "1.00", "order_type": 99})
	w.console("set_status", map[string]any{"order_id": order, "status": 17})

	mustRead(t, w, "bss_orders", nil).want(t, map[string]string{
		"orders.0.status": "unknown(17)", "orders.0.order_type": "unknown(99)", "totals.0.status": "unknown(17)",
	})
}

func TestOrdersOfACombinedAndADelegatedOrder(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	read := mustRead(t, w, "bss_orders", attributes{"status": str("pending_payment")})

	found := map[string]string{}
	for path, value := range read {
		if strings.HasSuffix(path, ".order_id") && strings.Count(path, ".") == 2 {
			found[value] = strings.TrimSuffix(path, "order_id")
		}
	}

	combined, delegated, plain := found["CS2611220000008"], found["CS2611220000011"], found["CS2611220000001"]
	read.want(t, map[string]string{
		combined + "amount_after_discount":              "100",
		combined + "sub_orders":                         "2 elements",
		combined + "sub_orders.0.order_id":              "CS2611220000009",
		combined + "sub_orders.0.amount_after_discount": "40",
		combined + "sub_orders.1.order_id":              "CS2611220000010",
		combined + "sub_orders.1.amount_after_discount": "60",
		combined + "is_agent_pay":                       "false",
		delegated + "is_agent_pay":                      "true",
		delegated + "paying_agent_id":                   "0f0e0d0c0b0a09080706050403020100",
		plain + "is_agent_pay":                          "false",
		plain + "paying_agent_id":                       "null",
		plain + "sub_orders":                            "0 elements",
	})
}

// TestAccOrdersDeadlines reads the details of the orders that wait for their
// payment, once each, and of no other.
func TestAccOrdersDeadlines(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	w.shows(t, `data "bss_orders" "all" { include_deadlines = true }`, map[string]shown{"data.bss_orders.all": {
		"orders.3.order_id":         "CS2611220000001",
		"orders.3.payment_deadline": w.World().Order("CS2611220000001").Deadline.Format(bssapi.TimeLayout),
		"orders.0.payment_deadline": nil, "orders.1.payment_deadline": nil, "orders.2.payment_deadline": nil,
	}})
	w.readOnly("list_orders", "get_order")

	asked := map[string]bool{}

	for _, request := range w.Requests() {
		if request.Operation == "get_order" {
			asked[w.World().Order(request.OrderID).OrderID] = true
		}
	}

	want := map[string]bool{
		"CS2611220000001": true, "CS2611220000002": true, "CS2611220000003": true, "CS2611220000008": true,
		"CS2611220000011": true, "CS2611220000012": true,
	}
	if diff := cmp.Diff(want, asked); diff != "" {
		t.Error(diff)
	}
}

// TestOrdersDeadlinesOfNone makes no call beside the list.
func TestOrdersDeadlinesOfNone(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	yes := tftypes.NewValue(tftypes.Bool, true)
	mustRead(t, w, "bss_orders", attributes{"include_deadlines": yes, "status": str("completed")}).want(t, map[string]string{
		"total_count": "1", "orders.0.payment_deadline": "null",
	})

	if diff := cmp.Diff([]string{"list_orders"}, w.calls()); diff != "" {
		t.Error(diff)
	}
}

// TestOrdersDeadlinesOrNothing shows no row if one of the details cannot be read.
func TestOrdersDeadlinesOrNothing(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	addFault(t, w, bsssim.Fault{Operation: "get_order", Kind: bsssim.FaultStatusBefore, After: 2, Times: -1, Status: 403, Code: "CBC.0151"})

	read, diags := readData(t, w, "bss_orders", nil, attributes{"include_deadlines": tftypes.NewValue(tftypes.Bool, true)})
	if read != nil {
		t.Error("a part passes for the whole")
	}

	diags.says(t, "", "Could not read the payment deadline of order CS2611220000003", "bss:order:view")
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal_test

import (
	"maps"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// The parts of paths by which calls are tampered with.
const (
	callResources = "/suscriptions/resources/query"
	callPrice     = "/renew-rate"
	callRenew     = "/subscriptions/resources/renew"
	callOrders    = "/v2/orders/customer-orders"
	callDetails   = "/details/"
	callDiscounts = "/order-discounts"
	callPay       = "/v3/orders/customer-orders/pay"
	callCancel    = "/customer-orders/cancel"
)

// server is renewed: it ends at serverEnds, and a month of it costs 60.
const (
	server     = "server"
	serverEnds = "2027-01-31T15:59:59Z"
	renewedTo  = "2027-03-31T15:59:59Z"
)

// account is a simulated account with a server, and what renews it.
type account struct {
	*simtest.Driven

	t       *testing.T
	machine *renewal.Machine
	before  act.Conditions
}

// newAccount starts one, with the settings given by name and value.
func newAccount(t *testing.T, settings ...string) *account {
	t.Helper()

	options := bsssim.Options{Settings: map[string]string{}}
	for i := 0; i+1 < len(settings); i += 2 {
		options.Settings[settings[i]] = settings[i+1]
	}

	return openAccount(t, options)
}

func openAccount(t *testing.T, options bsssim.Options, change ...func(*act.Conditions)) *account {
	t.Helper()

	driven := simtest.Drive(t, time.Date(2026, 12, 1, 4, 0, 0, 0, time.UTC), options)
	a := &account{
		Driven: driven, t: t, before: act.Conditions{Clock: driven.Clock, Timing: act.DefaultTiming(), Locks: &act.Locks{}},
	}

	for _, apply := range change {
		apply(&a.before)
	}

	a.machine = a.another()
	a.Do("set_balance", map[string]any{"amount": "10000.00"})
	a.add(server, nil)

	return a
}

// another is the machine of a further run on the account.
func (a *account) another() *renewal.Machine {
	reader := subscription.NewReader(a.Client, a.Clock, subscription.ReadTiming{Call: time.Minute})

	return renewal.New(a.Client, reader, payment.New(a.Client, a.before), a.before)
}

// add adds a resource that is like the server, but for what is given.
func (a *account) add(id string, but map[string]any) {
	a.t.Helper()

	complete := map[string]any{"resource_id": id, "expire_time": serverEnds, "monthly_price": "60.00"}
	maps.Copy(complete, but)
	a.Do("add_resource", complete)
}

// attach adds a disk that is attached to the server and costs nothing.
func (a *account) attach(but map[string]any) {
	a.t.Helper()

	complete := map[string]any{"parent_resource_id": server, "service_type_code": "hws.service.type.ebs", "monthly_price": "0.00"}
	maps.Copy(complete, but)
	a.add("disk", complete)
}

// orders places an unpaid order at the console that renews a resource for two
// months, unless told otherwise, and returns its id.
func (a *account) orders(id string, but map[string]any) string {
	a.t.Helper()

	complete := map[string]any{"resource_id": id, "period_type": 2, "period_num": 2, "unpaid": true}
	maps.Copy(complete, but)

	order, _ := a.Do("renew", complete)["order_id"].(string)

	return order
}

// place places an order of any kind for the server at the console.
func (a *account) place(but map[string]any) string {
	a.t.Helper()

	complete := map[string]any{"order_type": 3, "amount": "1.00", "resource_ids": []string{server}}
	maps.Copy(complete, but)

	order, _ := a.Do("place_order", complete)["order_id"].(string)

	return order
}

// goal is to keep the server paid through two more months, for 120.
func (a *account) goal(change ...func(*renewal.Goal)) renewal.Goal {
	a.t.Helper()

	goal := renewal.Goal{ResourceID: server, PaidThrough: date(a.t, "2027-03-31"), Unit: renewal.Month, MaxAmount: simtest.Decimal(a.t, "120")}
	for _, apply := range change {
		apply(&goal)
	}

	return goal
}

func (a *account) renew(change ...func(*renewal.Goal)) (renewal.Receipt, []act.Warning, error) {
	a.t.Helper()

	return a.machine.Renew(a.t.Context(), a.goal(change...))
}

func (a *account) quote(change ...func(*renewal.Goal)) (renewal.Quote, error) {
	a.t.Helper()

	return a.machine.Quote(a.t.Context(), a.goal(change...))
}

// sends fails the test unless so many calls of each kind were sent.
func (a *account) sends(renewals, payments, cancellations int) {
	a.t.Helper()

	for operation, want := range map[string]int{
		"renew_resources": renewals, "pay_order": payments, "cancel_order": cancellations,
	} {
		if sent, _ := a.Calls(operation); sent != want {
			a.t.Errorf("%d calls of %s were sent, want %d", sent, operation, want)
		}
	}
}

// unpaid are the orders that wait for their payment.
func (a *account) unpaid() []string {
	var ids []string

	for _, order := range a.World().Orders {
		if order.Status == simtest.Unpaid {
			ids = append(ids, order.OrderID)
		}
	}

	return ids
}

// ends is when the server ends.
func (a *account) ends() string {
	for _, resource := range a.World().Resources {
		if resource.ResourceID == server {
			return resource.ExpireTime.Format(time.RFC3339)
		}
	}

	return ""
}

// expires fails the test unless the server ends then.
func (a *account) expires(want string) {
	a.t.Helper()

	if got := a.ends(); got != want {
		a.t.Errorf("the server ends at %s, want %s", got, want)
	}
}

// onCall does something once: before or after the nth call of the path is handed on.
func (a *account) onCall(part string, nth int, after bool, act func()) {
	a.Wire.On(part, func(n int, deliver func() simtest.Reply) simtest.Reply {
		if n+1 == nth && !after {
			act()
		}

		reply := deliver()

		if n+1 == nth && after {
			act()
		}

		return reply
	})
}

// editRows changes the rows of a list in the answers to a call.
func (a *account) editRows(part, list string, change func(row map[string]any)) {
	a.Edit(part, func(answer map[string]any) {
		for _, row := range simtest.Rows(answer, list) {
			change(row)
		}
	})
}

// editLines changes the lines of orders.
func (a *account) editLines(change func(line map[string]any)) {
	a.editRows(callDetails, "order_line_items", change)
}

// sets is an edit of one field.
func sets(field string, value any) func(map[string]any) {
	return func(object map[string]any) {
		if value == nil {
			delete(object, field)
		} else {
			object[field] = value
		}
	}
}

func date(t *testing.T, text string) renewal.Date {
	t.Helper()

	day, err := renewal.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}

	return day
}

// through changes a goal to another day.
func through(t *testing.T, day string) func(*renewal.Goal) {
	t.Helper()

	return func(goal *renewal.Goal) { goal.PaidThrough = date(t, day) }
}

// most changes the cap of a goal.
func most(t *testing.T, amount string) func(*renewal.Goal) {
	t.Helper()

	return func(goal *renewal.Goal) { goal.MaxAmount = simtest.Decimal(t, amount) }
}

// quoted says what the plan of a goal stated.
func quoted(t *testing.T, amount string) func(*renewal.Goal) {
	t.Helper()

	return func(goal *renewal.Goal) { goal.Quoted = simtest.Decimal(t, amount) }
}

// stated says which order the plan of a goal named.
func stated(order string) func(*renewal.Goal) {
	return func(goal *renewal.Goal) { goal.OrderID = order }
}

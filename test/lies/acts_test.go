// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package lies_test

import (
	"context"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/conversion"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
	"github.com/bss-community/terraform-provider-bss/internal/unsubscription"
)

const (
	server = "server"

	bystander  = "bystander"
	serverEnds = "2027-01-31T15:59:59Z"
)

// account is a simulated account with two servers of different products and two
// unpaid orders that hold neither, and what acts on them in one run.
type account struct {
	*simtest.Driven

	order, other string
	// inDoubt is what the state remembers of turning on.
	inDoubt bool

	payer           *payment.Payer
	renewals        *renewal.Machine
	unsubscriptions *unsubscription.Machine
	conversions     *conversion.Machine
	policies        *expiry.Policies
}

// siteOf is where an act is.
func siteOf(doing string) string {
	if doing == "convert" {
		return bsssim.SiteChina
	}

	return bsssim.SiteInternational
}

func newAccount(t *testing.T, doing string) *account {
	t.Helper()

	driven := simtest.Drive(t, time.Date(2026, 12, 1, 4, 0, 0, 0, time.UTC), bsssim.Options{Site: siteOf(doing)})
	a := &account{Driven: driven}

	a.Do("set_balance", map[string]any{"amount": "10000.00"})

	for id, service := range map[string]string{server: "hws.service.type.ec2", bystander: "hws.service.type.rds"} {
		a.Do("add_resource", map[string]any{
			"resource_id": id, "expire_time": serverEnds, "monthly_price": "60.00", "service_type_code": service,
		})
	}

	place := func() string {
		id, _ := a.Do("place_order", map[string]any{
			"amount": "42.50", "official_amount": "42.50", "order_type": 3, "service_type_code": "hws.service.type.ebs",
			"discounts": []any{map[string]any{"id": "D1", "type": 2, "amount": "2.50", "priced_in": false}},
		})["order_id"].(string)

		return id
	}

	a.order, a.other = place(), place()
	a.run()

	if doing == "turn off" {
		a.Do("set_expire_policy", map[string]any{"resource_id": server, "policy": int(bssapi.ExpirePolicyAutoRenew)})
	}

	return a
}

// run starts another run on the account.
func (a *account) run() {
	timing := act.DefaultTiming()
	conditions := act.Conditions{Clock: a.Clock, Timing: timing, Locks: &act.Locks{}}
	reader := subscription.NewReader(a.Client, a.Clock, subscription.ReadTiming{Call: time.Minute})

	a.payer = payment.New(a.Client, conditions)
	a.renewals = renewal.New(a.Client, reader, a.payer, conditions)
	a.unsubscriptions = unsubscription.New(a.Client, reader, conditions)
	a.conversions = conversion.New(a.Client, reader, conditions)
	a.policies = expiry.New(a.Client, reader, conditions)
}

// deed is one kind of act.
type deed struct {
	// writes is the operation that is sent first, to this end of a path; ends is the
	// one that charges, deletes or sets.
	writes, call, ends string
	do                 func(a *account, ctx context.Context, t *testing.T) error
}

func deeds() map[string]deed {
	const (
		pay, cancel, renew = "/customer-orders/pay", "/customer-orders/cancel", "/resources/renew"
		unsubscribe, turn  = "/resources/unsubscribe", "/autorenew/"
		convert            = "/to-on-demand/instantly"
	)

	return map[string]deed{
		"pay":                 {"pay_order", pay, "pay_order", (*account).pay},
		"pay with a discount": {"pay_order", pay, "pay_order", (*account).payWithDiscount},
		"cancel":              {"cancel_order", cancel, "cancel_order", (*account).cancel},
		"renew":               {"renew_resources", renew, "pay_order", (*account).renew},
		"unsubscribe":         {"unsubscribe_resources", unsubscribe, "unsubscribe_resources", (*account).unsubscribe},
		"convert":             {"convert_to_on_demand_now", convert, "convert_to_on_demand_now", (*account).convert},
		"turn on":             {"enable_auto_renew", turn, "enable_auto_renew", (*account).turnOn},
		"turn off":            {"disable_auto_renew", turn, "disable_auto_renew", (*account).turnOff},
	}
}

func (a *account) pay(ctx context.Context, t *testing.T) error {
	t.Helper()

	_, _, err := a.payer.Pay(ctx, payment.Request{OrderID: a.order, MaxAmount: simtest.Decimal(t, "42.50"), Currency: "USD"})

	return err
}

func (a *account) payWithDiscount(ctx context.Context, t *testing.T) error {
	t.Helper()

	_, _, err := a.payer.Pay(ctx, payment.Request{
		OrderID: a.order, MaxAmount: simtest.Decimal(t, "40.00"), Currency: "USD", DiscountID: "D1",
	})

	return err
}

func (a *account) cancel(ctx context.Context, t *testing.T) error {
	t.Helper()

	return a.payer.Cancel(ctx, a.order)
}

func (a *account) renew(ctx context.Context, t *testing.T) error {
	t.Helper()

	day, err := renewal.ParseDate("2027-03-31")
	if err != nil {
		t.Fatal(err)
	}

	_, _, err = a.renewals.Renew(ctx, renewal.Goal{
		ResourceID: server, PaidThrough: day, Unit: renewal.Month, MaxAmount: simtest.Decimal(t, "120"), Currency: "USD",
		Quoted: simtest.Decimal(t, "120"),
	})

	return err
}

func (a *account) unsubscribe(ctx context.Context, t *testing.T) error {
	t.Helper()

	_, _, err := a.unsubscriptions.Unsubscribe(ctx, unsubscription.Request{
		ResourceID: server, Scope: unsubscription.ResourceAndRenewals, ExpireTime: serverEnds, Deletes: []string{server},
	})

	return err
}

func (a *account) convert(ctx context.Context, t *testing.T) error {
	t.Helper()

	_, _, err := a.conversions.Convert(ctx, conversion.Request{ResourceID: server, ExpireTime: serverEnds, Converts: []string{server}})

	return err
}

func (a *account) turnOn(ctx context.Context, t *testing.T) error {
	t.Helper()

	times := 2

	outcome, _, err := a.policies.Set(ctx, expiry.Setting{
		ResourceID: server, Want: expiry.WantAutoRenew, Times: &times, ExpireTime: serverEnds, InDoubt: a.inDoubt,
	})
	if a.inDoubt = err == nil && outcome.InDoubt; a.inDoubt {
		return errInDoubt
	}

	return err
}

func (a *account) turnOff(ctx context.Context, t *testing.T) error {
	t.Helper()

	_, _, err := a.policies.Set(ctx, expiry.Setting{ResourceID: server, Want: expiry.WantNoAutoRenew})

	return err
}

// timeout is how long an act may take, by the clock of the test.
const timeout = 10 * time.Minute

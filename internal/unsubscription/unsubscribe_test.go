// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package unsubscription_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
	"github.com/bss-community/terraform-provider-bss/internal/unsubscription"
)

var whole = unsubscription.Request{ResourceID: serverID, Scope: unsubscription.ResourceAndRenewals, ExpireTime: renewed}

// compare compares amounts by their values.
var compare = cmp.Comparer(func(a, b bssapi.Decimal) bool { return a.String() == b.String() })

func summaries(warnings []act.Warning) string {
	var all []string
	for _, warning := range warnings {
		all = append(all, warning.Summary)
	}

	return strings.Join(all, "; ")
}

func TestUnsubscribe(t *testing.T) {
	t.Parallel()

	f := newFake()
	f.unsubscribe = accepts("CS1")
	f.refunds = []bssapi.Refund{
		{ID: "1", Amount: simtest.Decimal(t, "-36.005")},
		{ID: "2", Amount: simtest.Decimal(t, "3.6")},
		{ID: "3", Amount: simtest.Decimal(t, "-0.005")},
	}

	req := whole
	req.Reason = "moved"

	receipt, warnings, err := f.machine(t).Unsubscribe(t.Context(), req)
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}

	if diff := cmp.Diff(unsubscription.Receipt{
		ResourceID: serverID, Scope: unsubscription.ResourceAndRenewals, Status: unsubscription.StatusUnsubscribed, OrderID: "CS1",
		RefundAmount: simtest.Decimal(t, "32.410"), Currency: "USD", Before: renewed, ExpireTime: renewed,
	}, receipt, compare); diff != "" {
		t.Error(diff)
	}

	if diff := cmp.Diff([]bssapi.UnsubscribeResourcesRequest{{
		ResourceIDs: []string{serverID}, Type: bssapi.UnsubscribeAll, ReasonType: bssapi.UnsubscribeReasonOther, Reason: "moved",
	}}, f.sent); diff != "" {
		t.Error(diff)
	}

	if diff := cmp.Diff([]string{"resources", "orders", "unsubscribe", "resources", "orders CS1", "refund"}, f.calls); diff != "" {
		t.Error(diff)
	}
}

// Answers of HTTP 200 that do not plainly say what was done.
func TestAnswersInside(t *testing.T) {
	t.Parallel()

	failed := func(id, code string) map[string]any {
		return map[string]any{"resource_id": id, "error_code": code, "error_msg": "no"}
	}

	for name, test := range map[string]struct {
		body    map[string]any
		acts    bool
		doubt   bool
		refusal string
		warning string
	}{
		"refused": {
			body:    map[string]any{"order_ids": []string{}, "fail_resource_infos": []any{failed(serverID, "CBC.99003649")}},
			refusal: "Product cannot be unsubscribed",
		},
		"in progress": {
			body:  map[string]any{"fail_resource_infos": []any{failed(serverID, "CBC.3144")}},
			doubt: true,
		},
		"failure and order": {
			body:  map[string]any{"order_ids": []string{"CS1"}, "fail_resource_infos": []any{failed(serverID, "CBC.99003649")}},
			doubt: true,
		},
		"failure of another alone": {
			body:  map[string]any{"fail_resource_infos": []any{failed("disk", "CBC.99003649")}},
			doubt: true,
		},
		"failure and order, done": {
			body: map[string]any{"order_ids": []string{"CS1"}, "fail_resource_infos": []any{failed(serverID, "CBC.99003649")}},
			acts: true, warning: "Order of the unsubscription is not known",
		},
		"nothing":       {body: map[string]any{}, doubt: true},
		"nothing, done": {body: map[string]any{}, acts: true, warning: "Order of the unsubscription is not known"},
		"disk stays": {
			body: map[string]any{"order_ids": []string{"CS1"}, "fail_resource_infos": []any{failed("disk", "CBC.99003649")}},
			acts: true, warning: "Another resource was not unsubscribed",
		},
		"two orders": {body: map[string]any{"order_ids": []string{"CS1", "CS2"}}, acts: true, warning: "Unsubscription has several orders"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			f := newFake()
			f.unsubscribe = func(f *fakeBilling) (int, any) {
				if test.acts {
					f.close()
				}

				return http.StatusOK, test.body
			}

			machine := f.machine(t)
			_, warnings, err := machine.Unsubscribe(t.Context(), whole)

			var (
				doubt   *act.Doubt
				refusal *act.Refusal
			)

			switch {
			case test.doubt != errors.As(err, &doubt):
				t.Errorf("want doubt %t, got %v", test.doubt, err)
			case errors.As(err, &refusal) != (test.refusal != "") || refusal != nil && refusal.Summary != test.refusal:
				t.Errorf("want the refusal %q, got %v", test.refusal, err)
			case test.acts && (err != nil || !strings.Contains(summaries(warnings), test.warning)):
				t.Errorf("want the warning %q, got %q, %v", test.warning, summaries(warnings), err)
			}

			// What is in doubt, or done, is not sent again by the same run.
			_, _, again := machine.Unsubscribe(t.Context(), whole)
			if want := map[bool]int{true: 2, false: 1}[test.refusal != ""]; f.unsubscribes() != want {
				t.Errorf("%d calls, want %d", f.unsubscribes(), want)
			}

			if (again != nil) != (err != nil) {
				t.Errorf("%v, and then %v", err, again)
			}
		})
	}
}

// The order of a lost answer is named only where there is exactly one.
func TestOrderOfALostAnswer(t *testing.T) {
	t.Parallel()

	other := unsubscriptionOrder("CS8", bssapi.OrderStatusCompleted, now)
	other.ServiceTypeCode = "rds"

	for name, test := range map[string]struct {
		orders []bssapi.Order
		want   string
	}{
		"none": {},
		"one":  {[]bssapi.Order{unsubscriptionOrder("CS1", bssapi.OrderStatusCompleted, now)}, "CS1"},
		"two": {
			[]bssapi.Order{unsubscriptionOrder("CS1", bssapi.OrderStatusCompleted, now),
				unsubscriptionOrder("CS2", bssapi.OrderStatusCompleted, now)}, "",
		},
		"one, and another service": {[]bssapi.Order{unsubscriptionOrder("CS1", bssapi.OrderStatusCompleted, now), other}, "CS1"},
		"one, and a canceled one": {
			[]bssapi.Order{unsubscriptionOrder("CS1", bssapi.OrderStatusCompleted, now),
				unsubscriptionOrder("CS2", bssapi.OrderStatusCanceled, now)}, "CS1",
		},
		"a purchase": {[]bssapi.Order{{OrderID: "CS3", OrderType: bssapi.OrderTypeNew, CreateTime: now}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			f := newFake()
			f.refunds = []bssapi.Refund{{ID: "1", Amount: simtest.Decimal(t, "-5")}}
			f.unsubscribe = func(f *fakeBilling) (int, any) {
				f.close()
				f.orders = test.orders

				return http.StatusInternalServerError, refusal("CBC.0999")
			}

			receipt, warnings, err := f.machine(t).Unsubscribe(t.Context(), whole)
			if err != nil || receipt.Status != unsubscription.StatusUnsubscribed || receipt.OrderID != test.want {
				t.Errorf("%+v, %v", receipt, err)
			}

			if lost := test.want == ""; strings.Contains(summaries(warnings), "not known") != lost || receipt.RefundAmount.IsNull() != lost {
				t.Errorf("%q, refund %s", summaries(warnings), receipt.RefundAmount)
			}
		})
	}
}

// Orders that are carried out are waited for; what is over, canceled, of another
// service or refunded slowly is not.
func TestOthersUnderWay(t *testing.T) {
	t.Parallel()

	const hourAgo = "2026-11-22T11:00:00Z"

	other := unsubscriptionOrder("CS9", bssapi.OrderStatusProcessing, now)
	other.ServiceTypeCode = "rds"

	for name, test := range map[string]struct {
		order bssapi.Order
		waits bool
	}{
		"processing":         {unsubscriptionOrder("CS9", bssapi.OrderStatusProcessing, hourAgo), true},
		"pending approval":   {unsubscriptionOrder("CS9", bssapi.OrderStatusPendingApproval, hourAgo), true},
		"unknown status":     {unsubscriptionOrder("CS9", 17, hourAgo), true},
		"refunding, new":     {unsubscriptionOrder("CS9", bssapi.OrderStatusPendingRefund, now), true},
		"refunding, old":     {unsubscriptionOrder("CS9", bssapi.OrderStatusPendingRefund, hourAgo), false},
		"refunding, no time": {unsubscriptionOrder("CS9", bssapi.OrderStatusPendingRefund, ""), true},
		"completed":          {unsubscriptionOrder("CS9", bssapi.OrderStatusCompleted, now), false},
		"canceled":           {unsubscriptionOrder("CS9", bssapi.OrderStatusCanceled, now), false},
		"of another service": {other, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			f := newFake()
			f.orders = []bssapi.Order{test.order}
			f.unsubscribe = accepts("CS1")

			ctx, cancel := f.clock.Within(t.Context(), time.Minute)
			defer cancel()

			_, _, err := f.machine(t).Unsubscribe(ctx, whole)

			if !test.waits {
				if err != nil || f.unsubscribes() != 1 {
					t.Errorf("%d calls, %v", f.unsubscribes(), err)
				}

				return
			}

			var refusal *act.Refusal
			if !errors.As(err, &refusal) || !strings.Contains(refusal.Detail, "CS9") || f.unsubscribes() != 0 {
				t.Errorf("%d calls, %v", f.unsubscribes(), err)
			}
		})
	}
}

// An interruption before the act sends nothing; one after it stops nothing.
func TestInterrupted(t *testing.T) {
	t.Parallel()

	ctx, cancel := context.WithCancel(t.Context())

	f := newFake()
	f.unsubscribe = func(f *fakeBilling) (int, any) {
		cancel()

		return accepts("CS1")(f)
	}

	receipt, _, err := f.machine(t).Unsubscribe(ctx, whole)
	if err != nil || receipt.Status != unsubscription.StatusUnsubscribed {
		t.Errorf("interrupted while it was sent: %+v, %v", receipt, err)
	}

	before := newFake()
	if _, _, err := before.machine(t).Unsubscribe(ctx, whole); !errors.Is(err, context.Canceled) || before.unsubscribes() != 0 {
		t.Errorf("interrupted before: %d calls, %v", before.unsubscribes(), err)
	}

	guarded, stop := context.WithCancel(t.Context())

	late := newFake()
	machine := late.machine(t, ofAccount(func(context.Context, string) error {
		stop()

		return nil
	}))

	if _, _, err := machine.Unsubscribe(guarded, whole); !errors.Is(err, context.Canceled) || late.unsubscribes() != 0 {
		t.Errorf("interrupted after the looks: %d calls, %v", late.unsubscribes(), err)
	}
}

// The account is checked right before the act, without the id of one.
func TestGuard(t *testing.T) {
	t.Parallel()

	f := newFake()
	asked := []string{}
	machine := f.machine(t, ofAccount(func(_ context.Context, account string) error {
		asked = append(asked, account)

		return errors.New("not this one")
	}))

	_, _, err := machine.Unsubscribe(t.Context(), whole)
	_, quoteErr := machine.Quote(t.Context(), whole)

	for _, err := range []error{err, quoteErr} {
		var refusal *act.Refusal
		if !errors.As(err, &refusal) || refusal.Summary != "Account is not allowed" {
			t.Error(err)
		}
	}

	if diff := cmp.Diff([]string{"", ""}, asked); diff != "" || f.unsubscribes() != 0 {
		t.Errorf("%d calls: %s", f.unsubscribes(), diff)
	}

	// What is done needs nobody's leave.
	f.close()

	if _, err := machine.Quote(t.Context(), whole); err != nil {
		t.Error(err)
	}
}

// A look before an act is no answer that was read before it was asked for, and
// neither is one after it, whenever the whole account was read.
func TestLooksAreFresh(t *testing.T) {
	t.Parallel()

	const before, meanwhile = "read before, closed since", "read while it is sent"

	for _, name := range []string{before, "read before, closed by the act", meanwhile} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			f := newFake()
			for i := range 150 {
				f.resources = append(f.resources, bssapi.Resource{
					ID: fmt.Sprint("record-", i), ResourceID: fmt.Sprint("other-", i), Status: bssapi.ResourceStatusInUse, ExpireTime: expires,
				})
			}

			machine, reader := f.machineAndReader(t)

			f.unsubscribe = func(f *fakeBilling) (int, any) {
				if name == meanwhile {
					f.mu.Unlock()
					readAccount(t, f, reader)
					f.mu.Lock()
				}

				return accepts("CS1")(f)
			}

			if name != meanwhile {
				readAccount(t, f, reader)
			}

			if name == before {
				f.close()
			}

			receipt, _, err := machine.Unsubscribe(t.Context(), whole)
			if err != nil || receipt.Status != unsubscription.StatusUnsubscribed || (f.unsubscribes() == 0) != (name == before) {
				t.Errorf("%+v, %d calls, %v", receipt, f.unsubscribes(), err)
			}
		})
	}
}

// readAccount makes the reader read every resource, and so keep what it read.
func readAccount(t *testing.T, f *fakeBilling, reader *subscription.Reader) {
	t.Helper()

	var group sync.WaitGroup

	for _, resource := range f.resources {
		group.Go(func() {
			if _, err := reader.Get(t.Context(), resource.ResourceID); err != nil {
				t.Error(err)
			}
		})
	}

	group.Wait()

	read := len(f.calls)
	if _, err := reader.Get(t.Context(), serverID); err != nil || len(f.calls) != read {
		t.Errorf("nothing was kept that could be mistaken for the truth: %d calls, then %d, %v", read, len(f.calls), err)
	}
}

// "Gone", while the resource shows as it was, can be the effect of the call.
func TestGoneIsADoubt(t *testing.T) {
	t.Parallel()

	for _, code := range []string{"CBC.30000067", "CBC.99003012", "CBC.99003631", "CBC.3124", "CBC.99003651", "CBC.99003144"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()

			f := newFake()
			f.unsubscribe = func(*fakeBilling) (int, any) { return http.StatusBadRequest, refusal(code) }
			machine := f.machine(t)

			for range 2 {
				var doubt *act.Doubt
				if _, _, err := machine.Unsubscribe(t.Context(), whole); !errors.As(err, &doubt) || f.unsubscribes() != 1 {
					t.Errorf("%d calls, %v", f.unsubscribes(), err)
				}
			}

			// Once it shows, it is done.
			f.close()

			if receipt, _, err := machine.Unsubscribe(
				t.Context(),
				whole,
			); err != nil || receipt.Status != unsubscription.StatusUnsubscribed ||
				f.unsubscribes() != 1 {
				t.Errorf("%+v, %d calls, %v", receipt, f.unsubscribes(), err)
			}
		})
	}
}

// Two resources of one service whose answers are lost at the same time get each
// its own order.
func TestTwinsInDoubt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		twin := f.resources[0]
		twin.ID, twin.ResourceID = "record-2", "twin"
		f.resources = append(f.resources, twin)

		f.unsubscribe = func(f *fakeBilling) (int, any) {
			id := f.sent[len(f.sent)-1].ResourceIDs[0]

			// Both calls are under way at once, if they can be.
			for range 50 {
				f.mu.Unlock()
				simtest.Wait(t, time.Second)
				f.mu.Lock()

				if len(f.sent) == 2 {
					break
				}
			}

			for i := range f.resources {
				if f.resources[i].ResourceID == id {
					f.resources[i].Status = bssapi.ResourceStatusClosed
				}
			}

			f.orders = append(f.orders, unsubscriptionOrder("CS-"+id, bssapi.OrderStatusCompleted, now))

			// And both orders are there before either is answered.
			f.mu.Unlock()
			simtest.Wait(t, 2*time.Second)
			f.mu.Lock()

			return http.StatusInternalServerError, refusal("CBC.0999")
		}

		machine := f.machine(t)

		var group sync.WaitGroup

		for _, id := range []string{serverID, "twin"} {
			group.Go(func() {
				receipt, _, err := machine.Unsubscribe(t.Context(), unsubscription.Request{ResourceID: id, Scope: unsubscription.ResourceAndRenewals})
				if err != nil || receipt.OrderID != "CS-"+id {
					t.Errorf("%s: %+v, %v", id, receipt, err)
				}
			})
		}

		group.Wait()
	})
}

// What the end of the term says about what was planned.
func TestFence(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		scope   unsubscription.Scope
		planned string
		status  string
		calls   int
	}{
		"as planned":                   {unsubscription.RenewalsOnly, renewed, unsubscription.StatusCompleted, 1},
		"nothing planned":              {unsubscription.RenewalsOnly, "", unsubscription.StatusCompleted, 1},
		"renewed since":                {unsubscription.RenewalsOnly, expires, "", 0},
		"renewed since, everything":    {unsubscription.ResourceAndRenewals, expires, "", 0},
		"moved back since":             {unsubscription.RenewalsOnly, "2027-02-22T15:59:59Z", unsubscription.StatusCompleted, 0},
		"moved back since, everything": {unsubscription.ResourceAndRenewals, "2027-02-22T15:59:59Z", "", 0},
		"no time":                      {unsubscription.RenewalsOnly, "soon", "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			f := newFake()
			f.unsubscribe = func(f *fakeBilling) (int, any) {
				f.resources[0].ExpireTime = expires

				return http.StatusOK, map[string]any{"order_ids": []string{"CS1"}}
			}

			receipt, _, err := f.machine(t).Unsubscribe(t.Context(),
				unsubscription.Request{ResourceID: serverID, Scope: test.scope, ExpireTime: test.planned})
			if receipt.Status != test.status || (err != nil) != (test.status == "") || f.unsubscribes() != test.calls {
				t.Errorf("%+v, %d calls, %v", receipt, f.unsubscribes(), err)
			}
		})
	}
}

// A call that the API throttled is tried again, each time after the resource has shown
// itself untouched for as long as an effect may take to show.
func TestThrottled(t *testing.T) {
	t.Parallel()

	f := newFake()
	f.unsubscribe = func(*fakeBilling) (int, any) { return http.StatusTooManyRequests, refusal("APIG.0308") }

	_, _, err := f.machine(t).Unsubscribe(t.Context(), whole)

	var refusal *act.Refusal
	if !errors.As(err, &refusal) || !errors.Is(err, bssapi.ErrThrottled) {
		t.Error(err)
	}

	attempts, looks := 0, 0

	for _, call := range f.calls {
		switch call {
		case "unsubscribe":
			if attempts++; attempts > 1 && looks < 3 {
				t.Errorf("attempt %d came after %d looks", attempts, looks)
			}

			looks = 0
		case "resources":
			looks++
		}
	}

	if attempts != act.DefaultTiming().Attempts || looks < 3 {
		t.Errorf("%d attempts, %d looks after the last", attempts, looks)
	}
}

// What became of an unsubscription, by what the resource and the order show.
func TestRefresh(t *testing.T) {
	t.Parallel()

	const longAgo = "2026-11-20T00:00:00Z"

	for name, test := range map[string]struct {
		scope    unsubscription.Scope
		resource func(*fakeBilling)
		order    *bssapi.Order
		want     string
		unknown  bool
	}{
		"closed":           {scope: unsubscription.ResourceAndRenewals, resource: (*fakeBilling).close, want: "unsubscribed"},
		"renewals, closed": {scope: unsubscription.RenewalsOnly, resource: (*fakeBilling).close, want: "unsubscribed"},
		"renewals, moved back": {
			scope: unsubscription.RenewalsOnly, resource: func(f *fakeBilling) { f.resources[0].ExpireTime = expires }, want: "completed",
		},
		"everything, moved back": {
			scope: unsubscription.ResourceAndRenewals, resource: func(f *fakeBilling) { f.resources[0].ExpireTime = expires }, want: "processing",
		},
		"no order shows": {scope: unsubscription.ResourceAndRenewals, want: "processing"},
		"order completed": {
			scope: unsubscription.ResourceAndRenewals, order: order(bssapi.OrderStatusCompleted, now), want: "processing",
		},
		"order completed long ago": {
			scope: unsubscription.ResourceAndRenewals, order: order(bssapi.OrderStatusCompleted, longAgo), want: "unsubscribed",
		},
		"renewals, long ago": {scope: unsubscription.RenewalsOnly, order: order(bssapi.OrderStatusCompleted, longAgo), want: "completed"},
		"processing long ago": {
			scope: unsubscription.ResourceAndRenewals, order: order(bssapi.OrderStatusProcessing, longAgo), want: "processing",
		},
		"order canceled": {scope: unsubscription.ResourceAndRenewals, order: order(bssapi.OrderStatusCanceled, now), want: "canceled"},
		"forgotten": {
			scope: unsubscription.ResourceAndRenewals, resource: forgotten, order: order(bssapi.OrderStatusCompleted, now), want: "unsubscribed",
		},
		"forgotten, processing": {
			scope: unsubscription.ResourceAndRenewals, resource: forgotten, order: order(bssapi.OrderStatusProcessing, now), want: "processing",
			unknown: true,
		},
		"forgotten, other account": {scope: unsubscription.ResourceAndRenewals, resource: forgotten, want: "processing", unknown: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			f := newFake()
			if test.resource != nil {
				test.resource(f)
			}

			if test.order != nil {
				f.orders = []bssapi.Order{*test.order}
			}

			got, _, err := f.machine(t).Refresh(t.Context(), unsubscription.Receipt{
				ResourceID: serverID, Scope: test.scope, Status: unsubscription.StatusProcessing, OrderID: "CS1", Before: renewed, ExpireTime: renewed,
			})
			if got.Status != test.want || errors.Is(err, subscription.ErrUnknown) != test.unknown || err != nil && !test.unknown {
				t.Errorf("%+v, %v", got, err)
			}

			if f.unsubscribes() != 0 {
				t.Error("it acted")
			}
		})
	}
}

func order(status bssapi.OrderStatus, created string) *bssapi.Order {
	found := unsubscriptionOrder("CS1", status, created)

	return &found
}

func forgotten(f *fakeBilling) { f.resources = nil }

// A finished one stays as it is, and only its refund is still asked for.
func TestRefreshFinished(t *testing.T) {
	t.Parallel()

	f := newFake()
	prior := unsubscription.Receipt{
		ResourceID: serverID, Scope: unsubscription.RenewalsOnly, Status: unsubscription.StatusCompleted, Before: renewed, ExpireTime: expires,
	}

	got, warnings, err := f.machine(t).Refresh(t.Context(), prior)
	if got.Status != unsubscription.StatusCompleted || got.ExpireTime != renewed || len(warnings) > 0 || err != nil {
		t.Errorf("renewed again: %+v, %q, %v", got, summaries(warnings), err)
	}

	if diff := cmp.Diff([]string{"resources"}, f.calls); diff != "" {
		t.Error(diff)
	}

	// The refund comes later.
	f.orders = []bssapi.Order{*order(bssapi.OrderStatusCompleted, now)}
	prior.OrderID = "CS1"

	for _, code := range []string{"CBC.99005026", "CBC.0151"} {
		f.refundStatus, f.refundCode = http.StatusBadRequest, code

		got, warnings, err = f.machine(t).Refresh(t.Context(), prior)
		if err != nil || summaries(warnings) != "Refund cannot be read yet" || !got.RefundAmount.IsNull() ||
			!strings.Contains(warnings[0].Detail, code) {
			t.Errorf("%s: %+v, %q, %v", code, got, summaries(warnings), err)
		}
	}

	f.refundStatus = 0

	got, warnings, err = f.machine(t).Refresh(t.Context(), prior)
	if err != nil || summaries(warnings) != "Refund cannot be read yet" || !got.RefundAmount.IsNull() {
		t.Errorf("no amounts: %+v, %q, %v", got, summaries(warnings), err)
	}

	f.refunds = []bssapi.Refund{{ID: "1", Amount: simtest.Decimal(t, "-5"), MeasureID: "3"}}

	if got, _, err := f.machine(t).Refresh(t.Context(), prior); err != nil || !got.RefundAmount.IsNull() {
		t.Errorf("a refund in another unit: %+v, %v", got, err)
	}

	f.refunds = []bssapi.Refund{{ID: "1", Amount: simtest.Decimal(t, "0.00"), MeasureID: "1"}}

	got, warnings, err = f.machine(t).Refresh(t.Context(), prior)
	if err != nil || len(warnings) > 0 || got.RefundAmount.IsNull() || got.RefundAmount.Sign() != 0 || got.Currency != "USD" {
		t.Errorf("nothing given back: %+v, %q, %v", got, summaries(warnings), err)
	}
}

func TestFinish(t *testing.T) {
	t.Parallel()

	f := newFake()
	f.orders = []bssapi.Order{*order(bssapi.OrderStatusProcessing, now)}
	machine := f.machine(t)
	receipt := unsubscription.Receipt{
		ResourceID: serverID, Scope: unsubscription.ResourceAndRenewals, Status: unsubscription.StatusProcessing, OrderID: "CS1", Before: renewed,
	}

	ctx, cancel := f.clock.Within(t.Context(), time.Hour)
	defer cancel()

	if got, warnings := machine.Finish(
		ctx,
		receipt,
	); !got.Unfinished() ||
		summaries(warnings) != "Unsubscription is accepted, but not carried out yet" {
		t.Errorf("%+v, %q", got, summaries(warnings))
	}

	f.orders[0].Status = bssapi.OrderStatusCanceled

	if got, warnings := machine.Finish(
		t.Context(),
		receipt,
	); got.Status != unsubscription.StatusCanceled ||
		summaries(warnings) != "Unsubscription was canceled" {
		t.Errorf("%+v, %q", got, summaries(warnings))
	}
}

func TestQuote(t *testing.T) {
	t.Parallel()

	attached := 0

	for name, test := range map[string]struct {
		change func(*fakeBilling)
		scope  unsubscription.Scope
		says   []string
		not    string
	}{
		"everything": {scope: unsubscription.ResourceAndRenewals, says: []string{"Resource will be deleted", `server ("web", ec2)`, "in 61 days", "cannot be undone", "disk"}, not: "gone-disk"},
		"renewals": {
			scope: unsubscription.RenewalsOnly, says: []string{"Renewed terms will be given back", "The resource stays", renewed}, not: "disk",
		},
		"today": {
			change: func(f *fakeBilling) { f.resources[0].ExpireTime = "2026-11-22T15:59:59Z" },
			scope:  unsubscription.ResourceAndRenewals, says: []string{"in less than a day"},
		},
		"tomorrow": {
			change: func(f *fakeBilling) { f.resources[0].ExpireTime = "2026-11-23T15:59:59Z" },
			scope:  unsubscription.ResourceAndRenewals, says: []string{"in 1 day)"},
		},
		"expired": {
			change: func(f *fakeBilling) {
				f.resources[0].ExpireTime, f.resources[0].Status = "2026-11-20T15:59:59Z", bssapi.ResourceStatusExpired
			},
			scope: unsubscription.ResourceAndRenewals, says: []string{"over already", "which is expired"},
		},
		"closed": {
			change: (*fakeBilling).close, scope: unsubscription.ResourceAndRenewals, says: []string{"Resource is closed already", "unsubscribes " +
				"nothing"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			f := newFake()
			for i, id := range []string{"disk", "gone-disk"} {
				f.resources = append(f.resources, bssapi.Resource{
					ID: fmt.Sprint("record-", i), ResourceID: id, ParentResourceID: serverID, IsMainResource: &attached,
					Status: bssapi.ResourceStatusInUse + bssapi.ResourceStatus(i), ExpireTime: renewed,
				})
			}

			if test.change != nil {
				test.change(f)
			}

			quote, err := f.machine(t).Quote(t.Context(), unsubscription.Request{ResourceID: serverID, Scope: test.scope})
			if err != nil || len(quote.Warnings) != 1 || quote.ExpireTime != f.resources[0].ExpireTime || quote.Done != (name == "closed") {
				t.Fatalf("%+v, %v", quote, err)
			}

			said := quote.Warnings[0].Summary + " " + quote.Warnings[0].Detail
			for _, words := range test.says {
				if !strings.Contains(said, words) {
					t.Errorf("it does not say %q: %s", words, said)
				}
			}

			if test.not != "" && strings.Contains(said, test.not) {
				t.Errorf("it says %q: %s", test.not, said)
			}
		})
	}
}

// ofAccount asks for the account behind the credentials.
func ofAccount(account func(context.Context, string) error) func(*act.Conditions) {
	return func(c *act.Conditions) { c.Account = account }
}

// What an error says, and what is behind it.
func TestDoubt(t *testing.T) {
	t.Parallel()

	cause, look := errors.New("cut off"), errors.New("no answer")
	doubt := &act.Doubt{
		Doing: act.DoingUnsubscription, Subject: act.Resource(serverID), Err: cause, LookErr: look, Orders: []string{"CS1", "CS2"},
	}

	said := doubt.Error()

	for _, words := range []string{serverID, "sent once", "cut off", "no answer", "CS1 or CS2"} {
		if !strings.Contains(said, words) {
			t.Errorf("it does not say %q: %s", words, said)
		}
	}

	if !errors.Is(doubt, cause) || !errors.Is(doubt, look) {
		t.Error("the causes are lost")
	}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"errors"
	"slices"
	"strconv"
	"testing"
)

func TestRenewResources(t *testing.T) {
	t.Parallel()
	fake := always(200, filled(t, "renew_resources"))
	c, _ := newTestClient(t, fake)
	got, err := c.RenewResources(
		t.Context(),
		RenewResourcesRequest{ResourceIDs: []string{"r1", "r2", "r3"}, PeriodType: PeriodTypeMonth, PeriodNum: 11},
	)
	if err != nil || !slices.Equal(got.OrderIDs, []string{"CS1", "CS2"}) || len(got.FailResourceInfos) != 1 {
		t.Fatalf("got %+v, %v", got, err)
	}
	failure := got.Failure("r3")
	if !errors.Is(failure, CodeResourceInUnpaidOrder) || errors.Is(failure, CodeOrderInProgress) || NotDone(failure) {
		t.Errorf("got %v", failure)
	}
	if err := got.Failure("r1"); err != nil {
		t.Errorf("what was ordered failed: %v", err)
	}
	// Automatic payment would pay what nobody has looked at; it is refused in so
	// many words, not left to a default.
	const body = `{"resource_ids":["r1","r2","r3"],"period_type":2,"period_num":11,"is_auto_pay":0}`
	if sent := fake.requests()[0].body; sent != body {
		t.Errorf("body %s, want %s", sent, body)
	}
}

// TestActsAreSentOnce: whatever the answer, an act is not sent again.
func TestActsAreSentOnce(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]struct {
		status int
		body   string
	}{
		"throttled":                  {429, `{"error_code":"APIG.0308","error_msg":"x"}`},
		"server error":               {500, `{"error_code":"CBC.0999","error_msg":"x"}`},
		"bad gateway":                {502, `<html>`},
		"neither order nor failure":  {200, `{"order_ids":[]}`},
		"no content":                 {204, ``},
		"error inside success":       {200, `{"error_code":"CBC.3144","error_msg":"x"}`},
		"in an unpaid order":         {400, `{"error_code":"CBC.99003100","error_msg":"x"}`},
		"something that is not JSON": {200, `{"order_ids":["CS`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := always(answer.status, answer.body)
			c, _ := newTestClient(t, fake)
			got, err := c.RenewResources(t.Context(), RenewResourcesRequest{ResourceIDs: []string{"r"}, PeriodType: PeriodTypeYear, PeriodNum: 1})
			if err == nil || got != nil {
				t.Errorf("renewal: got %+v, %v", got, err)
			}
			got, err = c.UnsubscribeResources(t.Context(), UnsubscribeResourcesRequest{ResourceIDs: []string{"r"}, Type: UnsubscribeAll})
			if err == nil || got != nil {
				t.Errorf("unsubscription: got %+v, %v", got, err)
			}
			if n := len(fake.requests()); n != 2 {
				t.Errorf("%d requests were sent for two calls", n)
			}
			if NotDone(err) != (answer.status == 429) {
				t.Errorf("NotDone(%v) is %t", err, NotDone(err))
			}
		})
	}
}

func TestActsRefuseWhatTheyCannotSend(t *testing.T) {
	t.Parallel()
	many := make([]string, 11)
	for i := range many {
		many[i] = strconv.Itoa(i)
	}
	fake := always(200, filled(t, "renew_resources"))
	c, _ := newTestClient(t, fake)
	for _, ids := range [][]string{nil, {}, {""}, {"a", "a"}, many} {
		_, err := c.RenewResources(t.Context(), RenewResourcesRequest{ResourceIDs: ids, PeriodType: PeriodTypeMonth, PeriodNum: 1})
		if !NotDone(err) {
			t.Errorf("renewing %q: %v", ids, err)
		}
		if _, err = c.UnsubscribeResources(t.Context(), UnsubscribeResourcesRequest{ResourceIDs: ids, Type: UnsubscribeAll}); !NotDone(err) {
			t.Errorf("unsubscribing %q: %v", ids, err)
		}
	}
	for _, period := range [][2]int{{PeriodTypeMonth, 0}, {PeriodTypeMonth, 12}, {PeriodTypeYear, 4}, {PeriodTypeYear, -1}, {0, 1}, {4, 1}} {
		_, err := c.RenewResources(t.Context(), RenewResourcesRequest{ResourceIDs: []string{"r"}, PeriodType: period[0], PeriodNum: period[1]})
		if !NotDone(err) {
			t.Errorf("renewing for %v: %v", period, err)
		}
	}
	for _, kind := range []UnsubscribeType{0, 3} {
		if _, err := c.UnsubscribeResources(t.Context(), UnsubscribeResourcesRequest{ResourceIDs: []string{"r"}, Type: kind}); !NotDone(err) {
			t.Errorf("unsubscribing %d: %v", kind, err)
		}
	}
	if n := len(fake.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestUnsubscribeResources(t *testing.T) {
	t.Parallel()
	fake := always(200, filled(t, "unsubscribe_resources"))
	c, _ := newTestClient(t, fake)
	_, err := c.UnsubscribeResources(t.Context(), UnsubscribeResourcesRequest{
		ResourceIDs: []string{"r1"}, Type: UnsubscribeRenewals, ReasonType: UnsubscribeReasonOther, Reason: "project ended",
	})
	if err != nil {
		t.Fatal(err)
	}
	const body = `{"resource_ids":["r1"],"unsubscribe_type":2,"unsubscribe_reason_type":5,"unsubscribe_reason":"project ended"}`
	if sent := fake.requests()[0].body; sent != body {
		t.Errorf("body %s, want %s", sent, body)
	}
}

func TestGetRefundOrder(t *testing.T) {
	t.Parallel()
	fake := always(200, filled(t, "get_refund_order"))
	c, _ := newTestClient(t, fake)
	got, err := c.GetRefundOrder(t.Context(), "CS1")
	if err != nil || len(got) != 1 || got[0].Amount.String() != "-12.34" || got[0].BaseOrderID != "CS0" {
		t.Fatalf("got %+v, %v", got, err)
	}
	c, _ = newTestClient(t, always(200, `{"total_count":2,"refund_infos":[{"amount":-1}]}`))
	if _, err := c.GetRefundOrder(t.Context(), "CS1"); !errors.Is(err, ErrIncomplete) {
		t.Errorf("a part of the amounts: %v", err)
	}
	c, _ = newTestClient(t, always(400, `{"error_code":"CBC.99005026","error_msg":"x"}`))
	if _, err := c.GetRefundOrder(t.Context(), "CS1"); !errors.Is(err, CodeNoRefundOrder) {
		t.Errorf("an order of another type: %v", err)
	}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package conversion_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/conversion"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// TestUnderWay: while a conversion is not over that may be of the resource, nothing is
// sent; what is certainly of another one does not stand in the way, and what the API
// shows to be its own is taken over.
func TestUnderWay(t *testing.T) {
	t.Parallel()

	review := conversionOrder("CS1", bssapi.OrderStatusPendingApproval)

	for name, test := range map[string]struct {
		order  func(o *bssapi.Order)
		named  []string
		known  string
		waits  bool
		status string
	}{
		"of the service":       {waits: true},
		"of another service":   {order: func(o *bssapi.Order) { o.ServiceTypeCode = "rds" }},
		"of no service":        {order: func(o *bssapi.Order) { o.ServiceTypeCode = "" }, waits: true},
		"an unknown status":    {order: func(o *bssapi.Order) { o.Status = 17 }, waits: true},
		"canceled":             {order: func(o *bssapi.Order) { o.Status = bssapi.OrderStatusCanceled }},
		"of another type":      {order: func(o *bssapi.Order) { o.OrderType = bssapi.OrderTypeNew }},
		"before its term":      {order: func(o *bssapi.Order) { o.CreateTime = "2026-10-21T00:00:00Z" }},
		"of another, by state": {known: "other"},
		"of another, by query": {named: []string{"other"}},
		"of all, by query":     {named: []string{"other", serverID}, waits: true},
		"its own, by query":    {named: []string{serverID}, status: conversion.StatusUnderReview},
		"its own, by state":    {known: serverID, status: conversion.StatusUnderReview},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			f := newFake()
			f.convert = accepts("CS2")
			order := review

			if test.order != nil {
				test.order(&order)
			}

			f.orders, f.named = []bssapi.Order{order}, map[string][]string{"CS1": test.named}
			machine := f.machine(t)

			if test.known != "" {
				machine.Know(conversion.Receipt{ResourceID: test.known, OrderID: "CS1", Status: conversion.StatusUnderReview})
			}

			ctx, stop := f.clock.Within(t.Context(), time.Minute)
			defer stop()

			receipt, _, err := machine.Convert(ctx, whole)

			switch {
			case test.waits:
				simtest.Refused(t, err, act.FieldResourceID, "A conversion may be under way", "CS1")
			case err != nil || test.status != "" && (receipt.Status != test.status || receipt.OrderID != "CS1"):
				t.Errorf("%+v, %v", receipt, err)
			}

			if want := !test.waits && test.status == ""; f.converts() == 1 != want {
				t.Errorf("%d calls", f.converts())
			}
		})
	}
}

// TestGoneCounts: a resource that is gone, or closed, is converted only with a completed
// order that can be its own.
func TestGoneCounts(t *testing.T) {
	t.Parallel()

	two := map[string]bssapi.OrderStatus{"CS1": bssapi.OrderStatusCompleted, "CS2": bssapi.OrderStatusCompleted}

	for name, test := range map[string]struct {
		gone   bool
		orders map[string]bssapi.OrderStatus
		// shown is the order of which the API shows that it is of the resource.
		shown string
		order string
		doubt bool
	}{
		"closed, one":              {orders: map[string]bssapi.OrderStatus{"CS1": bssapi.OrderStatusCompleted}},
		"closed, one, shown":       {orders: map[string]bssapi.OrderStatus{"CS1": bssapi.OrderStatusCompleted}, shown: "CS1", order: "CS1"},
		"closed, one of two shown": {orders: two, shown: "CS2", order: "CS2"},
		"closed, none":             {doubt: true},
		"closed, one not over":     {orders: map[string]bssapi.OrderStatus{"CS1": bssapi.OrderStatusProcessing}, doubt: true},
		"closed, one of two":       {orders: two},
		"gone, one":                {gone: true, orders: map[string]bssapi.OrderStatus{"CS1": bssapi.OrderStatusCompleted}},
		"gone, none":               {gone: true, doubt: true},
		"gone, one that is undone": {gone: true, orders: map[string]bssapi.OrderStatus{"CS1": bssapi.OrderStatusCanceled}, doubt: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			f := newFake()
			f.convert = func(f *fakeBilling) (int, any) {
				f.close()

				if test.gone {
					f.resources = nil
				}

				for id, status := range test.orders {
					f.place(id, status)
				}

				f.named = map[string][]string{test.shown: {serverID}}

				return 500, refusal("CBC.0999")
			}

			receipt, _, err := f.machine(t).Convert(t.Context(), whole)

			var doubt *act.Doubt
			inDoubt := errors.As(err, &doubt)
			if inDoubt != test.doubt || !inDoubt && (receipt.OrderID != test.order || receipt.Status != conversion.StatusConverted) {
				t.Errorf("%+v, %v", receipt, err)
			}
		})
	}
}

// TestNamesTheNewest: a message about a fleet names the newest orders, and how many
// more there are.
func TestNamesTheNewest(t *testing.T) {
	t.Parallel()

	f := newFake()
	f.resources = nil

	for i := range 13 {
		f.place(fmt.Sprintf("CS%02d", 13-i), bssapi.OrderStatusCompleted)
	}

	_, err := f.machine(t).Quote(t.Context(), whole)
	simtest.Refused(
		t,
		err,
		act.FieldResourceID,
		"Billing does not know the resource",
		"CS13 (completed), and 3 more",
		"take the block out",
	)

	var refusal *act.Refusal
	if !errors.As(err, &refusal) || strings.Contains(refusal.Detail, "CS03") {
		t.Error(refusal)
	}
}

// TestRefresh: what is unfinished ends by its order alone; one whose order was lost, by
// what can be of it.
func TestRefresh(t *testing.T) {
	t.Parallel()

	const review, processing, converted, canceled = conversion.StatusUnderReview, conversion.StatusProcessing, conversion.StatusConverted,
		conversion.StatusCanceled

	one := func(status bssapi.OrderStatus) []bssapi.Order { return []bssapi.Order{conversionOrder("CS1", status)} }

	for name, test := range map[string]struct {
		prior         string
		lost, shown   bool
		orders        []bssapi.Order
		closed, gone  bool
		later         time.Duration
		status, order string
		unknown       bool
	}{
		"completed":                          {prior: review, orders: one(5), status: converted, order: "CS1"},
		"canceled":                           {prior: review, orders: one(4), status: canceled, order: "CS1"},
		"processing":                         {prior: review, orders: one(3), status: review, order: "CS1"},
		"closed, not completed":              {prior: review, orders: one(3), closed: true, status: review, order: "CS1"},
		"gone, not completed":                {prior: review, orders: one(1), gone: true, status: review, order: "CS1"},
		"it does not show":                   {prior: review, status: review, order: "CS1"},
		"success, closed, without its order": {prior: processing, closed: true, status: converted, order: "CS1"},
		"success, closed, not completed":     {prior: processing, orders: one(3), closed: true, status: processing, order: "CS1"},
		"neither shows":                      {prior: review, gone: true, unknown: true, status: review, order: "CS1"},
		"lost, one":                          {prior: review, lost: true, orders: one(1), status: review},
		"lost, one completed":                {prior: review, lost: true, orders: one(5), status: review},
		"lost, one canceled":                 {prior: review, lost: true, orders: one(4), status: review},
		"lost, one, closed":                  {prior: review, lost: true, orders: one(5), closed: true, status: converted},
		"lost, one of success":               {prior: processing, lost: true, orders: one(5), status: processing},
		"lost, shown":                        {prior: review, lost: true, shown: true, orders: one(1), status: review, order: "CS1"},
		"lost, shown, completed":             {prior: review, lost: true, shown: true, orders: one(5), status: converted, order: "CS1"},
		"lost, shown, canceled":              {prior: review, lost: true, shown: true, orders: one(4), status: canceled, order: "CS1"},
		"lost, or unsubscribed": {
			prior: review, lost: true, closed: true, status: review,
			orders: []bssapi.Order{conversionOrder("CS1", 5), {OrderID: "U", OrderType: bssapi.OrderTypeUnsubscription, CreateTime: now, Status: 5}},
		},
		"lost, one of two": {
			prior: review, lost: true, orders: []bssapi.Order{conversionOrder("CS1", 5), conversionOrder("CS2", 5)}, status: review,
		},
		"lost, one of two, closed": {
			prior: review, lost: true, orders: []bssapi.Order{conversionOrder("CS1", 5), conversionOrder("CS2", 1)}, closed: true, status: converted,
		},
		"lost, none, closed":            {prior: review, lost: true, closed: true, status: review},
		"lost, of success":              {prior: processing, lost: true, status: processing},
		"lost, of success, closed":      {prior: processing, lost: true, closed: true, status: converted},
		"lost, of success, a day later": {prior: processing, lost: true, later: 25 * time.Hour, status: converted},
		"finished":                      {prior: converted, orders: one(4), status: converted, order: "CS1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			f := newFake()
			f.orders = test.orders
			if test.shown {
				f.named = map[string][]string{"CS1": {serverID}}
			}

			prior := conversion.Receipt{ResourceID: serverID, Status: test.prior, OrderID: "CS1", RequestTime: now, ExpireTime: expires}

			if test.lost {
				prior.OrderID = ""
			}

			if test.closed {
				f.close()
			}

			if test.gone {
				f.resources = nil
			}

			if err := f.clock.Sleep(t.Context(), test.later); err != nil {
				t.Fatal(err)
			}

			receipt, err := f.machine(t).Refresh(t.Context(), prior)
			if errors.Is(err, subscription.ErrUnknown) != test.unknown || !test.unknown && err != nil {
				t.Error(err)
			}

			if receipt.Status != test.status || receipt.OrderID != test.order {
				t.Errorf("%+v", receipt)
			}

			if test.prior == converted && len(f.calls) != 0 {
				t.Errorf("calls %v", f.calls)
			}
		})
	}
}

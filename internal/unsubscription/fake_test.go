// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package unsubscription_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi/clocktest"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
	"github.com/bss-community/terraform-provider-bss/internal/unsubscription"
)

const (
	serverID = "server"
	now      = "2026-11-22T12:00:00Z"
	expires  = "2026-12-22T15:59:59Z"
	renewed  = "2027-01-22T15:59:59Z"
)

// fakeBilling is a transport that answers what it is told to, also what the
// simulator never would.
type fakeBilling struct {
	mu        sync.Mutex
	resources []bssapi.Resource
	orders    []bssapi.Order
	refunds   []bssapi.Refund
	// unsubscribe answers the call that acts, and may change the rest.
	unsubscribe func(f *fakeBilling) (status int, body any)
	// refundStatus and refundCode are an error of the refund's call.
	refundStatus int
	refundCode   string

	// clock is what the machine and its client wait by.
	clock *clocktest.Clock

	calls []string
	sent  []bssapi.UnsubscribeResourcesRequest
}

func newFake() *fakeBilling {
	primary := 1

	return &fakeBilling{clock: clocktest.New(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)), resources: []bssapi.Resource{{
		ID: "record", ResourceID: serverID, ResourceName: "web", ServiceTypeCode: "ec2", Status: bssapi.ResourceStatusInUse,
		IsMainResource: &primary, ExpireTime: renewed, UpdateTime: "2026-10-22T00:00:00Z",
	}}}
}

func (f *fakeBilling) RoundTrip(req *http.Request) (*http.Response, error) {
	f.mu.Lock()
	defer f.mu.Unlock()

	status, body := f.answer(req)

	data, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}

	header := http.Header{"Date": {f.clock.Now().UTC().Format(http.TimeFormat)}, "Content-Type": {"application/json"}}

	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(bytes.NewReader(data))}, nil
}

func (f *fakeBilling) answer(req *http.Request) (int, any) {
	switch path := req.URL.Path; {
	case strings.HasSuffix(path, "/resources/query"):
		f.calls = append(f.calls, "resources")

		return http.StatusOK, map[string]any{"data": f.resources, "total_count": len(f.resources)}
	case strings.HasSuffix(path, "/resources/unsubscribe"):
		var sent bssapi.UnsubscribeResourcesRequest
		if err := json.NewDecoder(req.Body).Decode(&sent); err != nil {
			return http.StatusBadRequest, refusal("CBC.0100")
		}

		f.calls = append(f.calls, "unsubscribe")
		f.sent = append(f.sent, sent)

		return f.unsubscribe(f)
	case strings.HasSuffix(path, "/refund-orders"):
		f.calls = append(f.calls, "refund")

		if f.refundStatus != 0 {
			return f.refundStatus, refusal(f.refundCode)
		}

		return http.StatusOK, map[string]any{"refund_infos": f.refunds, "total_count": len(f.refunds)}
	default:
		id := req.URL.Query().Get("order_id")
		f.calls = append(f.calls, strings.TrimSpace("orders "+id))

		found := slices.DeleteFunc(slices.Clone(f.orders), func(o bssapi.Order) bool { return id != "" && o.OrderID != id })

		return http.StatusOK, map[string]any{"order_infos": found, "total_count": len(found)}
	}
}

func refusal(code string) any { return map[string]any{"error_code": code, "error_msg": "refused"} }

func accepts(orders ...string) func(*fakeBilling) (int, any) {
	return func(f *fakeBilling) (int, any) {
		f.close()

		for _, id := range orders {
			f.orders = append(f.orders, unsubscriptionOrder(id, bssapi.OrderStatusCompleted, now))
		}

		return http.StatusOK, map[string]any{"order_ids": orders}
	}
}

func (f *fakeBilling) close() { f.resources[0].Status = bssapi.ResourceStatusClosed }

func unsubscriptionOrder(id string, status bssapi.OrderStatus, created string) bssapi.Order {
	return bssapi.Order{
		OrderID: id, OrderType: bssapi.OrderTypeUnsubscription, Status: status, ServiceTypeCode: "ec2", CreateTime: created, Currency: "USD",
	}
}

// machine is a Machine that repeats no query, so that each call counts once.
func (f *fakeBilling) machine(t *testing.T, change ...func(*act.Conditions)) *unsubscription.Machine {
	t.Helper()

	machine, _ := f.machineAndReader(t, change...)

	return machine
}

func (f *fakeBilling) machineAndReader(t *testing.T, change ...func(*act.Conditions)) (*unsubscription.Machine, *subscription.Reader) {
	t.Helper()

	client := simtest.ClientOf(t, f, bssapi.WithClock(f.clock))
	reader := subscription.NewReader(client, f.clock, subscription.DefaultReadTiming())

	conditions := act.Conditions{Clock: f.clock, Timing: act.DefaultTiming(), Locks: &act.Locks{}}
	for _, apply := range change {
		apply(&conditions)
	}

	return unsubscription.New(client, reader, conditions), reader
}

// unsubscribes counts the calls that act.
func (f *fakeBilling) unsubscribes() int {
	f.mu.Lock()
	defer f.mu.Unlock()

	return len(f.sent)
}

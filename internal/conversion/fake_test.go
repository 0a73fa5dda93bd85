// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package conversion_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi/clocktest"
	"github.com/bss-community/terraform-provider-bss/internal/conversion"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

const (
	serverID = "server"
	now      = "2026-11-22T12:00:00Z"
	begins   = "2026-10-22T00:00:00Z"
	expires  = "2026-12-22T15:59:59Z"
)

var whole = conversion.Request{ResourceID: serverID}

// fakeBilling is a transport that answers what it is told to, also what the
// simulator never would.
type fakeBilling struct {
	mu        sync.Mutex
	resources []bssapi.Resource
	orders    []bssapi.Order
	// named are the resources that the query by an order shows.
	named map[string][]string
	// convert answers the call that acts, and may change the rest.
	convert func(f *fakeBilling) (status int, body any)

	// clock is what the machine and its client wait by.
	clock *clocktest.Clock

	calls []string
	sent  int
}

func newFake() *fakeBilling {
	primary := 1

	return &fakeBilling{clock: clocktest.New(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)), resources: []bssapi.Resource{{
		ID: "record", ResourceID: serverID, ResourceName: "web", ServiceTypeCode: "ec2", Status: bssapi.ResourceStatusInUse,
		IsMainResource: &primary, EffectiveTime: begins, ExpireTime: expires,
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
	switch at := req.URL.Path; {
	case strings.HasSuffix(at, "/resources/query"):
		var asked struct {
			OrderID string `json:"order_id"`
		}
		if err := json.NewDecoder(req.Body).Decode(&asked); err != nil {
			return http.StatusBadRequest, refusal("CBC.0100")
		}

		found := f.resources
		if asked.OrderID != "" {
			found = []bssapi.Resource{}
			for _, id := range f.named[asked.OrderID] {
				found = append(found, bssapi.Resource{ID: "record-" + id, ResourceID: id})
			}
		}

		f.calls = append(f.calls, "resources")

		return http.StatusOK, map[string]any{"data": found, "total_count": len(found)}
	case strings.HasSuffix(at, "/to-on-demand/instantly"):
		f.calls = append(f.calls, "convert")
		f.sent++

		return f.convert(f)
	case strings.Contains(at, "/details/"):
		f.calls = append(f.calls, "order")

		for _, order := range f.orders {
			if order.OrderID == path.Base(at) {
				return http.StatusOK, map[string]any{"total_count": 0, "order_info": order, "order_line_items": []any{}}
			}
		}

		return http.StatusOK, map[string]any{"total_count": 0}
	default:
		f.calls = append(f.calls, "orders")

		kind := req.URL.Query().Get("order_type")
		found := slices.DeleteFunc(slices.Clone(f.orders), func(o bssapi.Order) bool {
			return kind == "10" != (o.OrderType == bssapi.OrderTypeToOnDemand)
		})

		return http.StatusOK, map[string]any{"order_infos": found, "total_count": len(found)}
	}
}

func refusal(code string) any { return map[string]any{"error_code": code, "error_msg": "refused"} }

// row is a result of an answer.
func row(id, result, order, code string) map[string]any {
	return map[string]any{"resource_id": id, "result": result, "order_id": order, "error_code": code, "error_msg": "because"}
}

// says answers with rows, and does nothing.
func says(results ...map[string]any) func(*fakeBilling) (int, any) {
	return func(*fakeBilling) (int, any) { return http.StatusOK, rows(results...) }
}

func rows(results ...map[string]any) any {
	return map[string]any{"to_ondemand_service_results": results}
}

// place adds an order of a conversion.
func (f *fakeBilling) place(id string, status bssapi.OrderStatus) {
	f.orders = append(f.orders, conversionOrder(id, status))
}

func conversionOrder(id string, status bssapi.OrderStatus) bssapi.Order {
	return bssapi.Order{OrderID: id, OrderType: bssapi.OrderTypeToOnDemand, Status: status, ServiceTypeCode: "ec2", CreateTime: now}
}

func (f *fakeBilling) close() { f.resources[0].Status = bssapi.ResourceStatusClosed }

// accepts answers with the order, which is carried out at once.
func accepts(order string) func(*fakeBilling) (int, any) {
	return func(f *fakeBilling) (int, any) {
		f.close()
		f.place(order, bssapi.OrderStatusCompleted)

		return says(row(serverID, "SUCCESS", order, ""))(f)
	}
}

// machine is a Machine that repeats no query, so that each call counts once.
func (f *fakeBilling) machine(t *testing.T, change ...func(*act.Conditions)) *conversion.Machine {
	t.Helper()

	client := simtest.ClientOf(t, f, bssapi.WithClock(f.clock), bssapi.WithSite(bssapi.SiteChina))
	reader := subscription.NewReader(client, f.clock, subscription.DefaultReadTiming())

	conditions := act.Conditions{Clock: f.clock, Timing: act.DefaultTiming(), Locks: &act.Locks{}}
	for _, apply := range change {
		apply(&conditions)
	}

	return conversion.New(client, reader, conditions)
}

// converts counts the calls that act.
func (f *fakeBilling) converts() int {
	f.mu.Lock()
	defer f.mu.Unlock()

	return f.sent
}

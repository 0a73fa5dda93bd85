// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"

	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// gate stands between the provider and the simulator: a test can act at the
// moment a call arrives, and at the moment its answer leaves.
type gate struct {
	// before is told of a call that has not reached the simulator, after of one
	// that it has answered. Calls count from 1.
	before, after func(call int, operation string)
	// rewrite changes the body of an answer.
	rewrite func(operation string, body []byte) []byte

	mu    sync.Mutex
	calls []string
	// rewriting lets rewrite count answers, some of which leave at once.
	rewriting sync.Mutex
}

// gated puts a gate in front of the world.
func (w *world) gated() *gate {
	w.t.Helper()

	g := &gate{}
	handler := http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) { g.pass(w, out, r) })

	if w.wire != nil {
		w.wire = simtest.BubbleWire(handler)

		return g
	}

	server := httptest.NewServer(handler)
	w.t.Cleanup(server.Close)

	w.env["BSS_ENDPOINT"] = server.URL

	return g
}

func (g *gate) pass(w *world, out http.ResponseWriter, r *http.Request) {
	operation := operationOf(r)

	g.mu.Lock()
	g.calls = append(g.calls, operation)
	call := len(g.calls)
	before, after, rewrite := g.before, g.after, g.rewrite
	g.mu.Unlock()

	if before != nil {
		before(call, operation)
	}

	answer := httptest.NewRecorder()
	w.ServeHTTP(answer, r)

	if after != nil {
		after(call, operation)
	}

	body := answer.Body.Bytes()
	if rewrite != nil {
		g.rewriting.Lock()
		body = rewrite(operation, body)
		g.rewriting.Unlock()

		answer.Header().Del("Content-Length")
	}

	maps.Copy(out.Header(), answer.Header())
	out.WriteHeader(answer.Code)
	_, _ = out.Write(body)
}

// on replaces what the gate does, and counts calls anew.
func (g *gate) on(before, after func(call int, operation string)) {
	g.mu.Lock()
	defer g.mu.Unlock()

	g.before, g.after, g.calls = before, after, nil
}

// answersWith has the bodies of answers changed; nil leaves them as they are.
func (g *gate) answersWith(rewrite func(operation string, body []byte) []byte) {
	g.mu.Lock()
	defer g.mu.Unlock()

	g.rewrite = rewrite
}

// passed are the operations of the calls so far.
func (g *gate) passed() []string {
	g.mu.Lock()
	defer g.mu.Unlock()

	return append([]string(nil), g.calls...)
}

// operationOf names the operations that renewals and payments use; others are
// their path.
func operationOf(r *http.Request) string {
	for suffix, operation := range map[string]string{
		"/subscriptions/resources/renew":                "renew_resources",
		"/subscriptions/resources/unsubscribe":          "unsubscribe_resources",
		"/resources/to-on-demand/instantly":             "convert_to_on_demand_now",
		"/customer-orders/pay":                          "pay_order",
		"/customer-orders/cancel":                       "cancel_order",
		"/customer-orders":                              "list_orders",
		"/customer-orders/order-discounts":              "list_order_discounts",
		"/multi-accounts/sm-verification-code":          "send_sub_customer_sms_code",
		"/enterprise-projects/authority":                "enable_enterprise_project",
		"/suscriptions/resources/query":                 "list_resources",
		"/ratings/period-resources/renew-rate":          "get_renewal_price",
		"/customer-accounts/balances":                   "get_account_balances",
		"/customer-orders/refund-orders":                "get_refund_order",
		"/customer-orders/orders-resource/refund-order": "get_refund_order",
	} {
		if strings.HasSuffix(r.URL.Path, suffix) {
			return operation
		}
	}

	if strings.HasSuffix(r.URL.Path, "/multi-accounts/sub-customers") {
		return map[bool]string{true: "create_sub_customer", false: "list_sub_customers"}[r.Method == http.MethodPost]
	}

	if strings.Contains(r.URL.Path, "/customer-orders/details/") {
		return "get_order"
	}

	return r.URL.Path
}

// once does something the first time that it is called.
func once(t tester, act func()) func() {
	t.Helper()

	var done sync.Once

	return func() { done.Do(act) }
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// client talks to a simulator of a test with its token.
type client struct {
	*Server
	http *http.Client
}

// reply is a decoded answer.
type reply struct {
	status int
	header http.Header
	raw    string
	body   map[string]any
}

var testStart = time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)

func start(t *testing.T, options Options) *client {
	t.Helper()
	if options.Now.IsZero() {
		options.Now = testStart
	}
	server, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})

	return &client{Server: server, http: &http.Client{Transport: transport}}
}

// send makes a call with headers as pairs; the error is that of the connection.
func (c *client) send(t *testing.T, method, path, body string, headers ...string) (reply, error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, c.URL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Auth-Token", c.Credentials().Token)
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}

	return c.do(request)
}

func (c *client) do(request *http.Request) (reply, error) {
	response, err := c.http.Do(request)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		return reply{}, err
	}
	answer := reply{status: response.StatusCode, header: response.Header, raw: string(data)}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&answer.body); err != nil {
		answer.body = nil
	}

	return answer, nil
}

func (c *client) must(t *testing.T, method, path, body string, headers ...string) reply {
	t.Helper()
	answer, err := c.send(t, method, path, body, headers...)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}

	return answer
}

func (c *client) get(t *testing.T, path string) reply {
	t.Helper()

	return c.must(t, http.MethodGet, path, "").want(t, http.StatusOK)
}

func (c *client) resourceQuery(t *testing.T, body string) reply {
	t.Helper()

	return c.must(t, http.MethodPost, "/v2/orders/suscriptions/resources/query", body).want(t, http.StatusOK)
}

const (
	ordersPath = "/v2/orders/customer-orders"
	payPath    = "/v3/orders/customer-orders/pay"
	cancelPath = "/v2/orders/customer-orders/cancel"
)

// pay is the current payment call without coupons and discounts.
func (c *client) pay(t *testing.T, id string) reply {
	t.Helper()

	return c.must(t, http.MethodPost, payPath, plainPayment(id))
}

func plainPayment(id string) string {
	return fmt.Sprintf(`{"order_id":%q,"use_coupon":"NO","use_discount":"NO"}`, id)
}

func (c *client) payV1(t *testing.T, id string) reply {
	t.Helper()

	return c.must(t, http.MethodPost, "/v1.0/"+domainID+"/customer/order-mgr/order/pay", fmt.Sprintf(`{"orderId":%q}`, id))
}

// status is the status of an order by the details call.
func (c *client) status(t *testing.T, id string) string {
	t.Helper()

	return c.get(t, ordersPath+"/details/"+id).text("order_info", "status")
}

// place places an order at the console and returns the answer.
func (c *client) place(t *testing.T, values map[string]any) map[string]any {
	t.Helper()

	return c.act(t, "place_order", values)
}

func (c *client) placeID(t *testing.T, values map[string]any) string {
	t.Helper()

	return fmt.Sprint(c.place(t, values)["order_id"])
}

func (c *client) act(t *testing.T, act string, values map[string]any) map[string]any {
	t.Helper()
	result, err := c.Console(act, values)
	if err != nil {
		t.Fatal(err)
	}

	return result
}

func (c *client) set(t *testing.T, name, value string) {
	t.Helper()
	if err := c.Set(name, value); err != nil {
		t.Fatal(err)
	}
}

func (c *client) rich(t *testing.T) *client {
	t.Helper()
	c.act(t, "set_balance", map[string]any{"amount": "10000.00"})

	return c
}

// charged lists the payments as "order amount coupons by".
func (c *client) charged() []string {
	list := []string{}
	for _, p := range c.World().Payments {
		list = append(list, strings.Join([]string{p.OrderID, string(p.Amount), string(p.CouponAmount), p.By}, " "))
	}

	return list
}

func (r reply) want(t *testing.T, status int) reply {
	t.Helper()
	if r.status != status {
		t.Fatalf("status %d, want %d: %s", r.status, status, r.raw)
	}

	return r
}

func (r reply) refused(t *testing.T, status int, code string) reply {
	t.Helper()
	r.want(t, status)
	if got := r.text("error_code"); got != code {
		t.Fatalf("error_code %s, want %s: %s", got, code, r.raw)
	}

	return r
}

// text follows names and indexes into the body; "" where there is nothing.
func (r reply) text(steps ...any) string {
	var value any = r.body
	for _, step := range steps {
		switch at := value.(type) {
		case map[string]any:
			value = at[fmt.Sprint(step)]
		case []any:
			i, ok := step.(int)
			if !ok || i >= len(at) {
				return ""
			}
			value = at[i]
		default:
			return ""
		}
	}
	if value == nil {
		return ""
	}

	return fmt.Sprint(value)
}

// column is one field of each item of a list.
func (r reply) column(list, field string) []string {
	values := []string{}
	items, _ := r.body[list].([]any)
	for i := range items {
		values = append(values, r.text(list, i, field))
	}

	return values
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

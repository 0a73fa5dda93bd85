// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func (c *client) fault(t *testing.T, fault Fault) {
	t.Helper()
	if err := c.AddFault(fault); err != nil {
		t.Fatal(err)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		fault   Fault
		charged int
		status  int    // of the journal
		seen    string // what the client gets: a status, or how it failed
	}{
		{Fault{Kind: FaultStatusBefore}, 0, 500, "500 CBC.0999"},
		{Fault{Kind: FaultStatusBefore, Status: 429, Code: "APIG.0308", RetryAfter: "3"}, 0, 429, "429 APIG.0308"},
		{Fault{Kind: FaultStatusAfter, Status: 503, Code: "CBC.0999"}, 1, 503, "503 CBC.0999"},
		{Fault{Kind: FaultDropBefore}, 0, 0, "cut"},
		{Fault{Kind: FaultDropAfter}, 1, 0, "cut"},
		{Fault{Kind: FaultDelayBefore, Delay: 50 * time.Millisecond}, 1, 204, "204 "},
		{Fault{Kind: FaultDelayAfter, Delay: 50 * time.Millisecond}, 1, 204, "204 "},
		{Fault{Kind: FaultGarbage}, 1, 204, "200 "},
		{Fault{Kind: FaultTruncate}, 1, 204, "cut"},
	} {
		t.Run(test.fault.Kind+test.fault.Code, func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{}).rich(t)
			id := c.placeID(t, map[string]any{"amount": "10.00"})
			test.fault.Operation = "pay_order"
			c.fault(t, test.fault)
			began := realNow()
			answer, err := c.send(t, http.MethodPost, payPath, plainPayment(id))
			took := realNow().Sub(began)
			seen := "cut"
			if err == nil {
				seen = strings.Join([]string{json.Number(itoa(answer.status)).String(), answer.text("error_code")}, " ")
			}
			same(t, "seen", seen, test.seen)
			same(t, "charged", len(c.charged()), test.charged)
			entry := c.Requests()[0]
			same(t, "journal", []any{entry.Status, entry.Acted}, []any{test.status, test.charged == 1})
			if test.fault.Delay > 0 && took < test.fault.Delay {
				t.Errorf("answered after %s", took)
			}
			if test.fault.RetryAfter != "" {
				same(t, "Retry-After", answer.header.Get("Retry-After"), "3")
			}
			if test.fault.Kind == FaultGarbage && !strings.HasPrefix(answer.raw, "<html>") {
				t.Errorf("not garbage: %s", answer.raw)
			}
			c.get(t, ordersPath)
			if answer, err := c.send(t, http.MethodPost, payPath, plainPayment(id)); err != nil || answer.status == 500 {
				t.Errorf("the fault comes twice: %v %s", err, answer.raw)
			}
		})
	}
}

func TestTruncatedBody(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	c.fault(t, Fault{Operation: "list_orders", Kind: FaultTruncate})
	_, err := c.send(t, http.MethodGet, ordersPath, "")
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("error %v", err)
	}
}

func TestFaultSelection(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	details := func(id string) int {
		answer, err := c.send(t, http.MethodGet, ordersPath+"/details/"+id, "")
		if err != nil {
			t.Fatal(err)
		}

		return answer.status
	}
	c.fault(t, Fault{Operation: "get_order", Kind: FaultStatusBefore, After: 2, Times: 2, Status: 503})
	var got []int
	for range 5 {
		got = append(got, details("CS2611220000001"))
	}
	same(t, "after and times", got, []int{200, 200, 503, 503, 200})
	c.fault(t, Fault{Operation: "get_order", Kind: FaultStatusBefore, Status: 501, Match: FaultMatch{OrderID: "CS2611220000002"}})
	c.fault(t, Fault{Operation: "*", Kind: FaultStatusBefore, Status: 502, Times: -1})
	same(
		t,
		"the first that matches",
		[]int{details("CS2611220000001"), details("CS2611220000002"), details("CS2611220000002")},
		[]int{502, 501, 502},
	)
	c.ClearFaults()
	same(t, "cleared", details("CS2611220000001"), 200)
	c.fault(t, Fault{Kind: FaultStatusBefore, Match: FaultMatch{ResourceID: demoResource(2)}})
	c.resourceQuery(t, `{"resource_ids":["`+demoResource(1)+`"]}`)
	c.must(t, http.MethodPost, "/v2/orders/suscriptions/resources/query", `{"resource_ids":["x","`+demoResource(2)+`"]}`).want(t, 500)
	for _, wrong := range []Fault{
		{Operation: "pay", Kind: FaultGarbage}, {Kind: "explode"}, {Kind: FaultGarbage, After: -1}, {Kind: FaultGarbage, Status: 99},
	} {
		if c.AddFault(wrong) == nil {
			t.Errorf("%+v is taken", wrong)
		}
	}
}

// A delay before acting acts even though the client has hung up.
func TestDelayBeforeOutlivesClient(t *testing.T) {
	t.Parallel()
	held := newHeld()
	c := start(t, Options{Clock: held}).rich(t)
	id := c.placeID(t, map[string]any{"amount": "10.00"})
	c.fault(t, Fault{Operation: "pay_order", Kind: FaultDelayBefore})
	c.giveUp(t, held, payPath, plainPayment(id))
	same(t, "not yet", c.charged(), []string{})
	same(t, "in the journal", c.Requests()[0].Status, 0)
	close(held.over)
	c.settled(t)
	same(t, "charged", len(c.charged()), 1)
}

// held is real time in which a delay ends when a test says so.
type held struct{ begun, over chan struct{} }

func newHeld() *held { return &held{begun: make(chan struct{}), over: make(chan struct{})} }

func (*held) Now() time.Time { return realNow() }

func (h *held) Sleep(ctx context.Context, _ time.Duration) error {
	close(h.begun)
	select {
	case <-h.over:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// giveUp posts, and hangs up once the server delays the call.
func (c *client) giveUp(t *testing.T, delayed *held, path, body string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL()+path, bytes.NewBufferString(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Auth-Token", c.Credentials().Token)
	request.Header.Set("Content-Type", "application/json")
	go func() {
		<-delayed.begun
		cancel()
	}()
	if _, err := c.do(request); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
}

// settled waits until the first call has ended.
func (c *client) settled(t *testing.T) {
	t.Helper()
	for range 3000 {
		if c.Requests()[0].Status != 0 {
			return
		}
		wait(t.Context(), 10*time.Millisecond)
	}
	t.Fatal("the first call never ends")
}

// Close ends delayed calls without acting, and leaves nothing running.
func TestCloseEndsDelays(t *testing.T) {
	t.Parallel()
	server, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := &client{Server: server, http: &http.Client{Transport: &http.Transport{}}}
	id := c.rich(t).placeID(t, map[string]any{"amount": "10.00"})
	c.fault(t, Fault{Operation: "pay_order", Kind: FaultDelayBefore, Delay: time.Hour})
	failed := make(chan error)
	go func() {
		_, err := c.send(t, http.MethodPost, payPath, plainPayment(id))
		failed <- err
	}()
	for len(c.Requests()) == 0 {
		wait(t.Context(), time.Millisecond)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if err := <-failed; err == nil {
		t.Error("answered")
	}
	same(t, "not charged", c.charged(), []string{})
}

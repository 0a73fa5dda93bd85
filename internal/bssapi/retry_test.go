// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi/clocktest"
)

// cutBody breaks off in the middle of an answer.
func cutBody() (*http.Response, error) {
	resp := reply(http.StatusOK, "")
	resp.Body = io.NopCloser(io.MultiReader(&oneRead{`{"account_`}, errReader{}))

	return resp, nil
}

type oneRead struct{ text string }

func (r *oneRead) Read(p []byte) (int, error) {
	if r.text == "" {
		return 0, io.EOF
	}
	n := copy(p, r.text)
	r.text = r.text[n:]

	return n, nil
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestAttemptsByKindOfOperation(t *testing.T) {
	t.Parallel()
	const throttled = `{"error_code":"APIG.0308","error_msg":"too many"}`
	tests := map[string]struct {
		answer              func() (*http.Response, error)
		query, setting, act int
		kind                error
		// inSuccess says that a write takes the answer for none of its own.
		inSuccess        bool
		certainlyNotDone bool
	}{
		"connection reset": {
			answer:  fails(&net.OpError{Op: "read", Err: errors.New("reset")}),
			query:   3,
			setting: 1,
			act:     1,
			kind:    ErrNoAnswer,
		},
		"end of file": {answer: fails(io.EOF), query: 3, setting: 1, act: 1, kind: ErrNoAnswer},
		"dial refused": {
			answer:           fails(&net.OpError{Op: "dial", Err: errors.New("refused")}),
			query:            3,
			setting:          3,
			act:              1,
			kind:             ErrNotSent,
			certainlyNotDone: true,
		},
		"proxy refused": {
			answer:           fails(&net.OpError{Op: "proxyconnect", Err: errors.New("refused")}),
			query:            3,
			setting:          3,
			act:              1,
			kind:             ErrNotSent,
			certainlyNotDone: true,
		},
		"certificate": {
			answer:  fails(&tls.CertificateVerificationError{Err: errors.New("unknown authority")}),
			query:   1,
			setting: 1,
			act:     1,
		},
		"server error":      {answer: gives(500, `{"error_code":"CBC.0999","error_msg":"x"}`), query: 3, setting: 1, act: 1, kind: ErrServer},
		"bad gateway page":  {answer: gives(502, `<html>bad gateway</html>`), query: 3, setting: 1, act: 1, kind: ErrServer},
		"not implemented":   {answer: gives(501, `{"error_code":"X","error_msg":"x"}`), query: 1, setting: 1, act: 1, kind: ErrServer},
		"gateway throttled": {answer: gives(429, throttled), query: 3, setting: 3, act: 1, kind: ErrThrottled, certainlyNotDone: true},
		"service throttled": {
			answer:           gives(429, `{"error_code":"CBC.0250"}`),
			query:            3,
			setting:          3,
			act:              1,
			kind:             ErrThrottled,
			certainlyNotDone: true,
		},
		"429 of who knows whom": {answer: gives(429, `<html>`), query: 3, setting: 1, act: 1, kind: ErrThrottled},
		"refused": {
			answer:           gives(400, `{"error_code":"CBC.0100","error_msg":"x"}`),
			query:            1,
			setting:          1,
			act:              1,
			certainlyNotDone: true,
		},
		"coupon look-up":   {answer: gives(400, `{"error_code":"CBC.99006016"}`), query: 3, setting: 1, act: 1, kind: ErrLookupFailed},
		"customer look-up": {answer: gives(400, `{"error_code":"CBC.99006017"}`), query: 3, setting: 1, act: 1, kind: ErrLookupFailed},
		"product look-up":  {answer: gives(400, `{"error_code":"CBC.99006024"}`), query: 3, setting: 1, act: 1, kind: ErrLookupFailed},
		"billing look-up":  {answer: gives(400, `{"error_code":"CBC.99006066"}`), query: 3, setting: 1, act: 1, kind: ErrLookupFailed},
		"look-up, old code": {
			answer:    gives(200, `{"error_code":"CBC.6016"}`),
			query:     3,
			setting:   1,
			act:       1,
			kind:      ErrLookupFailed,
			inSuccess: true,
		},
		"denied": {
			answer:           gives(403, `{"error_code":"CBC.0151"}`),
			query:            1,
			setting:          1,
			act:              1,
			kind:             ErrAccessDenied,
			certainlyNotDone: true,
		},
		"error inside 200":     {answer: gives(200, `{"error_code":"CBC.0999"}`), query: 3, setting: 1, act: 1, kind: ErrServer, inSuccess: true},
		"cut off":              {answer: cutBody, query: 3, setting: 1, act: 1, kind: ErrUnreadable},
		"cut off, well framed": {answer: gives(200, `{"account_bal`), query: 3, setting: 1, act: 1, kind: ErrUnreadable},
		"proxy page":           {answer: gives(200, `<html>please log in</html>`), query: 3, setting: 1, act: 1, kind: ErrUnreadable},
		"empty":                {answer: gives(200, ``), query: 3, setting: 1, act: 1, kind: ErrUnreadable},
		"array":                {answer: gives(200, `[]`), query: 3, setting: 1, act: 1, kind: ErrUnreadable},
		"page with status 400": {answer: gives(400, `<html>`), query: 1, setting: 1, act: 1, kind: ErrUnreadable},
		"redirect": {
			answer:  gives(302, ``, "Location", "https://elsewhere.example/"),
			query:   1,
			setting: 1,
			act:     1,
			kind:    ErrUnreadable,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			calls := map[string]struct {
				want int
				call func(*Client) error
			}{
				"query": {test.query, func(c *Client) error {
					_, err := c.GetAccountBalances(t.Context())

					return err
				}},
				"setting":      {test.setting, func(c *Client) error { return c.DisableAutoRenew(t.Context(), "r1") }},
				"cancellation": {test.act, func(c *Client) error { return c.CancelOrder(t.Context(), "CS1") }},
				"act":          {test.act, func(c *Client) error { return c.PayOrder(t.Context(), PayOrderRequest{OrderID: "CS1"}) }},
				"old act": {test.act, func(c *Client) error {
					_, err := c.PayOrderV1(t.Context(), PayOrderV1Request{DomainID: "d1", OrderID: "CS1"})

					return err
				}},
			}
			for kind, call := range calls {
				fake := inTurn(test.answer)
				c, _ := newTestClient(t, fake, WithMaxRetries(2))
				err := call.call(c)
				var apiErr *Error
				if !errors.As(err, &apiErr) {
					t.Fatalf("%s: %v is no *Error", kind, err)
				}
				if got := len(fake.requests()); got != call.want {
					t.Errorf("%s: %d attempts, want %d (%v)", kind, got, call.want, err)
				}
				want := test.kind
				if test.inSuccess && (kind == "setting" || kind == "act" || kind == "cancellation") {
					want = ErrUnreadable
				}
				if want != nil && !errors.Is(err, want) {
					t.Errorf("%s: %v is not of the kind %v", kind, err, want)
				}
				if got := NotDone(err); got != test.certainlyNotDone {
					t.Errorf("%s: NotDone(%v) is %v", kind, err, got)
				}
			}
		})
	}
}

func TestQueryRecovers(t *testing.T) {
	t.Parallel()
	fake := inTurn(fails(io.EOF), gives(503, ``), cutBody, gives(429, `{"error_code":"APIG.0308"}`), gives(200, noFunds))
	c, _ := newTestClient(t, fake)
	got, err := c.GetAccountBalances(t.Context())
	if err != nil || got.Currency != "USD" {
		t.Fatalf("got %v, %v", got, err)
	}
	requests := fake.requests()
	if len(requests) != 5 {
		t.Fatalf("%d attempts", len(requests))
	}
	dates := map[string]bool{}
	for _, req := range requests[2:] {
		dates[req.Header.Get(headerDate)] = true
	}
	if len(dates) < 2 {
		t.Errorf("repeats are signed with the same date: %v", dates)
	}
}

func TestQueryWithBodyIsSentWholeAgain(t *testing.T) {
	t.Parallel()
	fake := inTurn(gives(500, `{}`), gives(200, `{"total_count":0,"data":[]}`))
	c, _ := newTestClient(t, fake)
	for _, err := range c.ListResources(t.Context(), ListResourcesRequest{OrderID: "CS1"}) {
		if err != nil {
			t.Fatal(err)
		}
	}
	requests := fake.requests()
	if len(requests) != 2 || requests[0].body == "" || requests[0].body != requests[1].body {
		t.Errorf("got %d requests", len(requests))
	}
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	r := &repeater{clock: clocktest.New(start), jitter: func() float64 { return 0.999999 }}
	for attempt, want := range map[int]time.Duration{0: 500 * time.Millisecond, 1: time.Second, 3: 4 * time.Second, 5: 10 * time.Second,
		62: 10 * time.Second, 1000: 10 * time.Second} {
		if got := r.backoff(attempt); got > want || got < want*9/10 {
			t.Errorf("repeat %d: %v, want just below %v", attempt, got, want)
		}
	}
	r.jitter = func() float64 { return 0 }
	if got := r.backoff(3); got != 0 {
		t.Errorf("full jitter goes down to 0, got %v", got)
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	clock := clocktest.New(start)
	tests := map[string]struct {
		header []string
		want   time.Duration
		wait   bool
	}{
		"none":              {nil, throttledPause, true},
		"seconds":           {[]string{"Retry-After", "7"}, 7 * time.Second, true},
		"zero":              {[]string{"Retry-After", "0"}, throttledPause, true},
		"negative":          {[]string{"Retry-After", "-7"}, throttledPause, true},
		"nonsense":          {[]string{"Retry-After", "soon"}, throttledPause, true},
		"no number":         {[]string{"Retry-After", "NaN"}, throttledPause, true},
		"less than nothing": {[]string{"Retry-After", "-Inf"}, throttledPause, true},
		"for ever":          {[]string{"Retry-After", "Inf"}, 0, false},
		"a fraction":        {[]string{"Retry-After", "1.5"}, 1500 * time.Millisecond, true},
		"a small fraction":  {[]string{"Retry-After", "0.25"}, throttledPause, true},
		"with spaces":       {[]string{"Retry-After", " 7 "}, 7 * time.Second, true},
		"too long":          {[]string{"Retry-After", "3600"}, 0, false},
		"very much too big": {[]string{"Retry-After", "9223372036854775807"}, 0, false},
		"date":              {[]string{"Retry-After", "Fri, 02 Jan 2026 03:04:15 GMT"}, 10 * time.Second, true},
		"date too far":      {[]string{"Retry-After", "Fri, 02 Jan 2026 04:04:05 GMT"}, 0, false},
		"date gone by":      {[]string{"Retry-After", "Fri, 02 Jan 2026 03:04:00 GMT"}, throttledPause, true},
		"date of a server whose clock differs": {
			[]string{"Retry-After", "Sun, 01 Feb 2026 00:00:03 GMT", "Date", "Sun, 01 Feb 2026 00:00:00 GMT"}, 3 * time.Second, true,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, wait := retryAfter(reply(429, "", test.header...), clock)
			if wait != test.wait || wait && got != test.want {
				t.Errorf("got %v, %v", got, wait)
			}
		})
	}
}

// TestRetryAfterElsewhere: only a 429 has a least pause.
func TestRetryAfterElsewhere(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]time.Duration{"": 0, "-7": 0, "0.25": 250 * time.Millisecond, "1.5": 1500 * time.Millisecond} {
		if got, wait := retryAfter(reply(503, "", "Retry-After", header), clocktest.New(start)); got != want || !wait {
			t.Errorf("%q: %v, %v", header, got, wait)
		}
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	t.Parallel()
	fake := inTurn(gives(429, `{"error_code":"APIG.0308"}`, "Retry-After", "30"), gives(200, noFunds))
	c, clock := newTestClient(t, fake)
	if _, err := c.GetAccountBalances(t.Context()); err != nil {
		t.Fatal(err)
	}
	if waited := clock.Now().Sub(start); waited < 30*time.Second || waited > 31*time.Second {
		t.Errorf("waited %v", waited)
	}

	fake = always(429, `{"error_code":"APIG.0308"}`, "Retry-After", "3600")
	c, clock = newTestClient(t, fake)
	if _, err := c.GetAccountBalances(t.Context()); !errors.Is(err, ErrThrottled) || len(fake.requests()) != 1 {
		t.Errorf("an hour: %d attempts, %v", len(fake.requests()), err)
	}
	if waited := clock.Now().Sub(start); waited > time.Second {
		t.Errorf("waited %v", waited)
	}
}

// cancelingClock ends a context when somebody sleeps.
type cancelingClock struct {
	Clock
	cancel context.CancelFunc
}

func (c cancelingClock) Sleep(ctx context.Context, _ time.Duration) error {
	c.cancel()

	return ctx.Err()
}

func TestGivingUpWhileWaitingKeepsTheReason(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	fake := always(503, `{"error_code":"CBC.0999","error_msg":"down for repair"}`)
	c, clock := newTestClient(t, fake)
	c.repeater.clock = cancelingClock{clock, cancel}
	_, err := c.GetAccountBalances(ctx)
	if !errors.Is(err, context.Canceled) || !errors.Is(err, ErrServer) || !errors.Is(err, CodeServer) {
		t.Errorf("got %v", err)
	}
	if len(fake.requests()) != 1 {
		t.Errorf("%d attempts", len(fake.requests()))
	}
}

func TestNoAttemptAfterContextIsDone(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	fake := always(200, `{}`)
	c, _ := newTestClient(t, fake)
	err := c.PayOrder(ctx, PayOrderRequest{OrderID: "CS1"})
	if !errors.Is(err, context.Canceled) || !errors.Is(err, ErrNotSent) || !NotDone(err) {
		t.Errorf("got %v", err)
	}
	if len(fake.requests()) != 0 {
		t.Error("a request was sent")
	}
}

// TestQueriesRepeatWhatIsDocumented checks every code that the vendor documents
// for the prices and bills of this client.
func TestQueriesRepeatWhatIsDocumented(t *testing.T) {
	t.Parallel()
	queries := []string{
		opGetOnDemandPrice.name, opGetPeriodPrice.name, opGetRenewalPrice.name,
		opGetMonthlySumBill.name, opListResourceRecords.name, opListResourceFeeRecords.name, opListFeeRecords.name,
	}
	checked := 0
	for code, doc := range documentedCodes(t) {
		if !slices.ContainsFunc(doc.Operations, func(name string) bool { return slices.Contains(queries, name) }) {
			continue
		}
		for _, status := range doc.HTTP {
			err := &Error{Status: status, Code: code}
			// What stands in a 200 is about one resource, and is shown. A token does
			// not become valid by waiting.
			want := doc.Retry == "safe" && status != http.StatusOK && code != CodeTokenInvalid
			if got := repeatable(kindQuery, err); got != want {
				t.Errorf("%s with HTTP %d: repeated is %v, documented is %q", code, status, got, doc.Retry)
			}
			if repeatable(kindAct, err) || repeatable(kindSetting, err) && status != http.StatusTooManyRequests {
				t.Errorf("%s with HTTP %d: a mutation is repeated", code, status)
			}
			checked++
		}
	}
	if checked < 18 {
		t.Errorf("only %d codes were checked", checked)
	}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi/clocktest"
)

// start is what test clocks show at first.
var start = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

const (
	testSecretKey     = "example-of-a-key"
	testSecurityToken = "example-of-a-security-token"
	testToken         = "example-of-an-iam-token"
)

var testKeys = Keys{AccessKey: "AK", SecretKey: testSecretKey}

// sent is a request as it reached the fake network.
type sent struct {
	*http.Request
	body string
}

// network is a RoundTripper that answers from a function and remembers what it
// was sent.
type network struct {
	mu     sync.Mutex
	sent   []sent
	answer func(n int, req sent) (*http.Response, error)
}

func (n *network) RoundTrip(req *http.Request) (*http.Response, error) {
	var body []byte
	if req.Body != nil {
		var err error
		if body, err = io.ReadAll(req.Body); err != nil {
			return nil, err
		}
		_ = req.Body.Close()
	}
	s := sent{req, string(body)}
	n.mu.Lock()
	count := len(n.sent)
	n.sent = append(n.sent, s)
	n.mu.Unlock()
	resp, err := n.answer(count, s)
	if resp != nil {
		resp.Request = req
	}

	return resp, err
}

func (n *network) requests() []sent {
	n.mu.Lock()
	defer n.mu.Unlock()

	return append([]sent(nil), n.sent...)
}

// reply is an answer with pairs of header names and values.
func reply(status int, body string, header ...string) *http.Response {
	h := http.Header{}
	for i := 1; i < len(header); i += 2 {
		h.Set(header[i-1], header[i])
	}

	return &http.Response{
		StatusCode: status, Header: h, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
	}
}

// always answers every request alike.
func always(status int, body string, header ...string) *network {
	return &network{answer: func(int, sent) (*http.Response, error) { return reply(status, body, header...), nil }}
}

// inTurn gives one answer after the other, the last one for ever.
func inTurn(answers ...func() (*http.Response, error)) *network {
	return &network{answer: func(n int, _ sent) (*http.Response, error) { return answers[min(n, len(answers)-1)]() }}
}

func gives(status int, body string, header ...string) func() (*http.Response, error) {
	return func() (*http.Response, error) { return reply(status, body, header...), nil }
}

func fails(err error) func() (*http.Response, error) {
	return func() (*http.Response, error) { return nil, err }
}

// newTestClient is a client of the international site on a fake network and a
// fake clock.
func newTestClient(t *testing.T, transport http.RoundTripper, opts ...Option) (*Client, *clocktest.Clock) {
	t.Helper()
	clock := clocktest.New(start)
	c, err := New(append([]Option{
		WithSite(SiteInternational), WithCredentials(StaticCredentials(testKeys)), WithTransport(transport), WithClock(clock),
	}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}

	return c, clock
}

// logOf collects log entries as text.
type logOf struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logOf) option() Option {
	return WithLogger(func(_ context.Context, _ LogLevel, msg string, fields map[string]any) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.b.WriteString(msg)
		for name, value := range fields {
			l.b.WriteString(" " + name + "=" + textOf(value))
		}
		l.b.WriteString("\n")
	})
}

func (l *logOf) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()

	return l.b.String()
}

func textOf(value any) string { return fmt.Sprintf("%+v", value) }

func pointerTo[T any](v T) *T { return &v }

// noFunds is the least answer to a question for the account's funds.
const noFunds = `{"account_balances":[],"currency":"USD"}`

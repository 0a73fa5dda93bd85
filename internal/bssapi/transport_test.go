// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"bufio"
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// newNetClient is a client that talks to a real server on a loopback address.
func newNetClient(t *testing.T, server *httptest.Server, opts ...Option) *Client {
	t.Helper()
	c, err := New(append([]Option{
		WithSite(SiteInternational), WithEndpoint(server.URL), WithTransport(trusting(t, nil)), WithCredentials(StaticCredentials(testKeys)),
	}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}

	return c
}

func newServer(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)

	return server
}

// TestActIsNotReplayed cuts the connection that an act goes out on, which was
// kept from the call before: net/http repeats some requests by itself then.
func TestActIsNotReplayed(t *testing.T) {
	t.Parallel()
	calls := map[string]func(context.Context, *Client) error{
		"act":     func(ctx context.Context, c *Client) error { return c.PayOrder(ctx, PayOrderRequest{OrderID: "CS1"}) },
		"setting": func(ctx context.Context, c *Client) error { return c.DisableAutoRenew(ctx, "r1") },
		"cancel":  func(ctx context.Context, c *Client) error { return c.CancelOrder(ctx, "CS1") },
	}
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var arrived atomic.Int32
			server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodGet {
					_, _ = io.WriteString(w, noFunds)

					return
				}
				arrived.Add(1)
				_, _ = io.Copy(io.Discard, r.Body)
				panic(http.ErrAbortHandler)
			})
			server.Config.ErrorLog = log.New(io.Discard, "", 0)
			c := newNetClient(t, server)
			if _, err := c.GetAccountBalances(t.Context()); err != nil {
				t.Fatal(err)
			}
			err := call(t.Context(), c)
			if !errors.Is(err, ErrNoAnswer) || NotDone(err) {
				t.Errorf("got %v", err)
			}
			if got := arrived.Load(); got != 1 {
				t.Errorf("the request arrived %d times", got)
			}
		})
	}
}

// TestActOnConnectionClosedByServer sends an act on a kept connection that the
// server closes as soon as the act begins to arrive.
func TestActOnConnectionClosedByServer(t *testing.T) {
	t.Parallel()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	var posts atomic.Int32
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = conn.Close() }()
				for reader := bufio.NewReader(conn); ; {
					req, err := http.ReadRequest(reader)
					if err != nil {
						return
					}
					if req.Method == http.MethodPost {
						posts.Add(1)

						return
					}
					_, _ = io.WriteString(conn, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(noFunds), noFunds))
				}
			}()
		}
	}()
	c := newNetClient(t, &httptest.Server{URL: "http://" + listener.Addr().String()})
	if _, err := c.GetAccountBalances(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.PayOrder(t.Context(), PayOrderRequest{OrderID: "CS1"}); !errors.Is(err, ErrNoAnswer) {
		t.Errorf("got %v", err)
	}
	if got := posts.Load(); got != 1 {
		t.Errorf("%d posts arrived", got)
	}
}

func TestNobodyListens(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	c := newNetClient(t, server, WithMaxRetries(0))
	err := c.PayOrder(t.Context(), PayOrderRequest{OrderID: "CS1"})
	if !errors.Is(err, ErrNotSent) || !NotDone(err) || errors.Is(err, ErrNoAnswer) {
		t.Errorf("got %v", err)
	}
}

func TestHandshakeFailureIsNotSent(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	t.Cleanup(server.Close)
	c := newNetClient(t, server)
	err := c.PayOrder(t.Context(), PayOrderRequest{OrderID: "CS1"})
	if !errors.Is(err, ErrNotSent) {
		t.Errorf("an untrusted certificate: got %v", err)
	}
}

// trusting is a transport that trusts an authority too, if there is one.
func trusting(t *testing.T, authority []byte) *http.Transport {
	t.Helper()
	file := ""
	if authority != nil {
		file = filepath.Join(t.TempDir(), "ca.pem")
		if err := os.WriteFile(file, authority, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	transport, err := NewTransport(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(transport.CloseIdleConnections)

	return transport
}

func TestNewTransportTrustsCertificateFile(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, noFunds) }))
	t.Cleanup(server.Close)
	transport := trusting(t, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
	c := newNetClient(t, server, WithTransport(transport))
	if _, err := c.GetAccountBalances(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := NewTransport(filepath.Join(t.TempDir(), "missing.pem")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := NewTransport(file); err == nil {
		t.Error("a file without certificate is accepted")
	}
}

func TestTimeLimitOfAnAttempt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		fake := &network{answer: func(_ int, req sent) (*http.Response, error) {
			<-req.Context().Done()

			return nil, req.Context().Err()
		}}
		c, _ := newTestClient(t, fake, WithClock(SystemClock()), WithRequestTimeout(3*time.Second), WithMaxRetries(2))
		begin := SystemClock().Now()
		err := c.PayOrder(t.Context(), PayOrderRequest{OrderID: "CS1"})
		if !errors.Is(err, ErrNoAnswer) || NotDone(err) {
			t.Errorf("got %v", err)
		}
		if took := SystemClock().Now().Sub(begin); took != 3*time.Second {
			t.Errorf("took %v", took)
		}
		if _, err := c.GetAccountBalances(t.Context()); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("got %v", err)
		}
		if got := len(fake.requests()); got != 1+3 {
			t.Errorf("%d attempts in all", got)
		}
	})
}

func TestTimeLimitCoversBody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		fake := &network{answer: func(_ int, req sent) (*http.Response, error) {
			resp := reply(http.StatusOK, "")
			resp.Body = stuckBody{req.Context()}

			return resp, nil
		}}
		c, _ := newTestClient(t, fake, WithClock(SystemClock()), WithRequestTimeout(3*time.Second), WithMaxRetries(0))
		_, err := c.GetAccountBalances(t.Context())
		var e *Error
		if !errors.Is(err, ErrUnreadable) || !errors.As(err, &e) || e.Status != http.StatusOK {
			t.Errorf("got %v", err)
		}
	})
}

// stuckBody gives nothing until the context is done.
type stuckBody struct{ ctx context.Context }

func (b stuckBody) Read([]byte) (int, error) {
	<-b.ctx.Done()

	return 0, b.ctx.Err()
}
func (stuckBody) Close() error { return nil }

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)

	return len(p), nil
}

func TestAnswerTooLarge(t *testing.T) {
	t.Parallel()
	const limit = 1000
	var read atomic.Int64
	fake := &network{answer: func(int, sent) (*http.Response, error) {
		resp := reply(http.StatusOK, "")
		resp.Body = io.NopCloser(io.TeeReader(zeros{}, countWriter{&read}))

		return resp, nil
	}}
	c, _ := newTestClient(t, fake, func(c *config) error {
		if c.maxAnswer != 64<<20 {
			t.Errorf("by default an answer may have %d bytes", c.maxAnswer)
		}
		c.maxAnswer = limit

		return nil
	})
	_, err := c.GetAccountBalances(t.Context())
	var e *Error
	if !errors.Is(err, ErrUnreadable) || !errors.As(err, &e) || e.Status != http.StatusOK {
		t.Errorf("got %v", err)
	}
	if got := len(fake.requests()); got != 1 {
		t.Errorf("it was fetched %d times", got)
	}
	if got := read.Load(); got > limit+1 {
		t.Errorf("%d bytes were read of an endless answer", got)
	}
	exact := `{"account_balances":"","currency":"` + strings.Repeat("x", limit-37) + `"}`
	c, _ = newTestClient(t, always(200, exact), func(c *config) error {
		c.maxAnswer = limit

		return nil
	})
	if _, err := c.GetAccountBalances(t.Context()); err != nil || len(exact) != limit {
		t.Errorf("an answer of exactly %d bytes: %v", len(exact), err)
	}
}

type countWriter struct{ n *atomic.Int64 }

func (w countWriter) Write(p []byte) (int, error) {
	w.n.Add(int64(len(p)))

	return len(p), nil
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	var elsewhere atomic.Int32
	other := newServer(t, func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) })
	var mutations, queries atomic.Int32
	var target atomic.Value
	server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/moved") {
			_, _ = io.WriteString(w, noFunds)

			return
		}
		if r.Method == http.MethodGet {
			queries.Add(1)
		} else {
			mutations.Add(1)
		}
		to, _ := target.Load().(string)
		http.Redirect(w, r, to, http.StatusTemporaryRedirect)
	})
	c := newNetClient(t, server, WithMaxRetries(0))

	target.Store("/moved")
	if got, err := c.GetAccountBalances(t.Context()); err != nil || got.Currency != "USD" {
		t.Errorf("a query to the same host: %v, %v", got, err)
	}
	if err := c.PayOrder(t.Context(), PayOrderRequest{OrderID: "CS1"}); err == nil || NotDone(err) {
		t.Errorf("an act: %v", err)
	}
	if err := c.DisableAutoRenew(t.Context(), "r1"); err == nil || NotDone(err) {
		t.Errorf("a setting: %v", err)
	}
	target.Store(other.URL + "/")
	var e *Error
	if _, err := c.GetAccountBalances(t.Context()); !errors.As(err, &e) || e.Status != http.StatusTemporaryRedirect {
		t.Errorf("a query to another host: %v", err)
	}
	target.Store("/again")
	if _, err := c.GetAccountBalances(t.Context()); err == nil {
		t.Error("a circle of redirects succeeds")
	}
	if got := mutations.Load(); got != 2 {
		t.Errorf("%d mutations arrived, want 2", got)
	}
	if got := elsewhere.Load(); got != 0 {
		t.Errorf("%d requests went to another host", got)
	}
	if got := queries.Load(); got > 6 {
		t.Errorf("%d queries arrived: redirects do not end", got)
	}
}

func TestServerTime(t *testing.T) {
	t.Parallel()
	fake := inTurn(
		gives(200, noFunds, "Date", start.Add(720*time.Hour).Format(http.TimeFormat)),
		gives(200, noFunds, "Date", start.Add(time.Second).Format(http.TimeFormat)),
		gives(200, noFunds, "Date", "yesterday"),
	)
	c, clock := newTestClient(t, fake)
	if got := c.Now(); !got.Equal(start) {
		t.Errorf("before any answer: %v", got)
	}
	for _, want := range []time.Duration{720 * time.Hour, 0, 0} {
		if _, err := c.GetAccountBalances(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := c.Now().Sub(clock.Now()).Round(time.Second); got != want {
			t.Errorf("server time is %v off local time, want %v", got, want)
		}
	}
}

func TestLogHasNoSecret(t *testing.T) {
	t.Parallel()
	for _, keys := range []Keys{{AccessKey: "AK", SecretKey: testSecretKey, SecurityToken: testSecurityToken}, {Token: testToken}} {
		var entries logOf
		secrets := []string{keys.SecretKey, keys.SecurityToken, keys.Token}
		echo := `{"error_code":"APIGW.0301","error_msg":"bad ` + strings.Join(secrets, " ") + `"}`
		fake := inTurn(gives(401, echo), gives(500, strings.Join(secrets, " ")), fails(errors.New("cannot send "+strings.Join(secrets, " "))))
		c, _ := newTestClient(t, fake, WithCredentials(StaticCredentials(keys)), entries.option(), WithMaxRetries(0))
		text := ""
		for range 3 {
			_, err := c.GetAccountBalances(t.Context())
			if err == nil {
				t.Fatal("no error")
			}
			text += err.Error() + textOf(err)
		}
		text += entries.String() + textOf(c)
		if !strings.Contains(entries.String(), "get_account_balances") || !strings.Contains(entries.String(), "status=401") {
			t.Errorf("the log says too little: %s", entries.String())
		}
		for _, secret := range []string{keys.SecretKey, keys.SecurityToken, keys.Token, "Signature="} {
			if secret != "" && strings.Contains(text, secret) {
				t.Errorf("%q is in %s", secret, text)
			}
		}
	}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// NewTransport returns the transport that a Client uses by default: proxy from
// the environment, TLS 1.2 or newer. caFile names a PEM file with certificates
// to trust beside those of the system; "" means none.
func NewTransport(caFile string) (*http.Transport, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if caFile != "" {
		pem, err := readText(caFile)
		if err != nil {
			return nil, fmt.Errorf("certificate file: %w", err)
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			return nil, fmt.Errorf("certificates of the system: %w", err)
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("certificate file %s holds no PEM certificate", caFile)
		}
		config.RootCAs = pool
	}
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}

	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         dialer.DialContext,
		TLSClientConfig:     config,
		TLSHandshakeTimeout: 10 * time.Second,
		ForceAttemptHTTP2:   true,
		MaxIdleConns:        64,
		MaxIdleConnsPerHost: 16,
		IdleConnTimeout:     60 * time.Second,
	}, nil
}

// sendTransport sends one attempt, reads its answer whole and within the time
// limit, and logs it. Errors that it returns say whether the request can have
// reached the server.
type sendTransport struct {
	clock   Clock
	timeout time.Duration
	// maxAnswer bounds the bytes of an answer.
	maxAnswer int64
	log       func(context.Context, LogLevel, string, map[string]any)
	// date is told the Date header of each answer.
	date func(time.Time)
	next http.RoundTripper
	// writes is in the place of next for what writes.
	writes http.RoundTripper
}

// errTooLong says that an answer is longer than any of this API, which asking again
// would not change.
var errTooLong = errors.New("the answer is longer")

func (t *sendTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	a := attemptsOf(req.Context())
	start := t.clock.Now()
	resp, err := t.send(req)
	fields := map[string]any{
		"operation":   a.op.name,
		"method":      req.Method,
		"host":        req.URL.Host,
		"path":        req.URL.Path,
		"query":       req.URL.RawQuery,
		"duration_ms": t.clock.Now().Sub(start).Milliseconds(),
	}
	if err != nil {
		fields["error"] = a.redact(err.Error())
		t.log(req.Context(), LogWarn, "BSS request failed", fields)

		return nil, err
	}
	if date, dateErr := http.ParseTime(resp.Header.Get("Date")); dateErr == nil {
		t.date(date)
	}
	fields["status"] = resp.StatusCode
	fields["request_id"] = requestID(resp.Header)
	t.log(req.Context(), LogDebug, "BSS request", fields)

	return resp, nil
}

func (t *sendTransport) send(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		closeBody(req)

		return nil, notSent(err)
	}
	ctx, cancel := context.WithTimeout(req.Context(), t.timeout)
	defer cancel()
	var asked, connected atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { connected.Store(true) },
	})
	next := t.next
	if attemptsOf(ctx).op.kind != kindQuery {
		next = t.writes
	}
	resp, err := next.RoundTrip(req.WithContext(ctx))
	if err != nil {
		var opErr *net.OpError
		dial := errors.As(err, &opErr) && (opErr.Op == "dial" || opErr.Op == "proxyconnect")
		if dial && !connected.Load() || asked.Load() && !connected.Load() {
			return nil, notSent(err)
		}

		return nil, fmt.Errorf("%w: %w", ErrNoAnswer, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, t.maxAnswer+1))
	switch {
	case err != nil:
		err = fmt.Errorf("the answer is cut off: %w", err)
	case int64(len(body)) > t.maxAnswer:
		err = fmt.Errorf("%w than %d bytes", errTooLong, t.maxAnswer)
		body = nil
	}
	resp.Body = &answer{Reader: bytes.NewReader(body), data: body, err: err}

	return resp, nil
}

// answer is a body that was read whole.
type answer struct {
	*bytes.Reader
	data []byte
	// err says why data is not the whole answer.
	err error
}

func (*answer) Close() error { return nil }

// requestID returns the vendor's id of the request.
func requestID(header http.Header) string {
	for _, name := range []string{"X-Request-Id", "X-Openstack-Request-Id", "X-Iam-Trace-Id"} {
		if id := header.Get(name); id != "" {
			return excerpt(id, mostWord)
		}
	}

	return ""
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"sync/atomic"
	"testing"
	"time"
)

// writes makes every call that writes.
func writes() map[*operation]func(context.Context, *Client) error {
	return map[*operation]func(context.Context, *Client) error{
		opPayOrder: func(ctx context.Context, c *Client) error { return c.PayOrder(ctx, PayOrderRequest{OrderID: "CS1"}) },
		opPayOrderV1: func(ctx context.Context, c *Client) error {
			_, err := c.PayOrderV1(ctx, PayOrderV1Request{DomainID: "d1", OrderID: "CS1"})

			return err
		},
		opCancelOrder: func(ctx context.Context, c *Client) error { return c.CancelOrder(ctx, "CS1") },
		opRenewResources: func(ctx context.Context, c *Client) error {
			_, err := c.RenewResources(ctx, RenewResourcesRequest{ResourceIDs: []string{"r1"}, PeriodType: 2, PeriodNum: 1})

			return err
		},
		opUnsubscribeResources: func(ctx context.Context, c *Client) error {
			_, err := c.UnsubscribeResources(ctx, UnsubscribeResourcesRequest{ResourceIDs: []string{"r1"}, Type: 1})

			return err
		},
		opConvertToOnDemandNow: func(ctx context.Context, c *Client) error {
			_, err := c.ConvertToOnDemandNow(ctx, ConvertToOnDemandNowRequest{ResourceIDs: []string{"r1"}})

			return err
		},
		opEnableAutoRenew: func(ctx context.Context, c *Client) error {
			return c.EnableAutoRenew(ctx, EnableAutoRenewRequest{ResourceID: "r1"})
		},
		opDisableAutoRenew: func(ctx context.Context, c *Client) error { return c.DisableAutoRenew(ctx, "r1") },
		opSetRenewConfig: func(ctx context.Context, c *Client) error {
			return c.SetRenewConfig(ctx, RenewConfig(RenewConfigExpiry, LastExpiryDay))
		},
		opCreateMember: func(ctx context.Context, c *Client) error { return c.CreateMember(ctx, testMember) },
		opSendMemberCode: func(ctx context.Context, c *Client) error {
			return c.SendMemberCode(ctx, SendMemberCodeRequest{MobilePhone: "13800000000", Name: "team-c"})
		},
		opEnableEnterpriseProjects: func(ctx context.Context, c *Client) error { return c.EnableEnterpriseProjects(ctx) },
		opSetToOnDemandOnExpiry: func(ctx context.Context, c *Client) error {
			_, err := c.SetToOnDemandOnExpiry(ctx, SetToOnDemandOnExpiryRequest{ResourceIDs: []string{"r1"}, Operation: ToOnDemandSetUp})

			return err
		},
		opTransferAmount: func(ctx context.Context, c *Client) error { return c.TransferAmount(ctx, anAmount()) },
		opRetrieveAmount: func(ctx context.Context, c *Client) error { return c.RetrieveAmount(ctx, anAmount()) },
		opTransferCoupon: func(ctx context.Context, c *Client) error {
			_, err := c.TransferCoupon(ctx, TransferCouponRequest{MemberID: "m", CouponID: "c", Amount: testAmount("1"), TransID: "t"})

			return err
		},
		opRetrieveCoupon: func(ctx context.Context, c *Client) error {
			_, err := c.RetrieveCoupon(ctx, RetrieveCouponRequest{MemberID: "m", CouponID: "c", SubCouponID: "s", TransID: "t"})

			return err
		},
	}
}

// siteWith is a site that has an operation.
func siteWith(op *operation) Site {
	if op.on(SiteInternational) {
		return SiteInternational
	}

	return SiteChina
}

// mostArrivals is after how many requests the server hangs up for good, so that
// a transport that repeats them comes to an end.
const mostArrivals = 20

// The ways in which the server leaves a request without an answer.
const (
	endRefusedStream = "REFUSED_STREAM"
	endProtocolError = "PROTOCOL_ERROR"
	endGoAway        = "GOAWAY"
	endClose         = "close"
)

// hangingUp is a TLS server of HTTP/2 and HTTP/1.1 that answers no request. It
// counts those that arrive.
type hangingUp struct {
	end      string
	listener net.Listener
	arrived  atomic.Int64
	byHTTP2  atomic.Int64
}

func newHangingUp(t *testing.T, end string, protocols ...string) (*hangingUp, *tls.Config) {
	t.Helper()
	withKeys := httptest.NewTLSServer(http.NotFoundHandler())
	defer withKeys.Close()
	pool := x509.NewCertPool()
	pool.AddCert(withKeys.Certificate())
	plain, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &hangingUp{end: end, listener: tls.NewListener(plain, &tls.Config{
		Certificates: withKeys.TLS.Certificates, NextProtos: protocols, MinVersion: tls.VersionTLS12,
	})}
	t.Cleanup(func() { _ = s.listener.Close() })
	go func() {
		for s.arrived.Load() < mostArrivals {
			conn, err := s.listener.Accept()
			if err != nil {
				return
			}
			go s.serve(t.Context(), conn)
		}
		_ = s.listener.Close()
	}()

	return s, &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
}

func (s *hangingUp) serve(ctx context.Context, conn net.Conn) {
	defer func() { _ = conn.Close() }()
	secure, ok := conn.(*tls.Conn)
	if !ok || secure.HandshakeContext(ctx) != nil {
		return
	}
	if secure.ConnectionState().NegotiatedProtocol != "h2" {
		if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
			s.arrived.Add(1)
		}

		return
	}
	s.serveHTTP2(conn)
}

// The frames of HTTP/2 that are needed here.
const (
	frameData, frameHeaders, frameReset, frameSettings, framePing, frameGoAway = 0, 1, 3, 4, 6, 7
	preface                                                                    = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
)

func (s *hangingUp) serveHTTP2(conn net.Conn) {
	write := func(kind, flags byte, stream uint32, payload []byte) {
		header := make([]byte, 9, 9+len(payload))
		header[2], header[3], header[4] = byte(len(payload)&0xff), kind, flags
		binary.BigEndian.PutUint32(header[5:], stream)
		_, _ = conn.Write(append(header, payload...))
	}
	if _, err := io.ReadFull(conn, make([]byte, len(preface))); err != nil {
		return
	}
	write(frameSettings, 0, 0, nil)
	for header := make([]byte, 9); s.arrived.Load() < mostArrivals; {
		if _, err := io.ReadFull(conn, header); err != nil {
			return
		}
		payload := make([]byte, int(header[0])<<16|int(header[1])<<8|int(header[2]))
		if _, err := io.ReadFull(conn, payload); err != nil {
			return
		}
		kind, first, stream := header[3], header[4]&1 == 1, binary.BigEndian.Uint32(header[5:])&0x7fffffff
		switch {
		case kind == frameSettings && !first:
			write(frameSettings, 1, 0, nil)
		case kind == framePing && !first:
			write(framePing, 1, 0, payload)
		case kind == frameHeaders:
			s.arrived.Add(1)
			s.byHTTP2.Add(1)
		}
		if (kind == frameHeaders || kind == frameData) && first && !s.hangUp(write, stream) {
			return
		}
	}
}

// hangUp ends a stream whose request has arrived whole, and says whether the
// connection goes on.
func (s *hangingUp) hangUp(write func(kind, flags byte, stream uint32, payload []byte), stream uint32) bool {
	switch s.end {
	case endRefusedStream:
		write(frameReset, 0, stream, []byte{0, 0, 0, 7})
	case endProtocolError:
		write(frameReset, 0, stream, []byte{0, 0, 0, 1})
	case endGoAway:
		write(frameGoAway, 0, 0, make([]byte, 8))

		return false
	default:
		return false
	}

	return true
}

// custom is a transport as a caller may bring one, with what may be set of it.
func custom(tls *tls.Config, change func(*http.Transport)) *http.Transport {
	transport := &http.Transport{TLSClientConfig: tls, ForceAttemptHTTP2: true}
	change(transport)

	return transport
}

// wrapped hides the transport that it is around.
type wrapped struct{ http.RoundTripper }

// TestWritesAreNotReplayed: Go's own transport sends a request again by itself
// where HTTP/2 says that it was not looked at, which a server that acted may say
// too. No call that writes is sent twice, whatever the server does and however
// the transport was made.
func TestWritesAreNotReplayed(t *testing.T) {
	t.Parallel()
	for _, op := range rows {
		if op.kind != kindQuery && writes()[op] == nil {
			t.Errorf("%s writes, and is not tried here", op.name)
		}
	}
	transports := map[string]func(*tls.Config) http.RoundTripper{
		"plain": func(config *tls.Config) http.RoundTripper { return custom(config, func(*http.Transport) {}) },
		"used before": func(config *tls.Config) http.RoundTripper {
			return custom(config, func(transport *http.Transport) { transport.Clone() })
		},
		"of protocols": func(config *tls.Config) http.RoundTripper {
			return custom(config, func(transport *http.Transport) {
				transport.Protocols = &http.Protocols{}
				transport.Protocols.SetHTTP1(true)
				transport.Protocols.SetHTTP2(true)
			})
		},
		"that asks for HTTP/2": func(config *tls.Config) http.RoundTripper {
			config.NextProtos = []string{"h2", "http/1.1"}

			return custom(config, func(*http.Transport) {})
		},
		"wrapped": func(config *tls.Config) http.RoundTripper { return wrapped{custom(config, func(*http.Transport) {})} },
		"dials by itself": func(config *tls.Config) http.RoundTripper {
			config.NextProtos = []string{"h2", "http/1.1"}

			return custom(config, func(transport *http.Transport) {
				transport.DialTLSContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
					return (&tls.Dialer{Config: config}).DialContext(ctx, network, addr)
				}
			})
		},
	}
	for _, end := range []string{endRefusedStream, endProtocolError, endGoAway, endClose} {
		for name, transport := range transports {
			t.Run(end+"/"+name, func(t *testing.T) {
				t.Parallel()
				for op, write := range writes() {
					server, config := newHangingUp(t, end, "h2", "http/1.1")
					c, _ := newTestClient(t, transport(config), WithEndpoint("https://"+server.listener.Addr().String()), WithClock(SystemClock()),
						WithSite(siteWith(op)))
					ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
					err := write(ctx, c)
					cancel()
					if !errors.Is(err, ErrNoAnswer) || NotDone(err) {
						t.Errorf("%s: %v", op.name, err)
					}
					if got := server.arrived.Load(); got != 1 {
						t.Errorf("%s: arrived %d times, by HTTP/2 %d times: %v", op.name, got, server.byHTTP2.Load(), err)
					}
				}
			})
		}
	}
}

// TestReadsUseHTTP2: what only reads goes on over HTTP/2, and writes succeed over
// HTTP/1.1 beside it.
func TestReadsUseHTTP2(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if reads := r.Method == http.MethodGet; reads != (r.ProtoMajor == 2) {
			t.Errorf("%s %s over %s", r.Method, r.URL.Path, r.Proto)
		}
		if r.Method == http.MethodGet {
			_, _ = io.WriteString(w, noFunds)

			return
		}
		if r.ContentLength < 0 {
			t.Errorf("%s %s is sent in chunks", r.Method, r.URL.Path)
		}
		w.WriteHeader(http.StatusNoContent)
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	c, _ := newTestClient(t, custom(&tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}, func(*http.Transport) {}),
		WithEndpoint(server.URL), WithClock(SystemClock()))
	for range 2 {
		if _, err := c.GetAccountBalances(t.Context()); err != nil {
			t.Error(err)
		}
		for _, op := range []*operation{opPayOrder, opCancelOrder, opEnableAutoRenew, opDisableAutoRenew} {
			if err := writes()[op](t.Context(), c); err != nil {
				t.Errorf("%s: %v", op.name, err)
			}
		}
	}
}

// TestDialErrorAfterConnection: an error of dialing that comes after a connection
// was there says nothing about the request.
func TestDialErrorAfterConnection(t *testing.T) {
	t.Parallel()
	for connected, kind := range map[bool]error{false: ErrNotSent, true: ErrNoAnswer} {
		c, _ := newTestClient(t, roundTripper(func(req *http.Request) (*http.Response, error) {
			trace := httptrace.ContextClientTrace(req.Context())
			trace.GetConn("")
			if connected {
				trace.GotConn(httptrace.GotConnInfo{})
			}

			return nil, &net.OpError{Op: "dial", Err: errors.New("refused")}
		}))
		err := c.PayOrder(t.Context(), PayOrderRequest{OrderID: "CS1"})
		if !errors.Is(err, kind) || NotDone(err) == connected {
			t.Errorf("connected %t: %v", connected, err)
		}
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// certificate is a self-signed one of a server on 127.0.0.1, and its PEM text.
func certificate(t *testing.T, notAfter time.Time) (tls.Certificate, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: notAfter.AddDate(-1, 0, 0), NotAfter: notAfter, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}

	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// TestTLS shows to which servers requests go at all. What is refused gets not
// a byte of a request, and so no signature.
func TestTLS(t *testing.T) {
	t.Parallel()
	now := SystemClock().Now()
	tests := map[string]struct {
		version   uint16
		notAfter  time.Time
		host      string
		untrusted bool
		accepted  bool
	}{
		"TLS 1.0":                        {version: tls.VersionTLS10},
		"TLS 1.1":                        {version: tls.VersionTLS11},
		"TLS 1.2":                        {version: tls.VersionTLS12, accepted: true},
		"TLS 1.3":                        {version: tls.VersionTLS13, accepted: true},
		"certificate that nobody trusts": {version: tls.VersionTLS13, untrusted: true},
		"certificate of another host":    {version: tls.VersionTLS13, host: "localhost"},
		"certificate that has expired":   {version: tls.VersionTLS13, notAfter: now.Add(-time.Hour)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.notAfter.IsZero() {
				test.notAfter = now.Add(time.Hour)
			}
			pair, authority := certificate(t, test.notAfter)
			var arrived atomic.Int32
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				arrived.Add(1)
				_, _ = io.WriteString(w, noFunds)
			}))
			server.Config.ErrorLog = log.New(io.Discard, "", 0)
			server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: test.version, MaxVersion: test.version}
			server.StartTLS()
			t.Cleanup(server.Close)
			trusted := authority
			if test.untrusted {
				trusted = nil
			}
			transport := trusting(t, trusted)
			endpoint := server.URL
			if test.host != "" {
				endpoint = strings.Replace(endpoint, "127.0.0.1", test.host, 1)
			}
			c := newNetClient(t, server, WithTransport(transport), WithEndpoint(endpoint), WithMaxRetries(0))
			_, err := c.GetAccountBalances(t.Context())
			if test.accepted && (err != nil || arrived.Load() != 1) {
				t.Errorf("%d requests arrived: %v", arrived.Load(), err)
			}
			if !test.accepted && (!errors.Is(err, ErrNotSent) || arrived.Load() != 0) {
				t.Errorf("%d requests arrived: %v", arrived.Load(), err)
			}
		})
	}
}

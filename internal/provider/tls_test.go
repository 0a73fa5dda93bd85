// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"crypto/tls"
	"encoding/pem"
	"io"
	stdlog "log"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// newTLSFront hands requests on to the simulated account, and speaks TLS of up
// to a version. It returns its address and its certificate.
func newTLSFront(t *testing.T, w *world, version uint16) (address, certificate string) {
	t.Helper()

	target, err := url.Parse(w.URL())
	if err != nil {
		t.Fatal(err)
	}

	front := httptest.NewUnstartedServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		// The host is signed.
		r.Out.Host = r.In.Host
	}})
	front.Config.ErrorLog = stdlog.New(io.Discard, "", 0)
	//nolint:gosec // what is old has to be refused by the provider
	front.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: version}
	front.StartTLS()
	t.Cleanup(front.Close)

	return front.URL, w.file("front.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: front.Certificate().Raw})))
}

// TestProviderVerifiesTLS shows that the certificate of the API is verified,
// which cacert_file and OS_CACERT can help with, and that old TLS is refused.
func TestProviderVerifiesTLS(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		version  uint16
		argument bool
		variable string
		accepted bool
	}{
		"no certificate":                      {version: tls.VersionTLS13},
		"certificate by argument":             {version: tls.VersionTLS13, argument: true, accepted: true},
		"certificate by variable":             {version: tls.VersionTLS12, variable: "OS_CACERT", accepted: true},
		"certificate by argument, old TLS":    {version: tls.VersionTLS11, argument: true},
		"certificate by another variable":     {version: tls.VersionTLS13, variable: "SSL_CA"},
		"verification cannot be switched off": {version: tls.VersionTLS13, variable: "OS_INSECURE"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			address, certificate := newTLSFront(t, w, test.version)
			arguments := attributes{"endpoint": str(address), "max_retries": num(t, "0")}

			if test.argument {
				arguments["cacert_file"] = str(certificate)
			}

			if test.variable != "" {
				w.env[test.variable] = certificate
			}

			_, diags := readData(t, w, "bss_account_balances", arguments, nil)

			if accepted := !diags.failed(); accepted != test.accepted || accepted != (len(w.calls()) == 1) {
				t.Errorf("calls: %v\n%s", w.calls(), diags)
			}

			if !test.accepted {
				diags.says(t, "", "Nothing was sent to 127.0.0.1:", "tls: ")
			}

			asks := strings.Contains(diags.String(), "cacert_file (or OS_CACERT)")
			if asks != (!test.accepted && !test.argument) {
				t.Errorf("asks for a certificate: %t\n%s", asks, diags)
			}
		})
	}
}

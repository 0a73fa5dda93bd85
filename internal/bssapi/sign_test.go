// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi/clocktest"
)

// signingVector is a signature that the vendor's own SDK (v0.1.207) made.
type signingVector struct {
	Name          string              `json:"name"`
	Method        string              `json:"method"`
	Path          string              `json:"path"`
	Query         map[string][]string `json:"query"`
	Header        map[string]string   `json:"header"`
	Body          string              `json:"body"`
	AccessKey     string              `json:"access_key"`
	SecretKey     string              `json:"secret_key"`
	Authorization string              `json:"authorization"`
}

func TestSignEqualsVendor(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/signing/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []signingVector
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 100 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	for _, v := range vectors {
		t.Run(v.Name, func(t *testing.T) {
			t.Parallel()
			header := http.Header{}
			for name, value := range v.Header {
				header[name] = []string{value}
			}
			date, err := time.Parse(signDate, v.Header["X-Sdk-Date"])
			if err != nil {
				t.Fatal(err)
			}
			got := sign(signable{
				method: v.Method, path: v.Path, query: v.Query, header: header, body: []byte(v.Body), date: date,
			}, v.AccessKey, v.SecretKey)
			if got != v.Authorization {
				t.Errorf("got  %s\nwant %s", got, v.Authorization)
			}
		})
	}
}

// signedRequest sends a request through the signing layer and returns what
// arrives.
func signedRequest(t *testing.T, keys Keys, domainID string, req *http.Request) sent {
	t.Helper()
	network := always(http.StatusOK, "{}")
	transport := &signTransport{
		credentials: StaticCredentials(keys), clock: clocktest.New(start), domainID: domainID, next: network,
	}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()

	return network.requests()[0]
}

func TestSignTransportHeaders(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		keys            Keys
		domainID        string
		present, absent []string
	}{
		"keys": {
			keys:    testKeys,
			present: []string{"Authorization", headerDate},
			absent:  []string{headerAuthToken, headerSecurityToken, headerDomainID},
		},
		"temporary keys": {
			keys:    Keys{AccessKey: "AK", SecretKey: testSecretKey, SecurityToken: testSecurityToken},
			present: []string{"Authorization", headerSecurityToken},
		},
		"token": {
			keys:     Keys{Token: testToken},
			domainID: "d1",
			present:  []string{headerAuthToken, headerDomainID},
			absent:   []string{"Authorization", headerDate},
		},
		"domain": {keys: testKeys, domainID: "d1", present: []string{"Authorization", headerDomainID}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://example.com/v2/x?b=1", nil)
			if err != nil {
				t.Fatal(err)
			}
			got := signedRequest(t, test.keys, test.domainID, req)
			for _, header := range test.present {
				if got.Header.Get(header) == "" {
					t.Errorf("%s is missing", header)
				}
			}
			for _, header := range test.absent {
				if got.Header.Get(header) != "" {
					t.Errorf("%s is sent", header)
				}
			}
			// Every header that identifies the caller is covered by the signature.
			signed := got.Header.Get("Authorization")
			for _, header := range []string{headerSecurityToken, headerDomainID, "Host"} {
				covered := strings.Contains(signed, strings.ToLower(header))
				if signed != "" && (header == "Host" || got.Header.Get(header) != "") && !covered {
					t.Errorf("%s is not covered by %s", header, signed)
				}
			}
			if req.Header.Get("Authorization") != "" {
				t.Error("the request given was changed")
			}
		})
	}
}

func TestSignTransportRemovesGetBody(t *testing.T) {
	t.Parallel()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://example.com/", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	if req.GetBody == nil {
		t.Fatal("this test needs a request with GetBody")
	}
	got := signedRequest(t, testKeys, "", req)
	if got.GetBody != nil {
		t.Error("net/http could send the body again")
	}
	if got.body != "{}" || got.ContentLength != 2 {
		t.Errorf("body %q, length %d", got.body, got.ContentLength)
	}
}

// FuzzSign checks that a server which only sees the request's bytes comes to
// the same signature.
func FuzzSign(f *testing.F) {
	f.Add("/v2/orders", "limit", "100", "{}")
	f.Add("/a b/é", "k y", "+&=/?%zz", "名字")
	f.Add("//", "", "", "")
	f.Fuzz(func(t *testing.T, path, key, value, body string) {
		u := &url.URL{
			Scheme:   "https",
			Host:     "example.com",
			Path:     "/" + strings.TrimLeft(path, "/"),
			RawQuery: url.Values{key: {value, "x"}}.Encode(),
		}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, u.String(), strings.NewReader(body))
		if err != nil {
			t.Skip()
		}
		out := signedRequest(t, testKeys, "domain", req)
		out.Body = io.NopCloser(strings.NewReader(out.body))
		var wire bytes.Buffer
		if err := out.Write(&wire); err != nil {
			t.Fatal(err)
		}
		in, err := http.ReadRequest(bufio.NewReader(&wire))
		if err != nil {
			t.Fatal(err)
		}
		received, err := io.ReadAll(in.Body)
		if err != nil {
			t.Fatal(err)
		}
		_ = in.Body.Close()
		header := http.Header{"Host": {in.Host}, headerDate: in.Header[headerDate], headerDomainID: in.Header[headerDomainID]}
		want := in.Header.Get("Authorization")
		got := sign(
			signable{method: in.Method, path: in.URL.Path, query: in.URL.Query(), header: header, body: received, date: start},
			"AK",
			testSecretKey,
		)
		if got != want {
			t.Errorf("the server comes to\n%s, sent was\n%s", got, want)
		}
	})
}

// No part of a secret stays where one begins with another, and what stands in its place
// is not changed again.
func TestRedact(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		secrets    []string
		text, want string
	}{
		"one begins with another":   {[]string{"138123", "13812345678"}, "code 138123, phone 13812345678", "code [redacted], phone [redacted]"},
		"one is a part of the mark": {[]string{"redacted", "wrong"}, "wrong: redacted", "[redacted]: [redacted]"},
		"signs of patterns":         {[]string{`a.*(b)[c]\$1`}, `of a.*(b)[c]\$1 and axx(b)[c]`, "of [redacted] and axx(b)[c]"},
		"in ASCII alone":            {[]string{"gr\u00fcn"}, `gr\u00fcn, gr%C3%BCn, "grün"`, `[redacted], [redacted], "[redacted]"`},
		"none":                      {[]string{""}, "text", "text"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := &attempts{sent: test.secrets}
			if got := a.redact(test.text); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

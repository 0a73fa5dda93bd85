// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"testing"
	"time"
)

// The vendor's own signer made these signatures.
var signatures = map[string]struct {
	method, url, body string
	header            map[string]string
}{
	"query": {
		method: http.MethodGet,
		url: "https://bss-intl.myhuaweicloud.com/v2/orders/customer-orders?service_type_name=%E4%BA%91+%26%3D%2B%2F~*" +
			"&limit=100&order_by=-createTime&create_time_begin=2026-01-02T00%3A00%3A00Z",
		header: map[string]string{
			"X-Domain-Id": domainID, "User-Agent": "huaweicloud-usdk-go/3.0",
			"Authorization": "SDK-HMAC-SHA256 Access=SIMULATORACCESSKEY00, SignedHeaders=user-agent;x-domain-id;x-sdk-date, " +
				"Signature=349db4b658cc54d1ac144f912e24ac071f8bd456893a73c8fa7bcccedec2b4a8",
		},
	},
	"body": {
		method: http.MethodPost,
		url:    "https://bss-intl.myhuaweicloud.com/v3/orders/customer-orders/pay",
		body:   `{"order_id":"CS1"}`,
		header: map[string]string{
			"Content-Type": "application/json;charset=UTF-8",
			"Authorization": "SDK-HMAC-SHA256 Access=SIMULATORACCESSKEY00, SignedHeaders=x-sdk-date, " +
				"Signature=0d9f3f5687fa5d836309b897df64a37f430b122a523b0d19d7182943b6b933f4",
		},
	},
	"temporary key, host, path": {
		method: http.MethodGet,
		url:    "https://bss-intl.myhuaweicloud.com/v2/orders/customer-orders/details/CS%201+%C3%A9",
		header: map[string]string{
			"X-Security-Token": "simulator-security-token-of-no-worth",
			"Authorization": "SDK-HMAC-SHA256 Access=SIMULATORTEMPORARY00, SignedHeaders=host;x-sdk-date;x-security-token, " +
				"Signature=52def8d122fe9312ee2796bf6b15d1c9da738e1f657f5c87483161b1e48f2658",
		},
	},
}

var signedAt = time.Date(2026, 11, 22, 19, 0, 0, 0, time.UTC)

func signedRequest(t *testing.T, name string) (*http.Request, []byte) {
	t.Helper()
	s := signatures[name]
	request, err := http.NewRequestWithContext(t.Context(), s.method, s.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Sdk-Date", signedAt.Format(signatureTime))
	for key, value := range s.header {
		request.Header.Set(key, value)
	}

	return request, []byte(s.body)
}

func TestSignature(t *testing.T) {
	t.Parallel()
	for name := range signatures {
		request, body := signedRequest(t, name)
		if _, refusal := (gate{Credentials: simulatedCredentials(domainID)}).authenticate(
			request,
			body,
			signedAt.Add(14*time.Minute),
		); refusal != nil {
			t.Errorf("%s: %v", name, refusal)
		}
	}
}

func TestSignatureRefused(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(r *http.Request) (body string, at time.Time){
		"other body": func(*http.Request) (string, time.Time) { return `{"order_id":"CS2"}`, signedAt },
		"too late":   func(*http.Request) (string, time.Time) { return `{"order_id":"CS1"}`, signedAt.Add(16 * time.Minute) },
		"too early":  func(*http.Request) (string, time.Time) { return `{"order_id":"CS1"}`, signedAt.Add(-16 * time.Minute) },
		"other path": func(r *http.Request) (string, time.Time) {
			r.URL.Path = "/v2/orders/customer-orders/cancel"

			return `{"order_id":"CS1"}`, signedAt
		},
		"other query": func(r *http.Request) (string, time.Time) {
			r.URL.RawQuery = "a=b"

			return `{"order_id":"CS1"}`, signedAt
		},
		"other date": func(r *http.Request) (string, time.Time) {
			r.Header.Set("X-Sdk-Date", "20261122T190001Z")

			return `{"order_id":"CS1"}`, signedAt
		},
		"unknown key": func(r *http.Request) (string, time.Time) {
			r.Header.Set("Authorization", "SDK-HMAC-SHA256 Access=SOMEBODY, SignedHeaders=x-sdk-date, Signature=00")

			return `{"order_id":"CS1"}`, signedAt
		},
		"date not signed": func(r *http.Request) (string, time.Time) {
			r.Header.Set("Authorization", "SDK-HMAC-SHA256 Access=SIMULATORACCESSKEY00, SignedHeaders=host, Signature=00")

			return `{"order_id":"CS1"}`, signedAt
		},
		"temporary key alone": func(r *http.Request) (string, time.Time) {
			r.Header.Set("Authorization", "SDK-HMAC-SHA256 Access=SIMULATORTEMPORARY00, SignedHeaders=x-sdk-date, Signature=00")

			return `{"order_id":"CS1"}`, signedAt
		},
		"wrong security token": func(r *http.Request) (string, time.Time) {
			r.Header.Set("X-Security-Token", "wrong")

			return `{"order_id":"CS1"}`, signedAt
		},
		"unsigned payload": func(r *http.Request) (string, time.Time) {
			r.Header.Set("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD")

			return `{"order_id":"CS1"}`, signedAt
		},
		"nothing": func(r *http.Request) (string, time.Time) {
			r.Header.Del("Authorization")

			return `{"order_id":"CS1"}`, signedAt
		},
	} {
		request, _ := signedRequest(t, "body")
		body, at := change(request)
		_, refusal := gate{Credentials: simulatedCredentials(domainID)}.authenticate(request, []byte(body), at)
		if refusal == nil || refusal.status != http.StatusUnauthorized || refusal.code != "APIGW.0301" {
			t.Errorf("%s: %v", name, refusal)
		}
	}
}

func TestTokenAndDomain(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	path := "/v2/products/service-types?limit=1"
	c.must(t, http.MethodGet, path, "", "X-Auth-Token", "old").refused(t, http.StatusForbidden, "CBC.0154")
	c.must(t, http.MethodGet, path, "", "X-Domain-Id", "somebody").refused(t, http.StatusForbidden, "CBC.0155")
	c.must(t, http.MethodGet, path, "", "X-Domain-Id", domainID).want(t, http.StatusOK)
	answer := c.must(t, http.MethodGet, path, "", "X-Auth-Token", "", "Authorization", "Bearer x")
	answer.refused(t, http.StatusUnauthorized, "APIGW.0301")
	if answer.text("request_id") == "" || answer.text("request_id") != answer.header.Get("X-Request-Id") {
		t.Errorf("request id: %s", answer.raw)
	}
	domains := c.get(t, "/v3/auth/domains")
	same(t, "domain", domains.text("domains", 0, "id"), domainID)
}

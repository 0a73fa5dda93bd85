// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestNewValidates(t *testing.T) {
	t.Parallel()
	good := WithCredentials(StaticCredentials(testKeys))
	tests := map[string]struct {
		opts []Option
		ok   bool
	}{
		"nothing":                    {nil, false},
		"credentials":                {[]Option{good}, true},
		"no site":                    {[]Option{good, WithSite("")}, true},
		"unknown site":               {[]Option{good, WithSite("mars")}, false},
		"https":                      {[]Option{good, WithEndpoint("https://bss.example.com/prefix/")}, true},
		"plain http":                 {[]Option{good, WithEndpoint("http://bss.example.com")}, false},
		"plain http to 127.0.0.1":    {[]Option{good, WithEndpoint("http://127.0.0.1:8080")}, true},
		"plain http to ::1":          {[]Option{good, WithEndpoint("http://[::1]:8080")}, true},
		"plain http to localhost":    {[]Option{good, WithEndpoint("http://localhost:8080")}, true},
		"plain http to localhost.x":  {[]Option{good, WithEndpoint("http://localhost.example.com")}, false},
		"plain http to 127.0.0.1.x":  {[]Option{good, WithEndpoint("http://127.0.0.1.example.com")}, false},
		"user in address":            {[]Option{good, WithEndpoint("https://user@bss.example.com")}, false},
		"query in address":           {[]Option{good, WithEndpoint("https://bss.example.com?x=1")}, false},
		"no scheme":                  {[]Option{good, WithEndpoint("bss.example.com")}, false},
		"other scheme":               {[]Option{good, WithEndpoint("ftp://bss.example.com")}, false},
		"no address":                 {[]Option{good, WithEndpoint("")}, true},
		"IAM over plain http":        {[]Option{good, WithIAMEndpoint("http://iam.example.com")}, false},
		"language":                   {[]Option{good, WithLanguage("zh_CN")}, true},
		"unknown language":           {[]Option{good, WithLanguage("de_DE")}, false},
		"negative number of retries": {[]Option{good, WithMaxRetries(-1)}, false},
		"no time at all":             {[]Option{good, WithRequestTimeout(0)}, false},
	}
	for name, test := range tests {
		if _, err := New(test.opts...); (err == nil) != test.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestParseSite(t *testing.T) {
	t.Parallel()
	for _, site := range allSites {
		if got, err := ParseSite(string(site)); err != nil || got != site || site.endpoint() == "" || site.iamEndpoint() == "" {
			t.Errorf("%s: %v, %v", site, got, err)
		}
	}
	for _, name := range []string{"", "China", "intl"} {
		if _, err := ParseSite(name); err == nil {
			t.Errorf("%q is accepted", name)
		}
	}
	if Site("mars").endpoint() != "" || Site("mars").iamEndpoint() != "" {
		t.Error("an unknown site has an address")
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	fake := always(200, `{"total_count":0}`)
	c, _ := newTestClient(t, fake, WithLanguage("en_US"), WithUserAgent("agent/1"), WithDomainID("d1"))
	_, _ = c.GetOrder(t.Context(), "CS1")
	_, _ = c.GetAccountBalances(t.Context())
	_, _ = collect(t, c.ListResources(t.Context(), ListResourcesRequest{OrderID: "CS1"}))
	got := fake.requests()
	for i, want := range []map[string]string{
		{"X-Language": "en_US", "Content-Type": ""},
		{"X-Language": "", "Content-Type": ""},
		{"X-Language": "", "Content-Type": "application/json"},
	} {
		want["User-Agent"], want["X-Domain-Id"], want["Accept"] = "agent/1", "d1", "application/json"
		for name, value := range want {
			if got[i].Header.Get(name) != value {
				t.Errorf("request %d: %s is %q, want %q", i, name, got[i].Header.Get(name), value)
			}
		}
	}
}

func TestEndpoints(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		opts     []Option
		bss, iam string
	}{
		"china":         {[]Option{WithSite(SiteChina)}, "bss.myhuaweicloud.com", "iam.cn-north-1.myhuaweicloud.com"},
		"international": {[]Option{WithSite(SiteInternational)}, "bss-intl.myhuaweicloud.com", "iam.ap-southeast-1.myhuaweicloud.com"},
		"europe":        {[]Option{WithSite(SiteEurope)}, "bss.myhuaweicloud.eu", "iam.eu-west-101.myhuaweicloud.eu"},
		"own": {
			[]Option{WithSite(SiteChina), WithEndpoint("https://bss.example.com/a/")},
			"bss.example.com",
			"iam.cn-north-1.myhuaweicloud.com",
		},
		"loopback": {[]Option{WithEndpoint("http://127.0.0.1:1")}, "127.0.0.1:1", "127.0.0.1:1"},
		"own IAM": {
			[]Option{WithEndpoint("http://127.0.0.1:1"), WithIAMEndpoint("https://iam.example.com")},
			"127.0.0.1:1",
			"iam.example.com",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := always(200, `{"account_balances":[],"domains":[{"id":"d1","name":"n","enabled":true},{"id":""}]}`)
			c, _ := newTestClient(t, fake, test.opts...)
			if _, err := c.GetAccountBalances(t.Context()); err != nil {
				t.Fatal(err)
			}
			accounts, err := c.Accounts(t.Context())
			if err != nil || cmp.Diff([]Account{{ID: "d1", Name: "n"}}, accounts) != "" {
				t.Errorf("got %v, %v", accounts, err)
			}
			got := fake.requests()
			if got[0].URL.Host != test.bss || got[1].URL.Host != test.iam || got[1].URL.Path != "/v3/auth/domains" {
				t.Errorf("went to %s and %s", got[0].URL, got[1].URL)
			}
			if got[1].Header.Get("Authorization") == "" {
				t.Error("the call of the identity service is not signed")
			}
			if name == "own" && got[0].URL.Path != "/a"+opGetAccountBalances.path {
				t.Errorf("path %s", got[0].URL.Path)
			}
		})
	}
}

// sitesAnswer lets only one host know the account.
func sitesAnswer(home Site, code Code) *network {
	return &network{answer: func(_ int, req sent) (*http.Response, error) {
		if "https://"+req.URL.Host == home.endpoint() {
			return reply(200, `{"total_count":100,"service_types":[{}],"account_balances":[]}`), nil
		}

		return reply(403, `{"error_code":"`+string(code)+`","error_msg":"other site"}`), nil
	}}
}

func TestSiteIsFoundOut(t *testing.T) {
	t.Parallel()
	for calls, home := range allSites {
		for _, code := range []Code{CodeWrongSite, CodeWrongSiteOld} {
			fake := sitesAnswer(home, code)
			c, _ := newTestClient(t, fake)
			c.config.site = ""
			c.found.Store(nil)
			for range 3 {
				if got, err := c.Site(t.Context()); err != nil || got != home {
					t.Errorf("%s: got %v, %v", home, got, err)
				}
			}
			got := fake.requests()
			if len(got) != calls+1 {
				t.Errorf("%s: %d calls, want %d", home, len(got), calls+1)
			}
			if got[0].URL.Path != "/v2/products/service-types" || got[0].URL.RawQuery != "limit=1" {
				t.Errorf("the probe is %s", got[0].URL)
			}
			if _, err := c.GetAccountBalances(t.Context()); err != nil {
				t.Error(err)
			}
			if last := fake.requests()[len(got)]; "https://"+last.URL.Host != home.endpoint() {
				t.Errorf("%s: the next call went to %s", home, last.URL.Host)
			}
		}
	}
}

func TestSiteFailureIsNotKept(t *testing.T) {
	t.Parallel()
	fake := inTurn(gives(403, `{"error_code":"CBC.0151"}`), gives(200, `{"service_types":[]}`))
	c, _ := newTestClient(t, fake)
	c.config.site = ""
	c.found.Store(nil)
	if _, err := c.Site(t.Context()); !errors.Is(err, ErrAccessDenied) {
		t.Errorf("got %v", err)
	}
	if got, err := c.Site(t.Context()); err != nil || got != SiteChina {
		t.Errorf("got %v, %v", got, err)
	}
	everywhere := always(403, `{"error_code":"CBC.0156"}`)
	c, _ = newTestClient(t, everywhere)
	c.config.site = ""
	c.found.Store(nil)
	if _, err := c.Site(t.Context()); !errors.Is(err, ErrWrongSite) || len(everywhere.requests()) != 3 {
		t.Errorf("no site: %v", err)
	}
}

func TestSiteIsFoundOutOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		fake := &network{answer: func(_ int, req sent) (*http.Response, error) {
			if err := SystemClock().Sleep(req.Context(), time.Second); err != nil {
				return nil, err
			}

			return reply(200, `{"total_count":0}`), nil
		}}
		c, err := New(WithCredentials(StaticCredentials(testKeys)), WithTransport(fake))
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() {
				if got, err := c.Site(t.Context()); err != nil || got != SiteChina {
					t.Errorf("got %v, %v", got, err)
				}
			})
		}
		wg.Wait()
		if got := len(fake.requests()); got != 1 {
			t.Errorf("%d probes", got)
		}
	})
}

func TestSiteOfOwnEndpoint(t *testing.T) {
	t.Parallel()
	for currency, want := range map[string]Site{"CNY": SiteChina, "USD": SiteInternational, "EUR": SiteEurope} {
		fake := always(200, `{"account_balances":[],"currency":"`+currency+`"}`)
		c, err := New(WithCredentials(StaticCredentials(testKeys)), WithTransport(fake), WithEndpoint("https://bss.example.com"))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.Site(t.Context()); err != nil || got != want {
			t.Errorf("%s: %v, %v", currency, got, err)
		}
	}
	c, err := New(
		WithCredentials(StaticCredentials(testKeys)),
		WithTransport(always(200, `{"account_balances":[],"currency":"XXX"}`)),
		WithEndpoint("https://bss.example.com"),
	)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Site(t.Context()); err == nil {
		t.Error("an unknown currency tells the site")
	}
	fake := always(500, `{}`)
	c, err = New(WithCredentials(StaticCredentials(testKeys)), WithTransport(fake), WithEndpoint("https://bss-intl.myhuaweicloud.com"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.Site(t.Context()); err != nil || got != SiteInternational || len(fake.requests()) != 0 {
		t.Errorf("a known host: %v, %v, %d calls", got, err, len(fake.requests()))
	}
}

func TestOperationsNotOnSite(t *testing.T) {
	t.Parallel()
	for _, site := range allSites {
		fake := always(200, `{"error_code":"CBC.0000","tradeNo":"1"}`)
		c, _ := newTestClient(t, fake, WithSite(site))
		_, couponsErr := c.ListOrderCoupons(t.Context(), "CS1")
		_, payErr := c.PayOrderV1(t.Context(), PayOrderV1Request{DomainID: "d1", OrderID: "CS1"})
		if got, want := errors.Is(couponsErr, ErrNotOnSite), site == SiteInternational; got != want {
			t.Errorf("%s: order coupons: %v", site, couponsErr)
		}
		if got, want := errors.Is(payErr, ErrNotOnSite), site != SiteInternational; got != want {
			t.Errorf("%s: old payment: %v", site, payErr)
		}
		if payErr != nil && !NotDone(payErr) {
			t.Errorf("%s: %v is in doubt", site, payErr)
		}
		want := map[Site]int{SiteChina: 1, SiteInternational: 1, SiteEurope: 1}[site]
		if got := len(fake.requests()); got != want {
			t.Errorf("%s: %d calls", site, got)
		}
	}
}

func TestBadIDsAreNotSent(t *testing.T) {
	t.Parallel()
	fake := always(200, noFunds)
	c, _ := newTestClient(t, fake, WithSite(SiteChina))
	for _, id := range []string{"", "a/b", "..", ".", "a b", "a?b", "a#b", "a%2Fb", "{order_id}", "é", "a\nb", strings.Repeat("x", 65)} {
		calls := map[string]func() error{
			"get": func() error {
				_, err := c.GetOrder(t.Context(), id)

				return err
			},
			"pay":    func() error { return c.PayOrder(t.Context(), PayOrderRequest{OrderID: id}) },
			"cancel": func() error { return c.CancelOrder(t.Context(), id) },
			"coupons": func() error {
				_, err := c.ListOrderCoupons(t.Context(), id)

				return err
			},
			"discounts": func() error {
				_, err := c.ListOrderDiscounts(t.Context(), id)

				return err
			},
		}
		for name, call := range calls {
			if err := call(); !errors.Is(err, ErrNotSent) || !NotDone(err) {
				t.Errorf("%s %q: %v", name, id, err)
			}
		}
	}
	c, _ = newTestClient(t, fake)
	if _, err := c.PayOrderV1(t.Context(), PayOrderV1Request{OrderID: "CS1"}); !errors.Is(err, ErrNotSent) {
		t.Errorf("without account: %v", err)
	}
	if n := len(fake.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestUnusableCredentials(t *testing.T) {
	t.Parallel()
	fake := always(200, noFunds)
	c, _ := newTestClient(t, fake, WithCredentials(StaticCredentials(Keys{AccessKey: "AK"})))
	err := c.PayOrder(t.Context(), PayOrderRequest{OrderID: "CS1"})
	var e *CredentialsError
	if !errors.As(err, &e) || !NotDone(err) || len(fake.requests()) != 0 {
		t.Errorf("got %v after %d requests", err, len(fake.requests()))
	}
}

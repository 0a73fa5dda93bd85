// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/global"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/region"
	bss "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/bss/v2"
	bssmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/bss/v2/model"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const gatewayUnauthorized = "APIGW.0301"

func TestTemporaryKeys(t *testing.T) {
	t.Parallel()
	for _, site := range sites {
		t.Run(site, func(t *testing.T) {
			t.Parallel()
			sim := start(t, bsssim.Options{Site: site, Seed: "demo"})
			c := connect(t, sim, temporaryKeys(sim))
			c.call(t, "get_account_balances", tree{})
			c.call(t, "pay_order", plainRequests["pay_order"])
			if paid := sim.World().Payments; len(paid) != 1 {
				t.Errorf("payments: %+v", paid)
			}
		})
	}
}

func TestRefusedCredentials(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		spoil  func(*keys)
		status int
		code   string
	}{
		"wrong secret key":         {func(k *keys) { k.secretKey += "x" }, 401, gatewayUnauthorized},
		"unknown access key":       {func(k *keys) { k.accessKey += "X" }, 401, gatewayUnauthorized},
		"wrong security token":     {func(k *keys) { k.securityToken = "another" }, 401, gatewayUnauthorized},
		"domain of somebody else":  {func(k *keys) { k.domainID = strings.Repeat("0", 32) }, 403, "CBC.0155"},
		"secret key of other keys": {func(k *keys) { k.accessKey = "SIMULATORTEMPORARY00" }, 401, gatewayUnauthorized},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, site := range sites {
				sim := start(t, bsssim.Options{Site: site, Seed: "demo"})
				spoiled := permanentKeys(sim)
				test.spoil(&spoiled)
				connect(t, sim, spoiled).refusesAll(t, test.status, test.code)
			}
		})
	}
	t.Run("temporary keys without their token", func(t *testing.T) {
		t.Parallel()
		sim := start(t, bsssim.Options{Seed: "demo"})
		spoiled := temporaryKeys(sim)
		spoiled.securityToken = ""
		connect(t, sim, spoiled).refusesAll(t, 401, gatewayUnauthorized)
	})
}

// refusesAll checks that every operation is refused, that the journal says so,
// and that nothing is paid or canceled.
func (c *client) refusesAll(t *testing.T, status int, code string) {
	t.Helper()
	before := c.sim.World()
	for operation := range c.operations {
		_, entry, err := c.try(t, operation, plainRequests[operation])
		c.refused(t, err, status, code)
		if entry.Status != status || entry.Acted {
			t.Errorf("%s: the journal says %+v", operation, entry)
		}
	}
	after := c.sim.World()
	if len(after.Payments) != 0 {
		t.Errorf("payments: %+v", after.Payments)
	}
	for i, order := range after.Orders {
		if order.Status != before.Orders[i].Status {
			t.Errorf("order %s went from %d to %d", order.OrderID, before.Orders[i].Status, order.Status)
		}
	}
}

// TestChangedOnTheWay changes requests that the SDK has signed.
func TestChangedOnTheWay(t *testing.T) {
	t.Parallel()
	replaceBody := func(from, to string) func(*http.Request) {
		return func(r *http.Request) {
			body := r.Body
			data, err := io.ReadAll(body)
			if err != nil {
				panic(err)
			}
			if err := body.Close(); err != nil {
				panic(err)
			}
			changed := strings.ReplaceAll(string(data), from, to)
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(changed)), int64(len(changed))
		}
	}
	setHeader := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	tests := map[string]struct {
		operation string
		change    func(*http.Request)
	}{
		"body":           {"pay_order", replaceBody("CS2611220000001", "CS2611220000002")},
		"method":         {"cancel_order", func(r *http.Request) { r.Method = http.MethodPost }},
		"path":           {"get_order", func(r *http.Request) { r.URL.Path = strings.ReplaceAll(r.URL.Path, "01", "02") }},
		"query":          {"list_order_discounts", func(r *http.Request) { r.URL.RawQuery = "order_id=CS2611220000001" }},
		"query appended": {"list_orders", func(r *http.Request) { r.URL.RawQuery = "status=6" }},
		"signed header":  {"list_orders", setHeader("X-Sdk-Date", "20260101T000000Z")},
		"removed header": {"list_orders", func(r *http.Request) { r.Header.Del("X-Domain-Id") }},
		"no signature":   {"list_orders", func(r *http.Request) { r.Header.Del("Authorization") }},
		"other scheme":   {"list_orders", setHeader("Authorization", "Bearer x")},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := demo(t, bsssim.SiteInternational)
			c.call(t, "get_account_balances", tree{})
			c.wire.change = test.change
			before := len(c.sim.Requests())
			_, err := c.operations[test.operation](plainRequests[test.operation])
			c.refused(t, err, 401, gatewayUnauthorized)
			if entries := c.sim.Requests()[before:]; len(entries) != 1 || entries[0].Status != 401 || entries[0].Acted {
				t.Errorf("the journal says %+v", entries)
			}
			if paid := c.sim.World().Payments; len(paid) != 0 {
				t.Errorf("payments: %+v", paid)
			}
		})
	}
}

// TestOldSignature signs with a time that is long gone.
func TestOldSignature(t *testing.T) {
	t.Parallel()
	c := demo(t, bsssim.SiteInternational)
	c.core.WithExtraHeaders(map[string]string{"X-Sdk-Date": "20260101T000000Z"})
	_, entry, err := c.try(t, "list_orders", tree{})
	c.refused(t, err, 401, gatewayUnauthorized)
	if entry.Status != 401 {
		t.Errorf("the journal says %+v", entry)
	}
}

func TestToken(t *testing.T) {
	t.Parallel()
	c := demo(t, bsssim.SiteEurope)
	unsign := func(token string) func(*http.Request) {
		return func(r *http.Request) {
			r.Header.Del("Authorization")
			r.Header.Set("X-Auth-Token", token)
		}
	}
	c.wire.change = unsign(c.sim.Credentials().Token)
	c.call(t, "list_orders", tree{})
	c.wire.change = unsign("another")
	_, _, err := c.try(t, "list_orders", tree{})
	c.refused(t, err, 403, "CBC.0154")
}

// TestAuthDomains reads the account's id as the SDK's identity client does.
func TestAuthDomains(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		answer := c.call(t, "list_auth_domains", tree{})
		expect(t, answer, fmt.Sprintf(`{"domains": [{"id": %q, "name": "demo-customer", "enabled": true}], "links": {}}`,
			c.sim.Credentials().DomainID))
	})
}

// discovery lets the SDK find out the account's id by itself. The SDK keeps it
// for the life of the process, so this can be seen only once.
var discovery = sync.OnceValues(func() ([]bsssim.Request, error) {
	sim, err := bsssim.New(bsssim.Options{Site: bsssim.SiteChina, Seed: "demo"})
	if err != nil {
		return nil, err
	}
	known := sim.Credentials()
	credentials, err := global.NewCredentialsBuilder().
		WithAk(known.AccessKey).WithSk(known.SecretKey).WithIamEndpointOverride(sim.URL()).SafeBuild()
	if err != nil {
		return nil, err
	}
	hc, err := bss.BssClientBuilder().
		WithRegion(region.NewRegion("cn-north-1", sim.URL())).WithCredential(credentials).SafeBuild()
	if err != nil {
		return nil, err
	}
	if credentials.DomainId != known.DomainID {
		return nil, fmt.Errorf("the SDK found the domain %q, not %q", credentials.DomainId, known.DomainID)
	}
	if _, err := bss.NewBssClient(hc).ShowCustomerAccountBalances(&bssmodel.ShowCustomerAccountBalancesRequest{}); err != nil {
		return nil, err
	}

	return sim.Requests(), sim.Close()
})

func TestDomainIsFoundOut(t *testing.T) {
	t.Parallel()
	entries, err := discovery()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, fmt.Sprintf("%s %d", entry.Operation, entry.Status))
	}
	if want := "list_auth_domains 200, get_account_balances 200"; strings.Join(got, ", ") != want {
		t.Errorf("calls: %s, want %s", strings.Join(got, ", "), want)
	}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"io"
	stdlog "log"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const identityPayment = `
provider "bss" {}

resource "bss_order_payment" "this" {
  order_id   = "` + secretsOrder + `"
  max_amount = 150
}
`

// newIdentityWorld is the demo account with the keys of an operator to which it
// delegates the agency billing.
func newIdentityWorld(t *testing.T) *world {
	t.Helper()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	keys := w.Credentials()
	w.env["HW_ACCESS_KEY"], w.env["HW_SECRET_KEY"] = keys.OperatorAccessKey, keys.OperatorSecretKey
	w.env["HW_ASSUME_ROLE_AGENCY_NAME"], w.env["HW_ASSUME_ROLE_DOMAIN_NAME"] = "billing", "demo-customer"

	return w
}

// TestIdentityEndsInARun ends the keys of an agency in the middle of an apply, long
// before their time. A query goes on with new ones. The payment is not sent again: it
// says that nothing was paid, and the next apply pays once.
func TestIdentityEndsInARun(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		operation string
		code      int
		says      string
		paid      int
	}{
		"a query": {operation: "get_account_balances", says: "Apply complete", paid: 1},
		"the act": {operation: "pay_order", code: 1, says: "was not paid, and nothing was charged"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newIdentityWorld(t)
			gate := w.gated()
			c := newCLI(t, w, identityPayment)
			c.ok("plan", "-no-color", "-input=false", "-out=tfplan")

			end := once(t, func() { w.console("end_keys", nil) })
			gate.on(func(_ int, called string) {
				if called == test.operation {
					end()
				}
			}, nil)

			// Younger keys are not replaced: others would be refused as well.
			addFault(t, w, bsssim.Fault{Operation: "list_orders", Kind: bsssim.FaultDelayAfter, Delay: 11 * time.Second})

			before := w.called("create_temporary_keys")
			code, output := c.run("apply", "-no-color", "-input=false", "tfplan")
			if code != test.code || !strings.Contains(output, test.says) {
				t.Errorf("exit %d, without %q:\n%s", code, test.says, output)
			}

			if keys := w.called("create_temporary_keys") - before; keys != 2 {
				t.Errorf("keys were got %d times in the apply, want 2: %v", keys, w.calls())
			}

			if paid := w.payments(secretsOrder); len(paid) != test.paid {
				t.Errorf("paid: %q", paid)
			}

			c.ok("apply", "-no-color", "-input=false", "-auto-approve")
			c.empty()

			if diff := cmp.Diff([]string{"136.80 USD by api"}, w.payments(secretsOrder)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestIdentityRefused reads what a user sees where keys cannot be had: what was tried,
// what came back, where it was looked, and what to do. Nothing is sent to billing.
func TestIdentityRefused(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		prepare func(w *world, keys bsssim.Credentials)
		says    []string
	}{
		"another agency": {
			func(w *world, _ bsssim.Credentials) { w.env["HW_ASSUME_ROLE_AGENCY_NAME"] = "biling" },
			[]string{"Could not find agency: biling", "HW_ACCESS_KEY", "Check the name of the agency"},
		},
		"an agency that is not delegated": {
			func(w *world, _ bsssim.Credentials) {
				w.console("add_agency", map[string]any{"name": "closed"})
				w.env["HW_ASSUME_ROLE_AGENCY_NAME"] = "closed"
			},
			[]string{`agency "closed"`, "not delegated to you", "delegates to the account"},
		},
		"keys that nobody knows": {
			func(w *world, _ bsssim.Credentials) { w.env["HW_SECRET_KEY"] = "wrong-key" },
			[]string{`agency "billing"`, "Check the credentials", "They are from the variables HW_ACCESS_KEY"},
		},
		"a token that has ended": {
			func(w *world, keys bsssim.Credentials) {
				w.withoutAgency()
				w.env["HW_ASSUME_ROLE_IDP_ID"], w.env["HW_ASSUME_ROLE_ID_TOKEN"] = keys.IdpID, keys.IDToken
				w.console("set_id_token", map[string]any{"id": keys.IdpID, "id_token": keys.IDToken, "expires_at": w.Now().Add(-time.Minute)})
			},
			[]string{`identity provider "pipeline"`, "HTTP 401", "its token, of HW_ASSUME_ROLE_ID_TOKEN, is meant for it and has not expired"},
		},
		"a wrong password": {
			func(w *world, _ bsssim.Credentials) {
				w.withoutAgency()
				w.env["HW_USER_NAME"], w.env["HW_USER_PASSWORD"], w.env["HW_DOMAIN_NAME"] = "finance", "wrong-password", "demo-customer"
			},
			[]string{`user "finance" of HW_USER_NAME`, "HTTP 401", "Check the name, the password and the account"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newIdentityWorld(t)
			test.prepare(w, w.Credentials())

			code, output := newCLI(t, w, identityPayment).run("plan", "-no-color", "-input=false")
			flat := strings.Join(strings.Fields(strings.ReplaceAll(output, "│", " ")), " ")
			for _, says := range append(test.says, "Nothing was sent to billing.") {
				if code == 0 || !strings.Contains(flat, says) {
					t.Errorf("exit %d, without %q", code, says)
				}
			}

			if calls := slices.DeleteFunc(w.calls(), func(call string) bool { return strings.HasPrefix(call, "create_t") }); len(calls) > 0 {
				t.Errorf("calls: %q", calls)
			}
		})
	}
}

func (w *world) withoutAgency() {
	w.withoutKeys()
	delete(w.env, "HW_ASSUME_ROLE_AGENCY_NAME")
	delete(w.env, "HW_ASSUME_ROLE_DOMAIN_NAME")
}

// wrongClock is a clock that is so far ahead.
type wrongClock struct {
	bssapi.Clock

	ahead time.Duration
}

func (c wrongClock) Now() time.Time { return c.Clock.Now().Add(c.ahead) }

// TestIdentityOfAWrongClock shows that the clock is named where it is why signatures are
// refused, and by how much it is wrong.
func TestIdentityOfAWrongClock(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	w.clock = wrongClock{bssapi.SystemClock(), -time.Hour}

	_, diags := readData(t, w, "bss_account_balances", nil, nil)
	if !diags.failed() || !strings.Contains(diags.String(), "The clock of this machine is 1h0m behind that of the API") {
		t.Errorf("got %s", diags)
	}
}

// TestIdentityOfAServer takes the agency of a server, whose keys its metadata has: the
// profile of the vendor's command line says so.
func TestIdentityOfAServer(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	w.withoutKeys()
	secretSources()["temporary keys by metadata"].prepare(t, w, w.Credentials())
	w.env["HW_SHARED_CONFIG_FILE"] = w.file("shared.json", profiles(t, "server", map[string]string{"name": "server", "mode": "ecsAgency"}))

	c := newCLI(t, w, identityPayment)
	c.ok("apply", "-no-color", "-input=false", "-auto-approve")
	c.empty()

	if diff := cmp.Diff([]string{"136.80 USD by api"}, w.payments(secretsOrder)); diff != "" {
		t.Error(diff)
	}
}

// TestIdentityOfAServerPastProxies asks the metadata of this server, and not whatever
// server a proxy is: keys of another would pay.
func TestIdentityOfAServerPastProxies(t *testing.T) {
	t.Parallel()

	if runtime.GOOS == "windows" {
		t.Skip("no address of this machine but those of the loopback is known, and Go keeps proxies out of these")
	}

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	w.withoutKeys()
	secretSources()["temporary keys by metadata"].prepare(t, w, w.Credentials())
	w.env["BSS_METADATA_ENDPOINT"] = strings.Replace(w.env["BSS_METADATA_ENDPOINT"], "127.0.0.1", "0.0.0.0", 1)

	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("the proxy was asked for %s", r.URL)
		w.WriteHeader(http.StatusBadGateway)
	}))
	t.Cleanup(proxy.Close)

	w.env["HTTP_PROXY"] = proxy.URL

	newCLI(t, w, identityPayment).ok("plan", "-no-color", "-input=false")
}

// TestIdentityUnheard names what is in the way where the identity service is not reached
// or fails, and does not have the agency checked, which nobody looked at.
func TestIdentityUnheard(t *testing.T) {
	t.Parallel()

	untrusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	untrusted.Config.ErrorLog = stdlog.New(io.Discard, "", 0)
	untrusted.StartTLS()
	t.Cleanup(untrusted.Close)

	for name, test := range map[string]struct {
		prepare func(w *world)
		says    string
	}{
		"a proxy that is not there": {
			func(w *world) {
				w.env["HW_AUTH_URL"], w.env["HTTPS_PROXY"] = "https://iam.example.test/v3", "http://user:word-of-the-proxy@127.0.0.1:1"
			},
			"Nothing was sent to iam.example.test. The proxy between was not reached.",
		},
		"a certificate that nobody trusts": {
			func(w *world) { w.env["HW_AUTH_URL"] = untrusted.URL },
			"name the file of the authority's certificates in cacert_file",
		},
		"a service that is down": {
			func(w *world) {
				addFault(t, w, bsssim.Fault{
					Operation: "create_temporary_keys", Kind: bsssim.FaultStatusBefore, Status: http.StatusServiceUnavailable, Code: "IAM.0011", Times: -1,
				})
			},
			"The identity service failed. Try again.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newIdentityWorld(t)
			w.env["HW_MAX_RETRIES"] = "0"
			test.prepare(w)

			code, output := newCLI(t, w, identityPayment).run("plan", "-no-color", "-input=false")
			flat := strings.Join(strings.Fields(strings.ReplaceAll(output, "│", " ")), " ")

			if code == 0 || !strings.Contains(flat, test.says) || !strings.Contains(flat, "Nothing was sent to billing.") {
				t.Errorf("exit %d, without %q:\n%s", code, test.says, output)
			}

			if strings.Contains(flat, "Check the name of the agency") || strings.Contains(flat, "word-of-the-proxy") {
				t.Errorf("got %s", output)
			}
		})
	}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// The types of resources that tests name.
const (
	typeOrderPayment   = "bss_order_payment"
	typeAutorenew      = "bss_autorenew"
	typeExpiryPolicy   = "bss_expiry_policy"
	typeRenewal        = "bss_renewal"
	typeUnsubscription = "bss_unsubscription"

	typeMember           = "bss_enterprise_member"
	typeMemberCode       = "bss_enterprise_member_code"
	typeProjectAuthority = "bss_enterprise_project_authority"
)

// oneOfMany leaves out two of three cases of a matrix under the race detector: they
// go the same ways side by side, and make test runs all.
func oneOfMany(t *testing.T) {
	t.Helper()

	if sum := fnv.New32a(); simtest.RaceDetector {
		_, _ = sum.Write([]byte(t.Name()))
		if sum.Sum32()%3 != 0 {
			t.Skip("one of three under the race detector")
		}
	}
}

// readsMuch leaves a test out where the race detector makes it slow.
func readsMuch(t *testing.T) {
	t.Helper()

	if simtest.RaceDetector {
		t.Skip("what it reads is read side by side by smaller tests")
	}
}

// testTiming keeps the tests short without changing what is waited for.
func testTiming() act.Timing {
	return act.Timing{
		Act:      20 * time.Second,
		Settle:   400 * time.Millisecond,
		PollMin:  20 * time.Millisecond,
		PollMax:  50 * time.Millisecond,
		Attempts: 4,
	}
}

// tester is what runs a test: a [testing.T], or one of rapid.
type tester interface {
	Helper()
	Name() string
	Log(arguments ...any)
	Logf(format string, arguments ...any)
	Error(arguments ...any)
	Errorf(format string, arguments ...any)
	Fatal(arguments ...any)
	Fatalf(format string, arguments ...any)
	Failed() bool
	Cleanup(do func())
	Context() context.Context
}

// world is a simulated account, and what a provider needs to reach it.
type world struct {
	*bsssim.Server

	t       tester
	options bsssim.Options
	env     map[string]string
	home    string
	// clock is that of the provider; nil for the right one.
	clock bssapi.Clock

	// wire leads to the account where it listens on no address, else nil.
	wire *simtest.Wire

	// served are the types that called the account; nil where they do not count.
	served *sync.Map
}

func newWorld(t tester, options bsssim.Options) *world {
	t.Helper()

	options.InProcess = inBubble()

	server, err := bsssim.New(options)
	if err != nil {
		t.Fatal(err)
	}

	site := options.Site
	if site == "" {
		site = "international"
	}

	keys := server.Credentials()

	w := &world{
		Server: server, t: t, options: options, served: &sync.Map{},
		env: map[string]string{
			"BSS_ENDPOINT":          server.URL(),
			"BSS_SITE":              site,
			"HW_ACCESS_KEY":         keys.AccessKey,
			"HW_SECRET_KEY":         keys.SecretKey,
			"BSS_METADATA_ENDPOINT": "off",
		},
	}

	if options.InProcess {
		w.wire = simtest.BubbleWire(server)
	} else if own, ok := t.(*testing.T); ok {
		w.home = own.TempDir()
	}

	t.Cleanup(func() {
		w.checkCalls()

		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})

	return w
}

// inBubble says whether the test runs in a bubble of [testing/synctest], where time
// begins with the year 2000.
func inBubble() bool { return bssapi.SystemClock().Now().Year() < 2020 }

// newRichWorld is a world with a balance of 1000.
func newRichWorld(t tester, options bsssim.Options) *world {
	t.Helper()

	w := newWorld(t, options)
	w.console("set_balance", map[string]any{"amount": "1000.00"})

	return w
}

// provider is a provider as a new process would have it.
func (w *world) provider() *bssProvider {
	made := &bssProvider{
		version: "test",
		environment: environment{
			getenv:  func(name string) string { return w.env[name] },
			homeDir: w.home,
			clock:   bssapi.SystemClock(),
			timing:  testTiming(),
			policyTiming: act.Timing{
				Act: 20 * time.Second, Settle: 300 * time.Millisecond, PollMin: 20 * time.Millisecond, PollMax: 50 * time.Millisecond,
			},
			progressEvery: 200 * time.Millisecond,
		},
	}

	if w.wire != nil {
		made.environment.transport = w.wire
	}

	if w.clock != nil {
		made.environment.clock = w.clock
	}

	return made
}

// factories are the provider for real Terraform.
func (w *world) factories() map[string]func() (tfprotov6.ProviderServer, error) {
	w.serves(byTerraform)

	return map[string]func() (tfprotov6.ProviderServer, error){
		"bss": func() (tfprotov6.ProviderServer, error) {
			return w.server(), nil
		},
	}
}

// console does what a person at the console does, and returns what it answers.
func (w *world) console(act string, values map[string]any) map[string]any {
	w.t.Helper()

	answer, err := w.Console(act, values)
	if err != nil {
		w.t.Fatalf("%s: %v", act, err)
	}

	return answer
}

// placeOrder places a pending order and returns its id.
func (w *world) placeOrder(values map[string]any) string {
	w.t.Helper()

	id, ok := w.console("place_order", values)["order_id"].(string)
	if !ok || id == "" {
		w.t.Fatal("the console answered no order_id")
	}

	return id
}

// payments are the payments of an order, in words that show in a test's output.
func (w *world) payments(orderID string) []string {
	var found []string

	for _, payment := range w.World().Payments {
		if payment.OrderID == orderID {
			found = append(found, fmt.Sprintf("%s %s by %s", payment.Amount, payment.Currency, payment.By))
		}
	}

	return found
}

// payCalls counts the paying calls of the journal, and those that acted.
func (w *world) payCalls() (sent, acted int) {
	for _, request := range w.Requests() {
		if strings.HasPrefix(request.Operation, "pay_order") {
			sent++

			if request.Acted {
				acted++
			}
		}
	}

	return sent, acted
}

// mutations counts every call of the journal that changes something.
func (w *world) mutations() int {
	count := 0

	for _, request := range w.Requests() {
		if request.Mutation {
			count++
		}
	}

	return count
}

// exact is an amount as Terraform holds it.
func exact(t tester, value string) *big.Float {
	t.Helper()

	number, _, err := big.ParseFloat(value, 10, 512, big.ToNearestEven)
	if err != nil {
		t.Fatal(err)
	}

	return number
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package spending_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
)

// refused fails unless err is a refusal with these words in it; "" is none.
func refused(t *testing.T, err error, words string) {
	t.Helper()

	if words == "" {
		if err != nil {
			t.Errorf("refused: %v", err)
		}

		return
	}

	var refusal *spending.Refusal
	if !errors.As(err, &refusal) {
		t.Errorf("%v is no refusal", err)

		return
	}

	if text := refusal.Summary + " " + refusal.Detail; !strings.Contains(text, words) {
		t.Errorf("nothing says %q: %s", words, text)
	}
}

func TestNilGuardAllowsAll(t *testing.T) {
	t.Parallel()

	var guard *spending.Guard

	refused(t, guard.Denied(), "")
	refused(t, guard.Planned("one", bssapi.Decimal{}, ""), "")
	refused(t, guard.Planned("one", simtest.Decimal(t, "1"), "USD"), "")

	release, err := guard.Reserve(simtest.Decimal(t, "1"), "USD")
	refused(t, err, "")
	release()
}

func TestZeroPolicyAllowsAll(t *testing.T) {
	t.Parallel()

	guard := spending.New(spending.Policy{})

	refused(t, guard.Denied(), "")

	for _, currency := range []string{"USD", "CNY", ""} {
		refused(t, guard.Planned(currency, simtest.Decimal(t, "1000000"), currency), "")

		_, err := guard.Reserve(simtest.Decimal(t, "1000000"), currency)
		refused(t, err, "")
	}
}

func TestDeny(t *testing.T) {
	t.Parallel()

	guard := spending.New(spending.Policy{Deny: true, MaxPerApply: simtest.Decimal(t, "10")})

	refused(t, guard.Denied(), `mode = "deny"`)
	refused(t, guard.Planned("one", simtest.Decimal(t, "0"), "USD"), `mode = "deny"`)
	refused(t, guard.Planned("one", bssapi.Decimal{}, ""), "")

	_, err := guard.Reserve(simtest.Decimal(t, "0"), "USD")
	refused(t, err, `mode = "deny"`)
}

func TestPlanned(t *testing.T) {
	t.Parallel()

	guard := spending.New(spending.Policy{MaxPerApply: simtest.Decimal(t, "100.00")})

	for _, step := range []struct{ key, amount, currency, words string }{
		{"a", "60", "USD", ""},
		{"b", "40.01", "USD", "up to 40.01 USD, and the rest of this run plans to spend 60 USD"},
		{"b", "40.00", "USD", ""},
		{"a", "60.00", "USD", ""}, // the same resource, planned again
		{"c", "0.01", "USD", "max_per_apply = 100.00"},
		{"c", "0", "USD", ""},
		{"d", "0", "CNY", "in CNY, and the rest of the run in USD"},
		{"d", "0", "", "names no amount with its currency"},
		{"d", "-1", "USD", "names no amount"},
		{"d", "", "", ""}, // not known, and does not have to be
		{"a", "10", "USD", ""},
		{"c", "50", "USD", ""}, // a has become cheaper
	} {
		t.Log(step)
		refused(t, guard.Planned(step.key, simtest.Decimal(t, step.amount), step.currency), step.words)
	}

	// What is planned is not spent.
	_, err := guard.Reserve(simtest.Decimal(t, "100"), "USD")
	refused(t, err, "")
}

func TestRequireKnownPrice(t *testing.T) {
	t.Parallel()

	guard := spending.New(spending.Policy{RequireKnownPrice: true})

	refused(t, guard.Planned("one", bssapi.Decimal{}, ""), "require_known_price = true")
	refused(t, guard.Planned("one", simtest.Decimal(t, "1"), "USD"), "")
}

func TestReserve(t *testing.T) {
	t.Parallel()

	guard := spending.New(spending.Policy{MaxPerApply: simtest.Decimal(t, "100")})

	first, err := guard.Reserve(simtest.Decimal(t, "60"), "USD")
	refused(t, err, "")

	_, err = guard.Reserve(simtest.Decimal(t, "40.01"), "USD")
	refused(t, err, "this run has spent or may have spent 60 USD")

	_, err = guard.Reserve(simtest.Decimal(t, "1"), "CNY")
	refused(t, err, "in CNY")

	_, err = guard.Reserve(bssapi.Decimal{}, "USD")
	refused(t, err, "names no amount")

	// Released twice counts once.
	first()
	first()

	_, err = guard.Reserve(simtest.Decimal(t, "100"), "USD")
	refused(t, err, "")

	_, err = guard.Reserve(simtest.Decimal(t, "0.01"), "USD")
	refused(t, err, "may have spent 100 USD")
}

func TestNothingFitsInZero(t *testing.T) {
	t.Parallel()

	guard := spending.New(spending.Policy{MaxPerApply: simtest.Decimal(t, "0")})

	_, err := guard.Reserve(simtest.Decimal(t, "0.01"), "USD")
	refused(t, err, "may have spent 0 USD")

	_, err = guard.Reserve(simtest.Decimal(t, "0"), "USD")
	refused(t, err, "")
}

// TestReserveAtOnce reserves, and partly releases, 50 times at once: what is
// held is never above the bound.
func TestReserveAtOnce(t *testing.T) {
	t.Parallel()

	const bound, each, workers = 30, 10, 50

	guard := spending.New(spending.Policy{MaxPerApply: simtest.Decimal(t, fmt.Sprint(bound))})

	var (
		wait           sync.WaitGroup
		mu             sync.Mutex
		held, most, ok int
		refusals       = make(chan error, workers)
	)

	start := make(chan struct{})

	for i := range workers {
		wait.Go(func() {
			<-start

			release, err := guard.Reserve(simtest.Decimal(t, fmt.Sprint(each)), "USD")
			if err != nil {
				refusals <- err

				return
			}

			mu.Lock()
			ok++
			held += each
			most = max(most, held)
			mu.Unlock()

			if i%2 == 0 {
				mu.Lock()
				held -= each
				mu.Unlock()
				release()
			}
		})
	}

	close(start)
	wait.Wait()
	close(refusals)

	for err := range refusals {
		refused(t, err, "max_per_apply")
	}

	if most > bound || most == 0 {
		t.Errorf("%d was held at once, of %d", most, bound)
	}

	// What is left free is exactly the rest.
	for ; held < bound; held += each {
		_, err := guard.Reserve(simtest.Decimal(t, fmt.Sprint(each)), "USD")
		refused(t, err, "")
	}

	_, err := guard.Reserve(simtest.Decimal(t, "0.01"), "USD")
	refused(t, err, "max_per_apply")

	t.Logf("%d of %d reservations were granted", ok, workers)
}

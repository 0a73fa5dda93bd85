// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

func newReader(client *bssapi.Client) *subscription.Reader {
	return subscription.NewReader(client, bssapi.SystemClock(), subscription.DefaultReadTiming())
}

// The budgets, at the simulator's published quotas.
func TestBudgets(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ account, reads, most int }{
		{account: 1, reads: 1, most: 1},
		{account: 10, reads: 3, most: 1},
		{account: 10, reads: 10, most: 1},
		{account: 1000, reads: 1000, most: 4},
		{account: 50000, reads: 3, most: 1},
	} {
		t.Run(fmt.Sprintf("%d of %d", test.reads, test.account), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := simtest.InBubble(t, bsssim.Options{
					Quota: "published", Latency: 20 * time.Millisecond, Generate: bsssim.Generate{Resources: test.account},
				})
				simtest.ReadAll(t, newReader(a.Client).Get, a.IDs[:test.reads])
				calls := a.Requests()
				if len(calls) > test.most {
					t.Errorf("%d calls, the budget is %d", len(calls), test.most)
				}
				for _, call := range calls {
					if call.Status != http.StatusOK {
						t.Errorf("call %d: HTTP %d", call.Seq, call.Status)
					}
				}
			})
		})
	}
}

func TestChangeAtTheConsoleIsSeen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := simtest.InBubble(t, bsssim.Options{Generate: bsssim.Generate{Resources: 40}})
		reader := newReader(a.Client)
		simtest.ReadAll(t, reader.Get, a.IDs[:40])
		id := a.IDs[7]
		if _, err := a.Console("set_expire_policy", map[string]any{"resource_id": id, "policy": 3}); err != nil {
			t.Fatal(err)
		}
		policy := func(r bssapi.Resource, err error) int {
			t.Helper()
			if err != nil || r.ExpirePolicy == nil {
				t.Fatalf("%+v, %v", r, err)
			}

			return *r.ExpirePolicy
		}
		if got := policy(reader.Fresh(t.Context(), id)); got != 3 {
			t.Errorf("Fresh shows policy %d", got)
		}
		reader.Forget(id)
		if got := policy(reader.Get(t.Context(), id)); got != 3 {
			t.Errorf("Get after Forget shows policy %d", got)
		}
	})
}

func TestTreeOfTheDemoAccount(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := simtest.InBubble(t, bsssim.Options{Seed: "demo"})
		reader := newReader(a.Client)
		var names [][]string
		for _, i := range []int{0, 1} {
			tree, err := reader.Tree(t.Context(), a.IDs[i])
			if err != nil {
				t.Fatal(err)
			}
			found := []string{tree.Resource.ResourceName}
			for _, attached := range tree.Attached {
				found = append(found, attached.ResourceName)
			}
			names = append(names, found)
		}
		if diff := cmp.Diff([][]string{{"web-1", "web-1-system", "web-1-data"}, {"web-1-system"}}, names); diff != "" {
			t.Error(diff)
		}
	})
}

// Faults of the list are repeated by the client; what remains is an error or a
// read by id, never an absence.
func TestFaultsOfTheList(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{
		bsssim.FaultStatusBefore, bsssim.FaultDropBefore, bsssim.FaultDropAfter, bsssim.FaultGarbage, bsssim.FaultTruncate,
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := simtest.InBubble(t, bsssim.Options{Generate: bsssim.Generate{Resources: 60}})
				if err := a.AddFault(bsssim.Fault{Operation: "list_resources", Kind: kind, After: 2}); err != nil {
					t.Fatal(err)
				}
				reader := newReader(a.Client)
				simtest.ReadAll(t, reader.Get, a.IDs[:60])
				if _, err := reader.Get(t.Context(), "unknown"); !errors.Is(err, subscription.ErrUnknown) {
					t.Errorf("Get of what does not exist: %v", err)
				}
			})
		})
	}
}

// BenchmarkReader1000 reads a thousand resources, ten at a time.
func BenchmarkReader1000(b *testing.B) {
	a := simtest.New(b, bsssim.Options{Generate: bsssim.Generate{Resources: 1000}})
	for b.Loop() {
		simtest.ReadAll(b, newReader(a.Client).Get, a.IDs[:1000])
	}
	b.ReportMetric(float64(len(a.Requests()))/float64(b.N), "calls/op")
}

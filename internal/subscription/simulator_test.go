// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// account is a simulated account with a client of it.
type account struct {
	*bsssim.Server
	client *bssapi.Client
	ids    []string
}

func newAccount(tb testing.TB, options bsssim.Options) *account {
	tb.Helper()
	server, err := bsssim.New(options)
	if err != nil {
		tb.Fatal(err)
	}
	transport := &http.Transport{MaxIdleConnsPerHost: 16}
	tb.Cleanup(func() {
		transport.CloseIdleConnections()
		if err := server.Close(); err != nil {
			tb.Error(err)
		}
	})
	keys := server.Credentials()
	client, err := bssapi.New(
		bssapi.WithSite(bssapi.SiteInternational), bssapi.WithEndpoint(server.URL()), bssapi.WithTransport(transport),
		bssapi.WithCredentials(bssapi.StaticCredentials(bssapi.Keys{AccessKey: keys.AccessKey, SecretKey: keys.SecretKey})),
	)
	if err != nil {
		tb.Fatal(err)
	}
	a := &account{Server: server, client: client}
	for _, r := range server.World().Resources {
		a.ids = append(a.ids, r.ResourceID)
	}

	return a
}

// read gets the first n resources, ten at a time.
func (a *account) read(tb testing.TB, reader *subscription.Reader, n int) {
	tb.Helper()
	each(n, func(i int) {
		got, err := reader.Get(tb.Context(), a.ids[i])
		if err != nil || got.ResourceID != a.ids[i] {
			tb.Errorf("Get(%s) = %q, %v", a.ids[i], got.ResourceID, err)
		}
	})
}

// The budgets, at the simulator's published quotas. On a machine that is busy
// with other things a batch can come apart, so there is room for a few calls
// more than `make bench` allows.
func TestBudgets(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ account, reads, most int }{
		{account: 1, reads: 1, most: 1},
		{account: 10, reads: 3, most: 3},
		{account: 10, reads: 10, most: 5},
		{account: 1000, reads: 1000, most: 12},
		{account: 50000, reads: 3, most: 3},
	} {
		t.Run(fmt.Sprintf("%d of %d", test.reads, test.account), func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, bsssim.Options{
				Quota: "published", Latency: 20 * time.Millisecond, Generate: bsssim.Generate{Resources: test.account},
			})
			a.read(t, subscription.NewReader(a.client), test.reads)
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
	}
}

func TestChangeAtTheConsoleIsSeen(t *testing.T) {
	t.Parallel()
	a := newAccount(t, bsssim.Options{Generate: bsssim.Generate{Resources: 40}})
	reader := subscription.NewReader(a.client)
	a.read(t, reader, 40)
	id := a.ids[7]
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
}

func TestTreeOfTheDemoAccount(t *testing.T) {
	t.Parallel()
	a := newAccount(t, bsssim.Options{Seed: "demo"})
	reader := subscription.NewReader(a.client)
	var names [][]string
	for _, i := range []int{0, 1} {
		tree, err := reader.Tree(t.Context(), a.ids[i])
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
			a := newAccount(t, bsssim.Options{Generate: bsssim.Generate{Resources: 60}})
			if err := a.AddFault(bsssim.Fault{Operation: "list_resources", Kind: kind, After: 2}); err != nil {
				t.Fatal(err)
			}
			reader := subscription.NewReader(a.client)
			a.read(t, reader, 60)
			if _, err := reader.Get(t.Context(), "unknown"); !errors.Is(err, subscription.ErrUnknown) {
				t.Errorf("Get of what does not exist: %v", err)
			}
		})
	}
}

// A set of writes of which some fail, some inside the answer and some for the
// whole call.
func TestWritesLand(t *testing.T) {
	t.Parallel()
	a := newAccount(t, bsssim.Options{Generate: bsssim.Generate{Resources: 30}})
	act := func(act string, values map[string]any) {
		t.Helper()
		if _, err := a.Console(act, values); err != nil {
			t.Fatal(err)
		}
	}
	act("refuse", map[string]any{
		"resource_id": a.ids[3], "operation": "set_to_on_demand_on_expiry", "code": "CBC.99003610",
	})
	act("refuse", map[string]any{
		"resource_id": a.ids[17], "operation": "set_to_on_demand_on_expiry", "code": "CBC.99003609",
	})
	reader := subscription.NewReader(a.client)
	a.read(t, reader, 30)
	sw := subscription.NewOnDemandSwitch(a.client, reader)
	var wg sync.WaitGroup
	for i, id := range a.ids {
		wg.Go(func() {
			err := sw.Set(t.Context(), bssapi.ToOnDemandSetUp, id)
			want := map[int]error{3: bssapi.CodeInGracePeriod, 17: bssapi.CodeNotToPayPerUse}[i]
			if !errors.Is(err, want) {
				t.Errorf("Set of resource %d: %v, want %v", i, err, want)
			}
			read, err := reader.Get(t.Context(), id)
			if err != nil || read.ExpirePolicy == nil {
				t.Errorf("Get of resource %d: %v", i, err)

				return
			}
			if lands := *read.ExpirePolicy == int(bssapi.ExpirePolicyPayPerUse); lands != (want == nil) {
				t.Errorf("resource %d has policy %d", i, *read.ExpirePolicy)
			}
		})
	}
	wg.Wait()
}

// BenchmarkReader1000 reads a thousand resources, ten at a time.
func BenchmarkReader1000(b *testing.B) {
	a := newAccount(b, bsssim.Options{Generate: bsssim.Generate{Resources: 1000}})
	for b.Loop() {
		a.read(b, subscription.NewReader(a.client), 1000)
	}
	b.ReportMetric(float64(len(a.Requests()))/float64(b.N), "calls/op")
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package histories_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
	"github.com/bss-community/terraform-provider-bss/internal/unsubscription"
)

// How much happens.
const (
	runs         = 4 // each of two workers
	acts         = 10000
	actsRace     = 400
	orders       = 100
	resources    = 100
	faultsEvery  = 3  // one for so many acts
	actsPerRun   = 50 // then a run ends, and another begins
	resourceEnds = "2000-03-01T15:59:59Z"
	paidThrough  = "2000-04-01"
)

// run is one process: its locks, and what it remembers.
type run struct {
	client          *bssapi.Client
	payer           *payment.Payer
	renewals        *renewal.Machine
	unsubscriptions *unsubscription.Machine
}

func newRun(client *bssapi.Client) *run {
	clock := bssapi.SystemClock()
	conditions := act.Conditions{Clock: clock, Timing: act.DefaultTiming(), Locks: &act.Locks{}}
	reader := subscription.NewReader(client, clock, subscription.DefaultReadTiming())
	payer := payment.New(client, conditions)

	return &run{
		client: client, payer: payer, renewals: renewal.New(client, reader, payer, conditions),
		unsubscriptions: unsubscription.New(client, reader, conditions),
	}
}

// TestHistories lets eight workers act, and holds what they were told against the
// model. The order in which they come is that of the scheduler; what they do is drawn.
func TestHistories(t *testing.T) {
	t.Parallel()

	count := acts
	if simtest.RaceDetector {
		count = actsRace
	}

	var history []porcupine.Operation

	synctest.Test(t, func(t *testing.T) {
		account := newAccount(t)
		history = everything(t, account, count)
		account.once(t)
	})

	counts := map[string]int{}

	for _, one := range history {
		asked, _ := one.Input.(operation)
		told, _ := one.Output.(outcome)
		counts[asked.act+" "+told.said]++
	}

	t.Logf("%d acts: %v", len(history), counts)

	taken := model()
	checked := taken.ToModel()

	for _, part := range taken.Partition(history) {
		result, info := porcupine.CheckOperationsVerbose(checked, part, 0)
		if result == porcupine.Ok {
			continue
		}

		picture := filepath.Join(os.TempDir(), "bss-history.html")
		if err := porcupine.VisualizePath(checked, info, picture); err != nil {
			t.Error(err)
		}

		t.Fatalf("what was told cannot be so (%s); a picture is in %s:\n%s", result, picture, words(part))
	}
}

// words are the acts of a history, a line each.
func words(history []porcupine.Operation) string {
	var text strings.Builder

	for _, one := range history {
		fmt.Fprintf(&text, "%d-%d worker %d %+v: %+v\n", one.Call, one.Return, one.ClientId, one.Input, one.Output)
	}

	return text.String()
}

// account is a simulated account with orders and resources of different services,
// whose server refuses a second act.
type account struct {
	*simtest.Account

	orders []string
}

func newAccount(t *testing.T) *account {
	t.Helper()

	a := &account{Account: simtest.InBubble(t, bsssim.Options{Settings: map[string]string{"server_locks": "on"}}, bssapi.WithMaxRetries(0))}
	do := func(act string, values map[string]any) map[string]any {
		answer, err := a.Console(act, values)
		if err != nil {
			t.Fatalf("%s: %v", act, err)
		}

		return answer
	}

	do("set_balance", map[string]any{"amount": "1000000.00"})

	for n := range orders {
		placed := do("place_order", map[string]any{"amount": "42.50", "order_type": 3, "service_type_code": fmt.Sprintf("order-%d", n)})
		id, _ := placed["order_id"].(string)
		a.orders = append(a.orders, id)
	}

	for n := range resources {
		do("add_resource", map[string]any{
			"resource_id": resourceID(n), "expire_time": resourceEnds, "monthly_price": "60.00", "service_type_code": fmt.Sprintf("service-%d", n),
		})
	}

	return a
}

func resourceID(n int) string { return fmt.Sprintf("resource-%d", n) }

// once fails the test if an order was charged twice, or a resource renewed twice.
func (a *account) once(t *testing.T) {
	t.Helper()

	charged := map[string]int{}
	world := a.World()

	for _, made := range world.Payments {
		charged[made.OrderID]++
	}

	renewed := map[string]int{}

	for _, order := range world.Orders {
		if charged[order.OrderID] > 1 {
			t.Errorf("order %s was charged %d times", order.OrderID, charged[order.OrderID])
		}

		for _, id := range order.ResourceIDs {
			renewed[id] += charged[order.OrderID]
		}
	}

	for id, count := range renewed {
		if count > 1 {
			t.Errorf("%s was renewed %d times", id, count)
		}
	}

	if len(charged) == 0 || len(renewed) == 0 {
		t.Errorf("%d orders and %d resources were paid: this shows nothing", len(charged), len(renewed))
	}
}

// everything lets the workers act, and returns the history.
func everything(t *testing.T, a *account, count int) []porcupine.Operation {
	t.Helper()

	var (
		group   sync.WaitGroup
		mu      sync.Mutex
		history []porcupine.Operation
		now     atomic.Int64
		left    atomic.Int64
	)

	left.Store(int64(count))

	for process := range runs {
		var (
			current atomic.Pointer[run]
			made    atomic.Int64
		)

		current.Store(newRun(a.Client))

		for worker := range 2 {
			number := process*2 + worker
			random := rand.New(rand.NewPCG(uint64(number), 1)) //nolint:gosec // it has to repeat itself

			group.Go(func() {
				for left.Add(-1) >= 0 {
					if made.Add(1)%actsPerRun == 0 {
						current.Store(newRun(a.Client))
					}

					if random.IntN(faultsEvery) == 0 {
						if err := a.AddFault(fault(random)); err != nil {
							t.Error(err)
						}
					}

					asked := a.draw(random)
					begun := now.Add(1)
					told := current.Load().does(t, asked)
					one := porcupine.Operation{ClientId: number, Input: asked, Call: begun, Output: told, Return: now.Add(1)}

					mu.Lock()
					history = append(history, one)
					mu.Unlock()
				}
			})
		}
	}

	group.Wait()

	// What is in doubt may come at any time.
	for i := range history {
		if told, ok := history[i].Output.(outcome); ok && told.said == saidDoubt {
			history[i].Return = now.Load() + 1
		}
	}

	return history
}

// draw is an act on an order or a resource.
func (a *account) draw(random *rand.Rand) operation {
	pick := func(among ...string) string { return among[random.IntN(len(among))] }

	if random.IntN(2) == 0 {
		return operation{pick(a.orders...), pick(actPay, actPay, actCancel, actLook, actLook)}
	}

	return operation{resourceID(random.IntN(resources)), pick(actRenew, actRenew, actRenew, actUnsubscribe, actLook, actLook)}
}

// fault is one that the next call of an operation meets.
func fault(random *rand.Rand) bsssim.Fault {
	operations := []string{
		"pay_order", "pay_order", "cancel_order", "cancel_order", "renew_resources", "renew_resources", "unsubscribe_resources",
		"unsubscribe_resources", "list_orders", "get_order", "list_resources", "get_renewal_price",
	}
	kinds := []bsssim.Fault{
		{Kind: bsssim.FaultDropBefore},
		{Kind: bsssim.FaultDropAfter},
		{Kind: bsssim.FaultStatusBefore},
		{Kind: bsssim.FaultStatusAfter},
		{Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"},
		{Kind: bsssim.FaultGarbage},
		{Kind: bsssim.FaultDelayAfter, Delay: 3 * time.Minute},
		{Kind: bsssim.FaultDelayBefore, Delay: 3 * time.Minute},
		{Kind: bsssim.FaultDelayBefore, Delay: 20 * time.Minute},
	}

	chosen := kinds[random.IntN(len(kinds))]
	chosen.Operation = operations[random.IntN(len(operations))]

	return chosen
}

// does an act as a plan and its apply would, and says what was told.
func (r *run) does(t *testing.T, asked operation) outcome {
	t.Helper()

	ctx, stop := context.WithTimeout(t.Context(), 10*time.Minute)
	defer stop()

	var err error

	switch asked.act {
	case actPay:
		_, _, err = r.payer.Pay(ctx, payment.Request{OrderID: asked.subject, MaxAmount: simtest.Decimal(t, "42.50")})
	case actCancel:
		err = r.payer.Cancel(ctx, asked.subject)
	case actRenew:
		err = r.renew(ctx, t, asked.subject)
	case actUnsubscribe:
		_, _, err = r.unsubscriptions.Unsubscribe(ctx, unsubscription.Request{
			ResourceID: asked.subject, Scope: unsubscription.ResourceAndRenewals,
		})
	default:
		return r.look(ctx, asked.subject)
	}

	var doubt *act.Doubt

	switch {
	case err == nil:
		return outcome{said: saidDone}
	case errors.As(err, &doubt):
		return outcome{said: saidDoubt}
	default:
		return outcome{said: saidRefused}
	}
}

// renew renews as a plan states it.
func (r *run) renew(ctx context.Context, t *testing.T, id string) error {
	t.Helper()

	day, err := renewal.ParseDate(paidThrough)
	if err != nil {
		t.Fatal(err)
	}

	goal := renewal.Goal{ResourceID: id, PaidThrough: day, Unit: renewal.Month, MaxAmount: simtest.Decimal(t, "60.00")}

	quote, err := r.renewals.Quote(ctx, goal)
	if err != nil {
		return err
	}

	goal.Nothing, goal.StartsAt, goal.OrderID, goal.Quoted = quote.Reached, quote.StartsAt, quote.OrderID, quote.Amount

	_, _, err = r.renewals.Renew(ctx, goal)

	return err
}

// look says what shows. A look that fails says nothing.
func (r *run) look(ctx context.Context, subject string) outcome {
	if order, err := r.client.FindOrder(ctx, subject); err == nil {
		return outcome{said: saidDone, seen: condition{paid: payment.IsPaid(order.Status), over: order.Status == bssapi.OrderStatusCanceled}}
	}

	for resource, err := range r.client.ListResources(ctx, bssapi.ListResourcesRequest{ResourceIDs: []string{subject}}) {
		if err != nil {
			break
		}

		return outcome{said: saidDone, seen: condition{paid: resource.ExpireTime > resourceEnds, over: subscription.Closed(resource)}}
	}

	return outcome{said: saidRefused}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package expiry

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// onDemandSwitch sets resources to turn pay-per-use at expiry, and takes that
// back, with one call for all that ask at the same time. It is safe for
// concurrent use.
type onDemandSwitch struct {
	client *bssapi.Client
	reader *subscription.Reader
	setUp  *subscription.Gatherer[string, error]
	revert *subscription.Gatherer[string, error]

	mu sync.Mutex
	// busy are the ids with a call, or a wish for one.
	busy map[string]*busy
}

// busy is an id that one operation has to itself.
type busy struct {
	operation bssapi.ToOnDemandOperation
	// holders are the callers that wait and the calls that run.
	holders int
	// free is closed when the last holder has gone.
	free chan struct{}
}

// newOnDemandSwitch returns a switch. It makes the reader forget what it
// changes.
func newOnDemandSwitch(client *bssapi.Client, reader *subscription.Reader, clock bssapi.Clock) *onDemandSwitch {
	s := &onDemandSwitch{client: client, reader: reader, busy: map[string]*busy{}}
	gathering := func(operation bssapi.ToOnDemandOperation) *subscription.Gatherer[string, error] {
		return subscription.NewGatherer(clock, subscription.DefaultReadTiming(), bssapi.MaxToOnDemandIDs, 1,
			func(ctx context.Context, b *subscription.Batch[string, error]) { s.carry(ctx, operation, b) })
	}
	s.setUp, s.revert = gathering(bssapi.ToOnDemandSetUp), gathering(bssapi.ToOnDemandCancel)

	return s
}

// set makes a primary resource turn pay-per-use at expiry, or takes that back.
// An error is that of this resource alone, or that of the call for it and
// others; [bssapi.NotDone] tells whether nothing was done, else only looking can
// tell. Nothing in doubt is sent again.
//
// Once the call was sent, the end of ctx does not stop it: set returns at once,
// with an error that leaves the outcome in doubt.
//
// Errors: the codes of bssapi that say why a resource cannot become
// pay-per-use, such as bssapi.CodeInGracePeriod. Permission: bss:renewal:update.
func (s *onDemandSwitch) set(ctx context.Context, operation bssapi.ToOnDemandOperation, id string) error {
	gathering := s.setUp
	switch operation {
	case bssapi.ToOnDemandSetUp:
	case bssapi.ToOnDemandCancel:
		gathering = s.revert
	default:
		return fmt.Errorf("%w: unknown operation %q", bssapi.ErrNotSent, operation)
	}
	if id == "" {
		return fmt.Errorf("%w: %w", bssapi.ErrNotSent, errors.New("the resource id is empty"))
	}
	if err := s.acquire(ctx, operation, id); err != nil {
		return fmt.Errorf("%w: %w", bssapi.ErrNotSent, err)
	}
	defer s.release(id)
	outcome, sent, err := gathering.Ask(ctx, id)
	switch {
	case err == nil:
		return outcome
	case sent:
		return fmt.Errorf("%s was sent, and its answer was not waited for: %w", operation, err)
	default:
		return fmt.Errorf("%w: %w", bssapi.ErrNotSent, err)
	}
}

// acquire waits until the other operation is through with the id.
func (s *onDemandSwitch) acquire(ctx context.Context, operation bssapi.ToOnDemandOperation, id string) error {
	for {
		s.mu.Lock()
		held := s.busy[id]
		if held == nil {
			held = &busy{operation: operation, free: make(chan struct{})}
			s.busy[id] = held
		}
		if held.operation == operation {
			held.holders++
			s.mu.Unlock()

			return nil
		}
		s.mu.Unlock()
		select {
		case <-held.free:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// hold is one more holder of an id that has one.
func (s *onDemandSwitch) hold(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy[id].holders++
}

func (s *onDemandSwitch) release(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	held := s.busy[id]
	held.holders--
	if held.holders == 0 {
		delete(s.busy, id)
		close(held.free)
	}
}

func (s *onDemandSwitch) carry(ctx context.Context, operation bssapi.ToOnDemandOperation, b *subscription.Batch[string, error]) {
	// The call holds its ids too: whoever asked may leave before it ends.
	ids := b.Send(s.hold)
	if len(ids) == 0 {
		return
	}
	s.reader.Forget(ids...)
	s.call(ctx, operation, ids, func(id string, outcome error) {
		s.reader.Forget(id)
		s.release(id)
		b.Answer(id, outcome)
	})
}

// call makes the call for ids and tells the outcome of each. Where one of them
// may be why the API refused all, it makes the call for each half alone.
func (s *onDemandSwitch) call(
	ctx context.Context, operation bssapi.ToOnDemandOperation, ids []string, tell func(id string, outcome error),
) {
	failures, err := s.client.SetToOnDemandOnExpiry(ctx, bssapi.SetToOnDemandOnExpiryRequest{
		Operation: operation, ResourceIDs: ids,
	})
	if len(ids) > 1 && refusedForOne(err) {
		s.call(ctx, operation, ids[:len(ids)/2], tell)
		s.call(ctx, operation, ids[len(ids)/2:], tell)

		return
	}
	outcomes := make(map[string]error, len(failures))
	for _, failure := range failures {
		outcome := &bssapi.Error{
			Operation: "set_to_on_demand_on_expiry", Status: http.StatusOK,
			Code: failure.ErrorCode, Message: failure.ErrorMessage,
		}
		if slices.Contains(ids, failure.ID) {
			outcomes[failure.ID] = outcome

			continue
		}
		// It may be about any of them, so for none of them is it certain.
		outcome.Err = fmt.Errorf("%w: it names %q, which was not asked for, with %s",
			bssapi.ErrUnreadable, failure.ID, string(failure.ErrorCode))
		outcome.Code = ""
		err = outcome
	}
	for _, id := range ids {
		outcome, failed := outcomes[id]
		if !failed {
			outcome = err
		}
		tell(id, outcome)
	}
}

// refusedForOne reports whether a call was certainly refused for a reason that
// may be a single one of its resources.
func refusedForOne(err error) bool {
	if err == nil || !bssapi.NotDone(err) {
		return false
	}
	for _, reason := range []error{
		bssapi.ErrNotSent, bssapi.ErrNotOnSite, bssapi.ErrThrottled, bssapi.ErrAccessDenied,
		bssapi.ErrUnauthenticated, bssapi.ErrWrongSite, bssapi.CodeAccountFrozen, bssapi.CodeCustomerFrozen,
	} {
		if errors.Is(err, reason) {
			return false
		}
	}

	return true
}

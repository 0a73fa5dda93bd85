// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"errors"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

const (
	// surveyAfter is how many ids are asked for one by one before a call to
	// find out the size of the account is worthwhile: two rounds of the ten
	// resources that Terraform reads at a time.
	surveyAfter = 20
	// snapshotPage is how many resources one page of a snapshot holds.
	snapshotPage = 500
)

// snapshots is what a Reader knows about all primary resources, guarded by its
// mutex.
//
// Asking by id costs a call for each batch; a snapshot costs a call for each
// page. The number of reads to come is unknown, so a snapshot is taken once
// asking by id has cost as much: the total is never more than twice the best.
type snapshots struct {
	// asked counts the ids that a snapshot could have answered, and spent the
	// calls for them, since the last snapshot.
	asked, spent int
	count        count
	taking       *snapshot
	taken        *snapshot
}

// count is how many resources a snapshot would have.
type count struct {
	total int
	// known is false when they could not be counted.
	known bool
	at    time.Time
}

// snapshot is the account's primary resources that are not closed. What is in
// it exists; what is not may exist too, because the list can change between its
// pages.
type snapshot struct {
	cancel context.CancelFunc
	// done is closed when no more rows come.
	done chan struct{}
	// waiting counts those who wait for it.
	waiting int

	at    time.Time
	begun int
	rows  map[string]bssapi.Resource
}

// listed is what a snapshot holds.
var listed = bssapi.ListResourcesRequest{
	OnlyMainResource: true,
	StatusList: []bssapi.ResourceStatus{
		bssapi.ResourceStatusInUse, bssapi.ResourceStatusFrozen, bssapi.ResourceStatusExpired,
	},
}

// recall returns a resource from the last snapshot, else the snapshot that is
// being taken; nil if there is none.
func (r *Reader) recall(id string) (resource bssapi.Resource, found bool, taking *snapshot) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.young() {
		resource, found = r.taken.rows[id]
		found = found && !r.stale(r.taken.begun, resource)
	}
	if found {
		return resource, true, nil
	}

	return bssapi.Resource{}, false, r.taking
}

// young reports whether there is a snapshot that may answer.
func (r *Reader) young() bool {
	return r.taken != nil && r.clock.Now().Sub(r.taken.at) < r.timing.Snapshot
}

// survey returns the snapshot that should answer for a number of ids instead of
// a call for them. If it is nil, survey counts that call.
func (r *Reader) survey(ctx context.Context, ids int) *snapshot {
	r.mu.Lock()
	defer r.mu.Unlock()
	if ids == 0 || r.taking != nil {
		return r.taking
	}
	if r.spent > 0 && r.asked+ids >= surveyAfter && !r.young() && (!r.counted() || r.worthwhile()) {
		call, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.timing.Call)
		r.taking = &snapshot{cancel: cancel, done: make(chan struct{}), rows: map[string]bssapi.Resource{}}
		go r.take(call, r.taking)

		return r.taking
	}
	r.asked += ids
	r.spent++

	return nil
}

// counted reports whether the count, or the failure to count, still holds.
func (r *Reader) counted() bool {
	return !r.count.at.IsZero() && r.clock.Now().Sub(r.count.at) < r.timing.Count
}

// worthwhile reports whether calls by id have cost what a snapshot would, which
// is a call for each page. The call that is due now counts too, hence pages-1:
// by id, it would make both cost the same.
func (r *Reader) worthwhile() bool {
	pages := (r.count.total + snapshotPage - 1) / snapshotPage

	return r.count.known && r.spent >= pages-1
}

// take fills a snapshot, if the account is not too large for it.
func (r *Reader) take(ctx context.Context, s *snapshot) {
	defer s.cancel()
	r.mu.Lock()
	counted := r.counted()
	r.mu.Unlock()
	if !counted {
		total, err := r.client.CountResources(ctx, listed)
		r.mu.Lock()
		if !errors.Is(ctx.Err(), context.Canceled) {
			r.count = count{total: total, known: err == nil, at: r.clock.Now()}
		}
		r.mu.Unlock()
	}
	r.mu.Lock()
	worthwhile := r.counted() && r.worthwhile()
	s.begun, s.at = r.forgets, r.clock.Now()
	r.mu.Unlock()
	if worthwhile {
		for row, err := range r.client.ListResources(ctx, listed) {
			if err != nil {
				// What came exists, even if the rest is missing.
				break
			}
			if known, ok := s.rows[row.ResourceID]; !ok || newer(row, known) {
				s.rows[row.ResourceID] = row
			}
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if worthwhile && !errors.Is(ctx.Err(), context.Canceled) {
		r.taken, r.asked, r.spent = s, 0, 0
	}
	r.taking = nil
	close(s.done)
}

// await returns when a snapshot is complete, or the context is done. A snapshot
// that nobody waits for is given up. A nil snapshot is complete.
func (r *Reader) await(ctx context.Context, s *snapshot) error {
	if s == nil {
		return nil
	}
	r.mu.Lock()
	s.waiting++
	r.mu.Unlock()
	select {
	case <-s.done:
		return nil
	case <-ctx.Done():
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	s.waiting--
	if s.waiting == 0 {
		s.cancel()
	}

	return ctx.Err()
}

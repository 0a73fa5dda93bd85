// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// readsInFlight is how many questions are on their way at the same time.
const readsInFlight = 2

// ErrUnknown says that billing certainly knows no resource of that id: a
// complete answer to a question for it did not have it.
var ErrUnknown = errors.New("billing knows no such resource")

// errNoID is a question that would concern every resource.
var errNoID = errors.New("the resource id is empty")

// Reader answers reads of single resources from as few calls as it can. It is
// safe for concurrent use.
type Reader struct {
	client    *bssapi.Client
	clock     bssapi.Clock
	timing    ReadTiming
	questions *Gatherer[question, reply]

	mu sync.Mutex
	// forgets counts calls of Forget; forgotten is its value at the last call
	// for each id.
	forgets   int
	forgotten map[string]int
	snapshots
}

// question is a resource that somebody waits for.
type question struct {
	id string
	// current: not from a snapshot.
	current bool
}

// reply is what a batch says about a question.
type reply struct {
	tree Tree
	err  error
	// wait is the snapshot to be waited for instead.
	wait *snapshot
	// again: what was read may be older than a change, so ask again.
	again bool
}

// NewReader returns a Reader. It makes no call. [DefaultReadTiming] is for use
// outside tests.
func NewReader(client *bssapi.Client, clock bssapi.Clock, timing ReadTiming) *Reader {
	r := &Reader{client: client, clock: clock, timing: timing, forgotten: map[string]int{}}
	r.questions = NewGatherer(clock, timing, bssapi.MaxResourceIDs, readsInFlight, r.carry)

	return r
}

// Get returns a resource, possibly from a snapshot that began within
// [ReadTiming].Snapshot. Closed resources are returned with their status; only
// what billing certainly does not know is [ErrUnknown].
//
// Permission: bss:renewal:view.
func (r *Reader) Get(ctx context.Context, id string) (bssapi.Resource, error) {
	if id == "" {
		return bssapi.Resource{}, errNoID
	}
	// The snapshot that is being taken may turn out to be of no use; asking
	// once more is enough.
	for range 2 {
		resource, found, taking := r.recall(id)
		if found {
			return resource, nil
		}
		if taking == nil {
			answered, _, err := r.questions.Ask(ctx, question{id: id})
			switch {
			case err != nil:
				return bssapi.Resource{}, err
			case answered.wait == nil && !answered.again:
				return answered.tree.Resource, answered.err
			}
			taking = answered.wait
		}
		if err := r.await(ctx, taking); err != nil {
			return bssapi.Resource{}, err
		}
	}

	return r.Fresh(ctx, id)
}

// Fresh is like [Reader.Get], but the answer comes from a call that begins
// after Fresh was called.
//
// Permission: bss:renewal:view.
func (r *Reader) Fresh(ctx context.Context, id string) (bssapi.Resource, error) {
	tree, err := r.Tree(ctx, id)

	return tree.Resource, err
}

// Tree is a resource with its attached resources.
type Tree struct {
	Resource bssapi.Resource
	// Attached are sorted by id.
	Attached []bssapi.Resource
}

// All is the resource, and after it what is attached to it.
func (t Tree) All() []bssapi.Resource { return append([]bssapi.Resource{t.Resource}, t.Attached...) }

// Tree returns a resource with its attached resources, as fresh as
// [Reader.Fresh]. An attached resource has none.
//
// Permission: bss:renewal:view.
func (r *Reader) Tree(ctx context.Context, id string) (Tree, error) {
	if id == "" {
		return Tree{}, errNoID
	}
	for {
		answered, _, err := r.questions.Ask(ctx, question{id: id, current: true})
		if err != nil {
			return Tree{}, err
		}
		if !answered.again {
			return answered.tree, answered.err
		}
	}
}

// Forget makes sure that nothing read up to now answers for the ids, or for
// their primary or attached resources. Call it before and after a change. A
// change of an attached resource can change its primary one: forget both.
func (r *Reader) Forget(ids ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forgets++
	for _, id := range ids {
		r.forgotten[id] = r.forgets
	}
}

// moment is when a read begins, for asking stale.
func (r *Reader) moment() int {
	r.mu.Lock()
	defer r.mu.Unlock()

	return r.forgets
}

// stale reports whether any of the resources was forgotten after begun. The
// caller holds the mutex.
func (r *Reader) stale(begun int, resource bssapi.Resource, attached ...bssapi.Resource) bool {
	if r.forgotten[resource.ResourceID] > begun || r.forgotten[resource.ParentResourceID] > begun {
		return true
	}

	return slices.ContainsFunc(attached, func(a bssapi.Resource) bool { return r.forgotten[a.ResourceID] > begun })
}

// newer prefers, of two rows of one resource id, the one that is not closed,
// and then the one that ends later: an id that was converted and subscribed
// again has a row for each term.
func newer(a, b bssapi.Resource) bool {
	closedA, closedB := Closed(a), Closed(b)
	if closedA != closedB {
		return closedB
	}

	return a.ExpireTime > b.ExpireTime
}

// Closed says whether a resource is gone: nothing happens to it any more.
func Closed(resource bssapi.Resource) bool { return resource.Status == bssapi.ResourceStatusClosed }

// Attached says whether the resource belongs to another, with which it is
// renewed, unsubscribed and set.
func Attached(resource bssapi.Resource) bool {
	return resource.IsMainResource != nil && *resource.IsMainResource == 0
}

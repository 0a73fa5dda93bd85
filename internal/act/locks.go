// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package act

import (
	"strings"
	"sync"
)

// Kind is what sort of thing an act is about.
type Kind string

// The kinds.
const (
	KindResource Kind = "resource"
	KindOrder    Kind = "order"
	KindSending  Kind = "sending"
	KindMember   Kind = "member"
	KindTransfer Kind = "transfer"
)

// Subject is what an act is about.
type Subject struct {
	Kind Kind
	ID   string
}

// Resource is the yearly/monthly resource of the id. For an attached resource it
// is to be the primary one, which every act on it is an act on.
func Resource(id string) Subject { return Subject{KindResource, id} }

// Order is the order of the id.
func Order(id string) Subject { return Subject{KindOrder, id} }

// Member is the member account of the name, of an enterprise.
func Member(name string) Subject { return Subject{KindMember, name} }

// Transfer is the transfer between accounts that is sent under the id.
func Transfer(id string) Subject { return Subject{KindTransfer, id} }

// Sending is the sending of calls of an operation, of which two at a time could not
// be told apart where their answers leave doubt. It comes after the subjects that
// the call is about.
func Sending(operation string) Subject { return Subject{KindSending, operation} }

func (s Subject) String() string { return string(s.Kind) + " " + s.ID }

// key is the same for all spellings of one subject: the case of an order id does
// not tell orders apart.
func (s Subject) key() Subject {
	if s.Kind == KindOrder {
		s.ID = strings.ToUpper(s.ID)
	}

	return s
}

// Locks makes acts on one subject wait for each other. All machines of a run
// share one Locks, so that a renewal and an unsubscription of one resource take
// turns too. The zero value is ready for use.
//
// Who needs the locks of a resource and of an order takes that of the resource
// first; the other way round, two acts could wait for each other forever.
type Locks struct {
	mu sync.Mutex
	// A subject is held while its channel is full. Who waits for a channel lets
	// the time of a bubble of [testing/synctest] pass, as one for a mutex does not.
	held map[Subject]chan struct{}
}

// Lock waits until nobody else holds the subject. The caller holds it until it
// calls unlock.
func (l *Locks) Lock(subject Subject) (unlock func()) {
	key := subject.key()

	l.mu.Lock()

	if l.held == nil {
		l.held = map[Subject]chan struct{}{}
	}

	lock := l.held[key]
	if lock == nil {
		lock = make(chan struct{}, 1)
		l.held[key] = lock
	}

	l.mu.Unlock()
	lock <- struct{}{}

	return func() { <-lock }
}

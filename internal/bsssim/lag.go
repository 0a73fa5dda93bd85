// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import "time"

// lagged answers reads of changed objects with their state before the change,
// for a number of reads or for a while.
type lagged[T any] struct {
	length  Transition
	entries map[string]*lagEntry[T]
}

type lagEntry[T any] struct {
	old   *T // nil when the object did not exist
	reads int
	until time.Time
}

// keep remembers the state before a change. While an earlier change is still
// unseen, its older state stays.
func (l *lagged[T]) keep(id string, old *T, now time.Time) {
	if l.length == (Transition{}) {
		return
	}
	entry, pending := l.entries[id]
	if !pending {
		entry = &lagEntry[T]{old: old}
		if l.entries == nil {
			l.entries = map[string]*lagEntry[T]{}
		}
		l.entries[id] = entry
	}
	entry.reads = l.length.Reads
	entry.until = now.Add(l.length.Duration)
}

// read is what a read sees of an object, nil if it is not there yet. It counts
// the read.
func (l *lagged[T]) read(id string, current *T, now time.Time) *T {
	seen := l.peek(id, current, now)
	l.look(id)

	return seen
}

// peek is what a read would see, without counting it.
func (l *lagged[T]) peek(id string, current *T, now time.Time) *T {
	if len(l.entries) == 0 {
		return current
	}
	entry, pending := l.entries[id]
	switch {
	case !pending:
		return current
	case entry.reads > 0 || now.Before(entry.until):
		return entry.old
	default:
		delete(l.entries, id)

		return current
	}
}

// look counts a read.
func (l *lagged[T]) look(id string) {
	if entry, pending := l.entries[id]; pending && entry.reads > 0 {
		entry.reads--
	}
}

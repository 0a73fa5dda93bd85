// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package keylock has a lock for each key.
package keylock

import "sync"

// Locks makes those who ask for the same key wait for each other. The zero
// value is ready for use.
type Locks struct {
	mu   sync.Mutex
	held map[string]*sync.Mutex
}

// Lock waits until nobody else holds the key. The caller holds it until it
// calls unlock.
func (l *Locks) Lock(key string) (unlock func()) {
	l.mu.Lock()

	if l.held == nil {
		l.held = map[string]*sync.Mutex{}
	}

	lock := l.held[key]
	if lock == nil {
		lock = &sync.Mutex{}
		l.held[key] = lock
	}

	l.mu.Unlock()
	lock.Lock()

	return lock.Unlock
}

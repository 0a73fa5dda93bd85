// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// accountErrorKept is how long an account that could not be found out is not
// asked for again: many objects may ask at once.
const accountErrorKept = 30 * time.Second

// accounts knows whose credentials the run has, and which accounts the
// configuration allows.
type accounts struct {
	client *bssapi.Client
	clock  bssapi.Clock
	// configured is the account that the configuration or the source of the
	// credentials names. It is no proof of whose the credentials are.
	configured string
	allowed    []string

	mu       sync.Mutex
	found    bssapi.Account
	failed   error
	failedAt time.Time
}

// caller is the account behind the credentials, as the identity service tells
// it: one call for a run, shared by all who ask.
func (a *accounts) caller(ctx context.Context) (string, error) {
	account, err := a.who(ctx)

	return account.ID, err
}

// who is caller with the name of the account.
func (a *accounts) who(ctx context.Context) (bssapi.Account, error) {
	a.mu.Lock()
	defer a.mu.Unlock()

	if a.found.ID != "" {
		return a.found, nil
	}

	if a.failed != nil && a.clock.Now().Sub(a.failedAt) < accountErrorKept {
		return bssapi.Account{}, a.failed
	}

	found, err := a.ask(ctx)

	switch {
	case err == nil:
		a.found = found
	case ctx.Err() == nil:
		a.failed, a.failedAt = err, a.clock.Now()
	}

	return found, err
}

// named is the account that an address has to name: the configured one, which the API
// checks, or else the one behind the credentials.
func (a *accounts) named(ctx context.Context) (string, error) {
	if a.configured != "" {
		return a.configured, nil
	}

	return a.caller(ctx)
}

func (a *accounts) ask(ctx context.Context) (bssapi.Account, error) {
	accounts, err := a.client.Accounts(ctx)

	var ids []string
	for _, account := range accounts {
		ids = append(ids, account.ID)
	}

	switch at := slices.Index(ids, a.configured); {
	case err != nil:
		return bssapi.Account{}, err
	case len(accounts) == 1:
		return accounts[0], nil
	case at >= 0:
		return accounts[at], nil
	case len(accounts) == 0:
		return bssapi.Account{}, errors.New("the identity service names no account for the credentials")
	default:
		return bssapi.Account{}, fmt.Errorf(
			"the identity service names several accounts for the credentials: %s; set domain_id to the one that is meant", strings.Join(ids, ", "))
	}
}

// only is the one account that the configuration allows, "" if it allows any or
// several.
func (a *accounts) only() string {
	if len(a.allowed) != 1 {
		return ""
	}

	return a.allowed[0]
}

// check refuses an act on an account that the configuration does not allow: the
// account that an order names, or else the caller's. An account that cannot be
// found out is refused.
func (a *accounts) check(ctx context.Context, customerID string) error {
	if len(a.allowed) == 0 {
		return nil
	}

	account := customerID

	if account == "" {
		var err error

		account, err = a.caller(ctx)
		if err != nil {
			return fmt.Errorf("allowed_domain_ids is set, but the account behind the credentials could not be found out: %w", err)
		}
	}

	if !slices.Contains(a.allowed, account) {
		return fmt.Errorf("the credentials belong to account %s, but allowed_domain_ids of the provider allows %s only. "+
			"Use the credentials of an allowed account, or add this one to allowed_domain_ids",
			account, strings.Join(a.allowed, ", "))
	}

	return nil
}

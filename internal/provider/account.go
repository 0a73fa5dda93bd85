// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// accountBehind finds out, once, the account behind the credentials: the
// configured one, or else what the identity service answers.
func accountBehind(client *bssapi.Client, configured string) func(context.Context) string {
	var (
		once    sync.Once
		account = configured
	)

	return func(ctx context.Context) string {
		once.Do(func() {
			if account != "" {
				return
			}

			if accounts, err := client.AccountIDs(ctx); err == nil && len(accounts) == 1 {
				account = accounts[0]
			}
		})

		return account
	}
}

// accountGuard refuses acts on an account that the configuration does not
// allow.
type accountGuard struct {
	client  *bssapi.Client
	allowed []string
}

// check compares the account that an order names, or else the one that the
// identity service answers, with the allowed ones. An account that cannot be
// found out is refused.
func (g *accountGuard) check(ctx context.Context, customerID string) error {
	if len(g.allowed) == 0 {
		return nil
	}

	accounts := []string{customerID}

	if customerID == "" {
		var err error

		accounts, err = g.client.AccountIDs(ctx)
		if err != nil {
			return fmt.Errorf("allowed_domain_ids is set, but the account behind the credentials could not be found out: %w", err)
		}
	}

	for _, account := range accounts {
		if !slices.Contains(g.allowed, account) {
			return fmt.Errorf("the credentials belong to account %s, but allowed_domain_ids of the provider allows %s only",
				account, strings.Join(g.allowed, ", "))
		}
	}

	if len(accounts) == 0 {
		return fmt.Errorf("allowed_domain_ids is set, but the identity service names no account for the credentials")
	}

	return nil
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Payer pays orders through one client. It is safe for concurrent use; acts on
// one order wait for each other.
type Payer struct {
	client     *bssapi.Client
	conditions act.Conditions
}

// New returns a Payer. It makes no call.
func New(client *bssapi.Client, conditions act.Conditions) *Payer {
	return &Payer{client: client, conditions: conditions}
}

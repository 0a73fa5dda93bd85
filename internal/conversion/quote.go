// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package conversion

import (
	"context"
	"fmt"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// Quote is what a plan can know of a conversion.
type Quote struct {
	// Done says that nothing will be sent: it is done, or this run knows of one that
	// is.
	Done bool
	// ExpireTime is when the paid term ends now.
	ExpireTime string
	// Converts are the resources that will be converted, sorted.
	Converts []string
	Warnings []act.Warning
}

// Quote looks at the resource and says what Convert would do, or why it would
// refuse.
func (m *Machine) Quote(ctx context.Context, req Request) (Quote, error) {
	if err := m.client.CanConvertNow(ctx); err != nil {
		return Quote{}, err
	}

	if known, ok := m.recall(req.ResourceID); ok && known.doubt == nil {
		return Quote{
			Done:       true,
			ExpireTime: known.receipt.ExpireTime,
			Converts:   []string{},
			Warnings:   []act.Warning{recorded(known.receipt)},
		}, nil
	}

	tree, err := m.look(ctx, req.ResourceID)
	if err != nil {
		return Quote{}, err
	}

	quote := Quote{ExpireTime: tree.Resource.ExpireTime, Converts: Converts(tree)}

	if subscription.Closed(tree.Resource) {
		_, warning, err := m.ended(ctx, tree.Resource)
		if err != nil {
			return Quote{}, err
		}

		quote.Done, quote.Warnings = true, []act.Warning{warning}

		return quote, nil
	}

	own, maybe, err := m.underWay(ctx, tree.Resource)
	if err != nil {
		return Quote{}, err
	}

	if own != nil {
		quote.Done, quote.Converts = true, []string{}
		quote.Warnings = []act.Warning{recorded(taken(tree.Resource, *own))}

		return quote, nil
	}

	if err := m.allowed(ctx, req); err != nil {
		return Quote{}, err
	}

	quote.Warnings = []act.Warning{consequence(tree)}

	if len(maybe) > 0 {
		quote.Warnings = append(quote.Warnings, act.Warning{
			Field:   act.FieldResourceID,
			Summary: fmt.Sprintf("A conversion of resource %s may be under way", req.ResourceID),
			Detail: fmt.Sprintf("These conversions of its service are not over: %s. No order names its resource. The apply waits for those "+
				"that are being carried out, and refuses while one is under review, rather than convert twice.", maybe),
		})
	}

	return quote, nil
}

// allowed refuses what may not be spent, or not in this account.
func (m *Machine) allowed(ctx context.Context, req Request) error {
	if err := m.conditions.Spending.Denied(); err != nil {
		return act.NotSpent(act.FieldResourceID,
			fmt.Sprintf("Resource %s was not converted: from then on, its use would be charged.", req.ResourceID), err)
	}

	return m.conditions.Allowed(ctx, "")
}

// consequence says what a conversion will do.
func consequence(tree subscription.Tree) act.Warning {
	resource := tree.Resource

	var along strings.Builder

	for _, attached := range tree.Attached {
		if !subscription.Closed(attached) {
			along.WriteString("\n  - " + subscription.Describe(attached))
		}
	}

	warning := act.Warning{
		Field:   act.FieldResourceID,
		Summary: "Resource will be charged by use: " + subscription.Describe(resource),
		Detail: fmt.Sprintf("Applying changes resource %s, which is %s, to pay-per-use at once: its use is charged from then on, and its paid "+
			"term, which ends at %s, is given up. No call says what of the price comes back. This cannot be undone.",
			subscription.Describe(resource), bssapi.ResourceStatuses.Word(resource.Status), resource.ExpireTime),
	}

	if resource.Status != bssapi.ResourceStatusInUse {
		warning.Detail += " The vendor may refuse it for a resource that is not in use: renew or unfreeze it first."
	}

	if along.Len() > 0 {
		warning.Detail += "\n\nConverted along with it:" + along.String()
	}

	return warning
}

// doneAlready says that a resource is converted: each of the orders can be its own.
func doneAlready(resourceID string, orders candidates) act.Warning {
	return act.Warning{
		Field:   act.FieldResourceID,
		Summary: fmt.Sprintf("Resource %s is pay-per-use already", resourceID),
		Detail: fmt.Sprintf("Resource %s is no yearly/monthly resource any more, and a conversion to pay-per-use is completed that can be its "+
			"own: %s. Nothing is sent.", resourceID, orders),
	}
}

// orderUnknown adds that no order is recorded.
func orderUnknown(warning act.Warning) act.Warning {
	warning.Detail += " No order names its resource, so none is recorded as its own."

	return warning
}

// recorded says that a conversion is taken over, and not made again.
func recorded(receipt Receipt) act.Warning {
	of := ""
	if receipt.OrderID != "" {
		of = ", by order " + receipt.OrderID
	}

	return act.Warning{
		Field:   act.FieldResourceID,
		Summary: fmt.Sprintf("Conversion of resource %s is not made again", receipt.ResourceID),
		Detail: fmt.Sprintf(
			"A conversion of resource %s is there already (%s%s). Applying records it, and sends nothing.",
			receipt.ResourceID,
			receipt.Status,
			of,
		),
	}
}

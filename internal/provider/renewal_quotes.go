// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// quotesAhead is how many calls for prices are under way at once. The limiter spaces
// them.
const quotesAhead = 4

// priceRenewals prices any number of resources, with as many calls as that takes. The
// answers are in the order of the ids. A failure is one of the argument.
func priceRenewals(
	ctx context.Context, client *bssapi.Client, req bssapi.GetRenewalPriceRequest, argument path.Path,
) ([]*bssapi.RenewalPrice, diag.Diagnostics) {
	batches := slices.Collect(slices.Chunk(req.ResourceIDs, bssapi.MaxRenewalPriceIDs))
	answers := make([]*bssapi.RenewalPrice, len(batches))

	ctx, stop := context.WithCancel(ctx)
	defer stop()

	var (
		asking sync.WaitGroup
		first  sync.Once
		failed diag.Diagnostics
	)

	free := make(chan struct{}, quotesAhead)

	for i, batch := range batches {
		free <- struct{}{}

		asking.Go(func() {
			defer func() { <-free }()

			asked := req
			asked.ResourceIDs = batch

			answer, err := client.GetRenewalPrice(ctx, asked)
			if err != nil {
				// What stops the others is not what went wrong with them.
				first.Do(func() {
					failed.Append(atArgument(argument, apiDiagnostic("price the renewal of "+strings.Join(batch, ", "), err)))
				})
				stop()
			}

			answers[i] = answer
		})
	}

	asking.Wait()

	return answers, failed
}

// renewalsCurrency is the currency that answers name, empty if none does. In several, no
// sum can be made.
func renewalsCurrency(answers []*bssapi.RenewalPrice, argument path.Path) (string, diag.Diagnostics) {
	var named currencies
	for _, answer := range answers {
		named.add(answer.Currency)
	}

	if len(named) > 1 {
		return "", diag.Diagnostics{atArgument(argument, diag.NewErrorDiagnostic("Renewals are priced in several currencies", fmt.Sprintf(
			"The API prices some resources in %s, so that no sum can be made. Ask for them apart, with resource_ids.",
			strings.Join(named, " and some in "))))}
	}

	return strings.Join(named, ""), nil
}

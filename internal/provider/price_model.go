// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// projectArgument is the project that the API requires.
func projectArgument() schema.StringAttribute {
	return requiredText(
		"Id of any IAM project of the account (console: My Credentials). It does not affect the price.",
		trimmed{maxNameLength})
}

// regionArgument is the default region of the products.
func regionArgument() schema.StringAttribute {
	return codeArgument("Default region of the products, such as `ap-southeast-3`.")
}

// isBestOffer is null if the API does not say.
func isBestOffer(code *int) *bool {
	if code == nil {
		return nil
	}

	best := *code == 1

	return &best
}

// priceCurrency is the currency of a price. Where the API leaves it out, it is
// that of the site. It is not certain for Europe.
func priceCurrency(ctx context.Context, client *bssapi.Client, currency string) (types.String, diag.Diagnostics) {
	if currency != "" {
		return types.StringValue(currency), nil
	}

	site, err := client.Site(ctx)
	if err != nil {
		return types.StringNull(), diag.Diagnostics{apiDiagnostic("find out the currency of the prices", err)}
	}

	return textValue(map[bssapi.Site]string{bssapi.SiteChina: "CNY", bssapi.SiteInternational: "USD"}[site]), nil
}

// blameProducts words a price that failed, at the product that is to blame. The
// API refuses several products without saying which of them, so that each is
// then asked for alone.
func blameProducts(err error, names []string, describe func(name string) string, alone func(name string) error) diag.Diagnostics {
	if !refusesProduct(err) {
		return diag.Diagnostics{apiDiagnostic("price the products", err)}
	}

	var diags diag.Diagnostics

	for _, name := range names {
		refusal := err

		if len(names) > 1 {
			refusal = alone(name)
		}

		switch {
		case refusal == nil:
		case refusesProduct(refusal):
			worded := apiDiagnostic("price product "+strconv.Quote(name), refusal)
			diags.AddAttributeError(productPath(name), worded.Summary(), worded.Detail()+"\n\nIt was asked for as "+describe(name)+
				". The price list has to hold just that: check each of them, and that the region sells it.")
		default:
			diags.Append(apiDiagnostic("find out which product has no price, by asking for each alone", refusal))

			return diags
		}
	}

	if !diags.HasError() {
		worded := apiDiagnostic("price the products", err)
		diags.AddAttributeError(path.Root("products"), worded.Summary(), worded.Detail()+"\n\nEach of them alone has a price.")
	}

	return diags
}

// refusesProduct says that the API found no price for what was asked.
func refusesProduct(err error) bool {
	var api *bssapi.Error

	return errors.As(err, &api) && slices.Contains([]bssapi.Code{
		bssapi.CodeProductUnknown, bssapi.CodeUsageFactorUnknown, bssapi.CodeUsageUnitWrong, bssapi.CodePriceTooHigh,
	}, api.Code)
}

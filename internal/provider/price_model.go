// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
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

// currencies are those that answers name, in order and each once. An answer without any
// price may leave it out.
type currencies []string

func (c *currencies) add(named string) {
	if at, found := slices.BinarySearch(*c, named); !found && named != "" {
		*c = slices.Insert(*c, at, named)
	}
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

// askPrice asks for the price of all products, and words a failure at the
// product that is to blame. about is what is to be priced of a product.
func askPrice[Product, Answer any](
	products []Product, about func(Product) bssapi.PricedProduct, ask func(products []Product) (*Answer, error),
) (*Answer, diag.Diagnostics) {
	answer, err := ask(products)

	switch {
	case err == nil:
		return answer, nil
	case !refusesProduct(err):
		return nil, diag.Diagnostics{apiDiagnostic("price the products", err)}
	}

	var diags diag.Diagnostics

	for _, product := range products {
		refusal := err

		// The API refuses several products without saying which of them.
		if len(products) > 1 {
			_, refusal = ask([]Product{product})
		}

		switch {
		case refusal == nil:
		case refusesProduct(refusal):
			of := about(product)
			worded := apiDiagnostic("price product "+strconv.Quote(of.ID), refusal)
			diags.AddAttributeError(productPath(of.ID), worded.Summary(), fmt.Sprintf(
				"%s\n\nIt was asked for as service type %s, resource type %s, specification %s, region %s. The price list has to hold just "+
					"that: check each of them, and that the region sells it.",
				worded.Detail(), of.CloudServiceType, of.ResourceType, of.ResourceSpec, of.Region))
		default:
			diags.Append(apiDiagnostic("find out which product has no price, by asking for each alone", refusal))

			return nil, diags
		}
	}

	if !diags.HasError() {
		worded := apiDiagnostic("price the products", err)
		diags.AddAttributeError(path.Root("products"), worded.Summary(), worded.Detail()+"\n\nEach of them alone has a price.")
	}

	return nil, diags
}

// refusesProduct says that the API found no price for what was asked.
func refusesProduct(err error) bool {
	var api *bssapi.Error

	return errors.As(err, &api) && slices.Contains([]bssapi.Code{
		bssapi.CodeProductUnknown, bssapi.CodeUsageFactorUnknown, bssapi.CodeUsageUnitWrong, bssapi.CodePriceTooHigh,
	}, api.Code)
}

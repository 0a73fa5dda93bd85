// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

const (
	// usualDecimals are those of what an account is charged.
	usualDecimals = 2
	mostDecimals  = 20
	// exactDecimals is far behind the last decimal of any amount of the API, and far
	// before the first one that Terraform's arithmetic gets wrong.
	exactDecimals = 40
	// mostBits is as far as a number of 64 bits goes. Digits of larger ones would fill
	// the memory.
	mostBits = 1024
)

func newFormatAmountFunction() function.Function {
	return &providerFunction{
		name: "format_amount",
		definition: function.Definition{
			Summary: "Writes an amount for people, with as many decimals as wanted.",
			MarkdownDescription: "Writes an amount with a fixed number of decimals and a comma between thousands: `1234.5` is `1,234.50`.\n\n" +
				"**Rounding**: half away from zero, so `0.125` is `0.13` and `-0.125` is `-0.13`; what rounds to nothing is `0.00`, without a " +
				"minus. Terraform computes with binary numbers, so that a difference such as `500000 - 210470.83` carries an error behind its " +
				"hundredth decimal; it is taken off first.\n\nOf null it makes null, since an amount that is not known is not 0. OpenTofu " +
				"1.12 gives no null to a function; this works everywhere: " +
				"`amount == null ? \"not known\" : provider::bss::format_amount(amount)`.",
			Parameters: []function.Parameter{
				function.NumberParameter{Name: "amount", AllowNullValue: true, MarkdownDescription: "The amount."},
			},
			VariadicParameter: function.Int64Parameter{
				Name: "decimals",
				MarkdownDescription: fmt.Sprintf(
					"How many decimals to write, 0 to %d; at most one number. Default: `%d`.",
					mostDecimals,
					usualDecimals,
				),
			},
			Return: function.StringReturn{},
		},
		run: formatAmount,
	}
}

func formatAmount(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError) {
	var (
		amount  types.Number
		written []int64
	)

	if err := arguments.Get(ctx, &amount, &written); err != nil {
		return nil, err
	}

	decimals := int64(usualDecimals)

	switch {
	case len(written) > 1:
		return nil, function.NewArgumentFuncError(2, "Only one number of decimals can be written")
	case len(written) == 1:
		decimals = written[0]
	}

	if decimals < 0 || decimals > mostDecimals {
		return nil, function.NewArgumentFuncError(1, fmt.Sprintf("%d is not a number of decimals from 0 to %d", decimals, mostDecimals))
	}

	if amount.IsNull() {
		return types.StringNull(), nil
	}

	exact, ok := exactAmount(amount.ValueBigFloat())
	if !ok {
		return nil, function.NewArgumentFuncError(0, "An amount must be a finite number, of at most 308 digits")
	}

	return bssapi.GroupedByThousands(exact.FloatString(int(decimals))), nil
}

// exactAmount is a number without what Terraform's arithmetic added to it. It is not
// ok for an infinite or immense one.
func exactAmount(number *big.Float) (*big.Rat, bool) {
	switch bits := number.MantExp(nil); {
	case number.IsInf() || bits > mostBits:
		return nil, false
	case bits < -mostBits:
		return new(big.Rat), true
	}

	exact, _ := number.Rat(nil)

	return new(big.Rat).SetString(exact.FloatString(exactDecimals))
}

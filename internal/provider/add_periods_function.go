// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// mostPeriods keeps what is added within the years that can be written.
const mostPeriods = 12000

func newAddPeriodsFunction() function.Function {
	return &providerFunction{
		name: "add_periods",
		definition: function.Definition{
			Summary: "The end of a term of days, months or years, as Huawei Cloud counts.",
			MarkdownDescription: "Adds days, months or years to a time, in the calendar of UTC+8. Where a month has no such day, " +
				"the result is its " +
				"last day: 31 January and a month is 28 February, or 29 in a leap year, and 29 February and a year is 28 February. " +
				"Adding one " +
				"month twice is therefore not always the same as adding two.\n\nThe result is written as `time` is: a time (then in " +
				"UTC), a day, " +
				"or a month.",
			Parameters: []function.Parameter{
				timeParameter("time", "Where to begin. A month, such as `2026-01`, is taken too, with months and years."),
				function.Int64Parameter{
					Name:                "number",
					MarkdownDescription: fmt.Sprintf("How many to add; a negative number goes back. At most %d.", mostPeriods),
				},
				function.StringParameter{Name: "unit", MarkdownDescription: "`day`, `month` or `year`."},
			},
			Return: function.StringReturn{},
		},
		run: addPeriods,
	}
}

func addPeriods(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError) {
	var (
		text, unit string
		number     int64
	)

	if err := arguments.Get(ctx, &text, &number, &unit); err != nil {
		return nil, err
	}

	at, layout, failed := timeOrMonth.read(0, text)

	switch {
	case failed != nil:
		return nil, failed
	case number < -mostPeriods || number > mostPeriods:
		return nil, function.NewArgumentFuncError(1, fmt.Sprintf("%d is beyond the %d that can be added", number, mostPeriods))
	case unit == "day" && layout == bssapi.MonthLayout:
		return nil, function.NewArgumentFuncError(2, fmt.Sprintf("Days cannot be added to the month %s. Write a day, such as "+
			"%s-01", text, text))
	}

	if beforePlan(at) {
		return types.StringUnknown(), nil
	}

	switch unit {
	case "day":
		at = at.In(bssapi.BillingZone).AddDate(0, 0, int(number))
	case "month":
		at = bssapi.AddMonths(at, int(number))
	case "year":
		at = bssapi.AddMonths(at, int(number)*monthsOfYear)
	default:
		return nil, function.NewArgumentFuncError(2, fmt.Sprintf("%q is no unit. Write day, month or year", unit))
	}

	if layout == time.RFC3339 {
		at = at.UTC()
	} else {
		at = at.In(bssapi.BillingZone)
	}

	if at.Year() < 1 || at.Year() > 9999 {
		return nil, function.NewArgumentFuncError(1, fmt.Sprintf("%s and %d %ss is a time that cannot be written", text, number, unit))
	}

	return at.Format(layout), nil
}

const monthsOfYear = 12

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

// timesTaken is what the functions of times take.
const timesTaken = "An RFC 3339 time with its zone, such as `2026-01-31T15:59:59Z`, or a day of UTC+8, such as `2026-01-31`, which " +
	"is its begin."

func timeParameter(name, description string) function.StringParameter {
	return function.StringParameter{Name: name, MarkdownDescription: description + " " + timesTaken}
}

// timeForms are ways to write a time, and their names in errors.
type timeForms struct {
	layouts []string
	names   string
}

var (
	timeOrDay = timeForms{
		[]string{time.RFC3339, time.DateOnly},
		"a time with its zone, such as 2026-01-31T15:59:59Z, nor a day, such as 2026-01-31",
	}
	timeOrMonth = timeForms{append(timeOrDay.layouts, bssapi.MonthLayout), timeOrDay.names + ", nor a month, such as 2026-01"}
)

// read takes the argument at a position. The layout is how it was written.
func (f timeForms) read(position int64, text string) (at time.Time, layout string, failed *function.FuncError) {
	for _, layout := range f.layouts {
		if at, err := time.ParseInLocation(layout, text, bssapi.BillingZone); err == nil {
			return at, layout, nil
		}
	}

	return time.Time{}, "", function.NewArgumentFuncError(position, fmt.Sprintf("%q is neither %s", text, f.names))
}

// beforePlan says whether a time is what Terraform 1.8 has for plantimestamp() before it
// plans, of which nothing is known. Newer ones know themselves that it is not known yet.
func beforePlan(at time.Time) bool { return at.UTC().Year() <= 1 }

// billingFunction writes the day or the month that bills count a time to.
func billingFunction(name, layout, summary, description string) function.Function {
	return &providerFunction{
		name: name,
		definition: function.Definition{
			Summary:             summary,
			MarkdownDescription: description,
			Parameters:          []function.Parameter{timeParameter("time", "The time.")},
			Return:              function.StringReturn{},
		},
		run: func(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError) {
			var text string

			if err := arguments.Get(ctx, &text); err != nil {
				return nil, err
			}

			at, _, err := timeOrDay.read(0, text)
			if err != nil {
				return nil, err
			}

			if beforePlan(at) {
				return types.StringUnknown(), nil
			}

			return at.In(bssapi.BillingZone).Format(layout), nil
		},
	}
}

func newBillingDayFunction() function.Function {
	return billingFunction("billing_day", time.DateOnly, "The day on which a time falls in bills.",
		"Writes the day, such as `2026-01-31`, on which a time falls in UTC+8, the time zone of Huawei Cloud's bills and of the ends of "+
			"paid terms. A paid term that ends at `2026-01-31T15:59:59Z` is paid through `2026-01-31`; one that ends a second "+
			"later, through "+
			"`2026-02-01`.")
}

func newBillingMonthFunction() function.Function {
	return billingFunction("billing_month", bssapi.MonthLayout, "The month in whose bill a time falls.",
		"Writes the month, such as `2026-01`, in which a time falls in UTC+8, the time zone of Huawei Cloud's bills. Between 16:00 and "+
			"24:00 UTC of the last day of a month, it is the next one. With `plantimestamp()` it is the running month.")
}

func newDaysBetweenFunction() function.Function {
	return &providerFunction{
		name: "days_between",
		definition: function.Definition{
			Summary: "How many days one time is after another, in the calendar of bills.",
			MarkdownDescription: "Counts the midnights of UTC+8, the time zone of Huawei Cloud's bills, from one time to another: 0 " +
				"on the same day, " +
				"1 from 23:59 to 00:01 of the next, negative if `to` is on an earlier day. Hours do not count, so that the result is the " +
				"same all day long.",
			Parameters: []function.Parameter{
				timeParameter("from", "Where to begin, such as `plantimestamp()`."),
				timeParameter("to", "Where to end, such as the `expire_time` of a resource."),
			},
			Return: function.Int64Return{},
		},
		run: func(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError) {
			var written [2]string

			if err := arguments.Get(ctx, &written[0], &written[1]); err != nil {
				return nil, err
			}

			var days [2]int64

			for position, text := range written {
				at, _, err := timeOrDay.read(int64(position), text)
				if err != nil {
					return nil, err
				}

				if beforePlan(at) {
					return types.Int64Unknown(), nil
				}

				days[position] = dayNumber(at)
			}

			return days[1] - days[0], nil
		},
	}
}

// dayNumber counts the days of bills.
func dayNumber(at time.Time) int64 {
	year, month, day := at.In(bssapi.BillingZone).Date()

	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / int64((24 * time.Hour).Seconds())
}

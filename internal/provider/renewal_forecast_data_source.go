// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/outlook"
)

// Days that a forecast is for.
const (
	usualForecastDays = 30
	mostForecastDays  = 366
)

func newRenewalForecastDataSource() datasource.DataSource {
	return &dataSource[renewalForecastModel]{
		name: "renewal_forecast", calls: []string{"list_resources", "get_renewal_price", "get_account_balances"},
		without: "`available_amount` and `covered` are null",
		schema: schema.Schema{
			MarkdownDescription: renewalForecastDescription,
			Attributes:          joined(forecastArguments(), renewalRuleArguments(), forecastAnswers()),
		},
		read: readRenewalForecast,
	}
}

const renewalForecastDescription = "What will happen to yearly/monthly resources in the next days: what renews, when it is charged " +
	"and for how much, " +
	"what lapses, what turns pay-per-use, and whether the account can pay. No call of the API answers that; this is computed from " +
	"its resources, " +
	"prices and balances.\n\n" +
	"**The rules.** What renews automatically is charged at 03:00 (UTC+8), `deduction_days_before` days before the day of its " +
	"expiry; what should " +
	"have been charged by then (`overdue`), at the next 03:00. It is then paid for one `period_unit` more, to the same day of the " +
	"month, or the last " +
	"one of a shorter month, or on to `expiry_day`, and charged again before that: from 31 January to 28 February, and from there to " +
	"28 March. Everything else happens at its expiry. A row is in the " +
	"answer if that is within the days; what has expired or is frozen always is.\n\n" +
	"**What the API does not show** is an argument: the period of automatic renewals, the deduction day and a common day of expiry. " +
	"Each row " +
	"says where its period comes from. The number of renewals that are left (`times` of `bss_autorenew`) cannot be read either: automatic " +
	"renewal is taken to go on.\n\n" +
	"**Amounts** are what `bss_renewal_price` says of one period, attached resources included, without coupons. It is the price of " +
	"the next term; later " +
	"ones within the days are taken to cost the same. Where `expiry_day` makes them longer or shorter, their price is not known, and " +
	"`reason` says so.\n\n" +
	"**A row by hand.** A server expires at `2027-01-13T15:59:59Z`, which is 13 January in UTC+8. Seven days before is 6 January: `time` " +
	"is `2027-01-05T19:00:00Z`, 03:00 of that `day`, `2027-01-06`. A month more is paid through `2027-02-13`. Its price is `125` in " +
	"`bss_renewal_price` with `period = 1` and `period_unit = \"month\"`. Seven days before 13 February, on the 6th, it is charged " +
	"again.\n\n" +
	"**Can it be paid?** `available_amount` is the balance and the credit in the currency of the prices. Bonus and deposit do not " +
	"count, nor do coupons " +
	"and monthly settlement. What else the account is charged by then, such as pay-per-use, is not taken off."

func forecastArguments() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"within_days": schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: fmt.Sprintf("How many days ahead to look, 1 to %d. Default: `%d`.", mostForecastDays, usualForecastDays),
			Validators:          []validator.Int64{int64validator.Between(1, mostForecastDays)},
		},
		"as_of": asOfArgument("When the days begin. Prices and balances are always those of now. Charges between now and a later `as_of` " +
			"are in no row and no sum, but are taken off `available_amount` first."),
		"resource_ids": schema.SetAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: "Only these primary resources. An id that no open one has is a row with the fate `unknown`. An empty set " +
				"returns nothing.",
			Validators: []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(isID)},
		},
		"service_type_code":     codeArgument("Only resources of this service, such as `hws.service.type.ec2`."),
		"enterprise_project_id": idArgument("Only resources of this enterprise project; `0` is the default one."),
		"include_prices": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: fmt.Sprintf("Set to `false` to read no prices and balances. Saves one call for each %d resources that renew. "+
				"Default: `true`.", bssapi.MaxRenewalPriceIDs),
		},
	}
}

func forecastAnswers() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"events": computedList("What happens, in the order of time. A resource that renews several times has a row for each time.",
			map[string]schema.Attribute{
				"resource_id":           computedString("Id of the primary resource."),
				"resource_name":         computedString("Its name."),
				"service_type_code":     computedString("Code of its service, such as `hws.service.type.ec2`."),
				"service_type_name":     computedString("Name of its service, in the language of the provider."),
				"region_code":           computedString("Its region."),
				"enterprise_project_id": computedString("Id of its enterprise project; `0` is the default one."),
				"status":                computedString("Its status now: " + wordsOf(bssapi.ResourceStatuses) + "."),
				"expire_policy":         computedString("Its policy now: " + wordsOf(bssapi.ExpirePolicies) + "."),
				"expire_time":           computedString("When its paid term ends as of now (UTC)."),
				"fate": computedString("What happens: `renews`, `turns_pay_per_use`, `lapses` (it expires, and nothing is arranged), `expired` or " +
					"`frozen` (that has happened already), or `unknown`."),
				"time":          computedString("When (UTC): the charge of a renewal, the expiry of anything else. Null if the API names no expiry."),
				"day":           computedString("The same as a day in UTC+8."),
				"occurrence":    computedInt("Which renewal of the resource it is, from 1 for its next one; null for anything else."),
				"period_unit":   computedString("Unit of the period that a renewal is for; null for anything else."),
				"period_source": computedString("Which argument said so: `" + periodStated + "` or `" + periodDefault + "`."),
				"paid_through":  computedString("Day (UTC+8) on which the renewed term ends; null for anything else."),
				"overdue": computedBool("Whether a renewal should have been charged before `as_of`, or before now if that is earlier, and is " +
					"tried each day: the " +
					"balance may be short, or " +
					"an order may hold the resource. Null for anything else."),
				"amount": computedNumber("What a renewal costs; null if that is not known, and for anything else."),
				"reason": computedString("Why the amount is not known, or why the fate is what it is; null if there is nothing to say."),
			}),
		"by_fate": computedList("Rows by what happens, the most urgent first.", map[string]schema.Attribute{
			"fate":   computedString("What happens, as in `events`."),
			"count":  computedInt("How many rows."),
			"amount": computedNumber("Sum of their amounts; null if one is not known, and for all but `renews`."),
		}),
		"by_month": computedList("Renewals by the month in which they are charged (UTC+8), in ascending order.", map[string]schema.Attribute{
			"month":  computedString("The month, such as `2026-01`."),
			"count":  computedInt("How many renewals."),
			"amount": computedNumber("Sum of their amounts; null if one is not known."),
		}),
		"lapsing_ids":  computedStrings("Ids of what is lost unless somebody acts: `frozen`, `expired` and `lapses`, in the order of time."),
		"total_amount": computedNumber("What all renewals cost; null if an amount is not known."),
		"known_amount": computedNumber("What those renewals cost whose amount is known."),
		"currency": computedString("Currency of the amounts: that of the prices, or of the balance if nothing renews. Null without prices, " +
			"and if nothing renews and there is no permission to see the balance."),
		"complete": computedBool("Whether every renewal has an amount, and every fate is known."),
		"incomplete_reasons": computedStrings("What is missing: each reason once, with the resources that it is about. Empty if the " +
			"answer is " +
			"complete."),
		"available_amount": computedNumber("What the account can pay with: balance and credit. Null without prices, or without the " +
			"permission to see them."),
		"covered": computedBool("Whether `available_amount` covers all renewals from now on. Null if that is not known; it is `false` as soon " +
			"as what is known is too " +
			"much."),
		"shortfall_amount": computedNumber("How much is missing, by the amounts that are known; 0 if nothing is."),
		"first_short_day": computedString("Day (UTC+8) of the first charge that is not covered, by the amounts that are known; " +
			"null if there is none."),
	}
}

func readRenewalForecast(ctx context.Context, services *services, model *renewalForecastModel) diag.Diagnostics {
	rules, diags := model.rules(ctx)

	var (
		balances *bssapi.AccountBalances
		err      error
	)

	if unlessFalse(model.IncludePrices) {
		balances, err = services.client.GetAccountBalances(ctx)
		if err != nil && !errors.Is(err, bssapi.ErrAccessDenied) {
			diags.Append(apiDiagnostic("read the balances of the account", err))
		}
	}

	if diags.HasError() {
		return diags
	}

	days := int64(usualForecastDays)
	if !model.WithinDays.IsNull() {
		days = model.WithinDays.ValueInt64()
	}

	resources, from, diags := model.resources(ctx, services.client, rules, int(days))
	if diags.HasError() {
		return diags
	}

	// What is charged before a later from is charged all the same, and moves what comes
	// after it.
	events := rules.Events(resources, earlier(from, services.client.Now()), from.AddDate(0, 0, int(days)))
	events = append(model.unfound(ctx, resources), events...)

	var quotes map[string]outlook.Quote

	if unlessFalse(model.IncludePrices) {
		quotes, diags = model.quotes(ctx, services.client, events)
		if diags.HasError() {
			return diags
		}
	}

	if len(quotes) == 0 && balances != nil {
		model.Currency = textValue(balances.Currency)
	}

	outlook.Price(events, quotes)
	model.show(outlook.Since(events, from))
	model.showFunds(events, balances)

	return diags
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}

	return a
}

// resources are those whose events can be within the days, and when these begin.
func (m *renewalForecastModel) resources(
	ctx context.Context, client *bssapi.Client, rules outlook.Rules, days int,
) ([]bssapi.Resource, time.Time, diag.Diagnostics) {
	filter := resourceFilter{
		request: bssapi.ListResourcesRequest{
			OnlyMainResource: true, StatusList: openStatuses, ServiceTypeCode: m.ServiceTypeCode.ValueString(),
		},
		project: m.EnterpriseProjectID.ValueString(),
	}

	// Where the balances were read, they have told the time.
	if m.AsOf.IsNull() && !unlessFalse(m.IncludePrices) {
		if _, err := client.CountResources(ctx, filter.request); err != nil {
			return nil, time.Time{}, diag.Diagnostics{apiDiagnostic("list resources", err)}
		}
	}

	from, diags := asOf(&m.AsOf, client)

	ids, more := knownTexts(ctx, m.ResourceIDs)
	diags.Append(more...)

	if diags.HasError() || !m.ResourceIDs.IsNull() && len(ids) == 0 {
		return nil, from, diags
	}

	batches := [][]string{nil}
	if len(ids) == 0 {
		filter.request.ExpireTimeEnd = rules.Latest(from.AddDate(0, 0, days))
	} else {
		// One that expires later is told from one that is not there.
		batches = slices.Collect(slices.Chunk(slices.Sorted(slices.Values(ids)), bssapi.MaxResourceIDs))
	}

	var found []bssapi.Resource

	for _, batch := range batches {
		filter.request.ResourceIDs = batch

		for one, err := range filter.list(ctx, client) {
			if err != nil {
				return nil, from, diag.Diagnostics{apiDiagnostic("list resources", err)}
			}

			found = append(found, one)
		}
	}

	return found, from, diags
}

// unfound are the ids of the arguments that none of the resources has: nobody can say
// what happens to them.
func (m *renewalForecastModel) unfound(ctx context.Context, resources []bssapi.Resource) []outlook.Event {
	ids, _ := knownTexts(ctx, m.ResourceIDs)

	for _, found := range resources {
		ids = slices.DeleteFunc(ids, func(id string) bool { return id == found.ResourceID })
	}

	var events []outlook.Event

	for _, id := range slices.Sorted(slices.Values(ids)) {
		events = append(events, outlook.Event{
			Resource: bssapi.Resource{ResourceID: id}, Fate: outlook.Unknown, Reason: "no open primary resource of the arguments has this id",
		})
	}

	return events
}

// quotes are the prices of what renews, each asked for once, by the unit of its
// period.
func (m *renewalForecastModel) quotes(
	ctx context.Context, client *bssapi.Client, events []outlook.Event,
) (map[string]outlook.Quote, diag.Diagnostics) {
	ids := map[int][]string{}

	for _, event := range events {
		if event.Fate == outlook.Renews && event.Occurrence == 1 {
			ids[event.PeriodType] = append(ids[event.PeriodType], event.Resource.ResourceID)
		}
	}

	var answers []*bssapi.RenewalPrice

	for _, unit := range []int{bssapi.PeriodTypeMonth, bssapi.PeriodTypeYear} {
		some, diags := priceRenewals(ctx, client, bssapi.GetRenewalPriceRequest{
			ResourceIDs: slices.Sorted(slices.Values(ids[unit])), PeriodType: unit, PeriodNum: 1,
		}, path.Empty())
		if diags.HasError() {
			return nil, diags
		}

		answers = append(answers, some...)
	}

	currency, diags := renewalsCurrency(answers, path.Empty())
	quotes := map[string]outlook.Quote{}

	for _, answer := range answers {
		for _, price := range answer.RenewInquiryResults {
			quote := outlook.Quote{Amount: price.Amount}
			if price.Amount.IsNull() {
				quote.Reason = "the API gives no amount"
			}

			quotes[price.ResourceID] = quote
		}

		for _, failed := range answer.FailResourceInfos {
			quotes[failed.ResourceID] = outlook.Quote{Reason: noPrice(failed)}
		}
	}

	if len(quotes) > 0 && !diags.HasError() {
		m.Currency, diags = priceCurrency(ctx, client, currency)
	}

	return quotes, diags
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/outlook"
)

// Where the period of a row comes from.
const (
	periodStated  = "period_units"
	periodDefault = "default_period_unit"
)

type renewalForecastModel struct {
	renewalRules

	WithinDays          types.Int64     `tfsdk:"within_days"`
	AsOf                types.String    `tfsdk:"as_of"`
	ResourceIDs         types.Set       `tfsdk:"resource_ids"`
	ServiceTypeCode     types.String    `tfsdk:"service_type_code"`
	EnterpriseProjectID types.String    `tfsdk:"enterprise_project_id"`
	IncludePrices       types.Bool      `tfsdk:"include_prices"`
	Events              []forecastEvent `tfsdk:"events"`
	ByFate              []forecastFate  `tfsdk:"by_fate"`
	ByMonth             []forecastMonth `tfsdk:"by_month"`
	LapsingIDs          []*string       `tfsdk:"lapsing_ids"`
	TotalAmount         *big.Float      `tfsdk:"total_amount"`
	KnownAmount         *big.Float      `tfsdk:"known_amount"`
	Currency            types.String    `tfsdk:"currency"`
	Complete            *bool           `tfsdk:"complete"`
	IncompleteReasons   []*string       `tfsdk:"incomplete_reasons"`
	AvailableAmount     *big.Float      `tfsdk:"available_amount"`
	Covered             *bool           `tfsdk:"covered"`
	ShortfallAmount     *big.Float      `tfsdk:"shortfall_amount"`
	FirstShortDay       *string         `tfsdk:"first_short_day"`
}

type forecastEvent struct {
	ResourceID          *string    `tfsdk:"resource_id"`
	ResourceName        *string    `tfsdk:"resource_name"`
	ServiceTypeCode     *string    `tfsdk:"service_type_code"`
	ServiceTypeName     *string    `tfsdk:"service_type_name"`
	RegionCode          *string    `tfsdk:"region_code"`
	EnterpriseProjectID *string    `tfsdk:"enterprise_project_id"`
	Status              *string    `tfsdk:"status"`
	ExpirePolicy        *string    `tfsdk:"expire_policy"`
	ExpireTime          *string    `tfsdk:"expire_time"`
	Fate                string     `tfsdk:"fate"`
	Time                *string    `tfsdk:"time"`
	Day                 *string    `tfsdk:"day"`
	Occurrence          *int64     `tfsdk:"occurrence"`
	PeriodUnit          *string    `tfsdk:"period_unit"`
	PeriodSource        *string    `tfsdk:"period_source"`
	PaidThrough         *string    `tfsdk:"paid_through"`
	Overdue             *bool      `tfsdk:"overdue"`
	Amount              *big.Float `tfsdk:"amount"`
	Reason              *string    `tfsdk:"reason"`
}

type forecastFate struct {
	Fate   string     `tfsdk:"fate"`
	Count  int64      `tfsdk:"count"`
	Amount *big.Float `tfsdk:"amount"`
}

type forecastMonth struct {
	Month  *string    `tfsdk:"month"`
	Count  int64      `tfsdk:"count"`
	Amount *big.Float `tfsdk:"amount"`
}

// show writes what happens, and its sums.
func (m *renewalForecastModel) show(events []outlook.Event) {
	m.Events, m.LapsingIDs = []forecastEvent{}, []*string{}

	for _, event := range events {
		m.Events = append(m.Events, flattenEvent(event))

		if event.Fate.Lost() {
			m.LapsingIDs = append(m.LapsingIDs, textPtr(event.Resource.ResourceID))
		}
	}

	m.ByFate, m.ByMonth = []forecastFate{}, []forecastMonth{}

	for _, fate := range outlook.Fates {
		if count, amount := sumsOf(events, func(event outlook.Event) bool { return event.Fate == fate }); count > 0 {
			if fate != outlook.Renews {
				amount = nil
			}

			m.ByFate = append(m.ByFate, forecastFate{Fate: string(fate), Count: count, Amount: amount})
		}
	}

	for _, month := range chargedMonths(events) {
		count, amount := sumsOf(events, func(event outlook.Event) bool {
			return event.Fate == outlook.Renews && billingMonthOf(event.At) == month
		})
		m.ByMonth = append(m.ByMonth, forecastMonth{Month: &month, Count: count, Amount: amount})
	}

	m.IncompleteReasons = textPtrs(outlook.Missing(events))
	complete := len(m.IncompleteReasons) == 0
	m.Complete = &complete

	known, all := outlook.Sum(events)
	m.KnownAmount = known.BigFloat()

	if all {
		m.TotalAmount = m.KnownAmount
	}
}

// showFunds writes what the account can pay with, and how far that reaches, over all
// events from now on. There are no balances without prices, or without the permission
// to see them.
func (m *renewalForecastModel) showFunds(events []outlook.Event, balances *bssapi.AccountBalances) {
	if balances == nil {
		return
	}

	funds := balances.Spendable(cmp.Or(m.Currency.ValueString(), balances.Currency))
	coverage := outlook.Cover(events, funds)
	short := coverage.Short.Sign() > 0

	m.AvailableAmount, m.ShortfallAmount = funds.BigFloat(), coverage.Short.BigFloat()

	if _, all := outlook.Sum(events); short || all {
		covered := !short
		m.Covered = &covered
	}

	if !coverage.FirstShort.IsZero() {
		m.FirstShortDay = billingDayPtr(coverage.FirstShort)
	}
}

func flattenEvent(event outlook.Event) forecastEvent {
	resource := event.Resource
	row := forecastEvent{
		ResourceID: textPtr(resource.ResourceID), ResourceName: textPtr(resource.ResourceName),
		ServiceTypeCode: textPtr(resource.ServiceTypeCode), ServiceTypeName: textPtr(resource.ServiceTypeName),
		RegionCode: textPtr(resource.RegionCode),
		Status:     wordPtr(bssapi.ResourceStatuses, resource.Status), ExpirePolicy: textPtr(expiry.PolicyWord(resource)),
		ExpireTime: textPtr(resource.ExpireTime), Fate: string(event.Fate), Reason: textPtr(event.Reason), Amount: numberPtr(event.Amount),
	}

	if project := resource.EnterpriseProject; project != nil {
		row.EnterpriseProjectID = textPtr(project.ID)
	}

	if !event.At.IsZero() {
		row.Time, row.Day = textPtr(event.At.Format(time.RFC3339)), billingDayPtr(event.At)
	}

	if event.Fate != outlook.Renews {
		return row
	}

	occurrence, source := int64(event.Occurrence), periodDefault
	if event.PeriodStated {
		source = periodStated
	}

	row.Occurrence, row.Overdue = &occurrence, &event.Overdue
	row.PeriodUnit, row.PeriodSource = wordPtr(bssapi.RenewalPeriodTypes, event.PeriodType), &source
	row.PaidThrough = billingDayPtr(event.Through)

	return row
}

// sumsOf are how many events there are of a kind, and what they cost together, null
// if that is not known.
func sumsOf(events []outlook.Event, is func(outlook.Event) bool) (int64, *big.Float) {
	var some []outlook.Event

	for _, event := range events {
		if is(event) {
			some = append(some, event)
		}
	}

	amount, complete := outlook.Sum(some)
	if !complete {
		return int64(len(some)), nil
	}

	return int64(len(some)), amount.BigFloat()
}

// chargedMonths are the months of bills in which something renews, in ascending order.
func chargedMonths(events []outlook.Event) []string {
	months := map[string]bool{}

	for _, event := range events {
		if event.Fate == outlook.Renews {
			months[billingMonthOf(event.At)] = true
		}
	}

	return slices.Sorted(maps.Keys(months))
}

func billingMonthOf(at time.Time) string { return at.In(bssapi.BillingZone).Format(bssapi.MonthLayout) }

func billingDayPtr(at time.Time) *string {
	return textPtr(billingDayOf(at))
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"math/big"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
)

type renewalModel struct {
	ResourceID    types.String   `tfsdk:"resource_id"`
	PaidThrough   types.String   `tfsdk:"paid_through"`
	PeriodUnit    types.String   `tfsdk:"period_unit"`
	MaxAmount     types.Number   `tfsdk:"max_amount"`
	Currency      types.String   `tfsdk:"currency"`
	Discount      types.String   `tfsdk:"discount"`
	CouponIDs     types.Set      `tfsdk:"coupon_ids"`
	StartsAt      types.String   `tfsdk:"starts_at"`
	QuotedPeriods types.Int64    `tfsdk:"quoted_periods"`
	QuotedAmount  types.Number   `tfsdk:"quoted_amount"`
	EstimatedEnd  types.String   `tfsdk:"estimated_end"`
	Continues     types.String   `tfsdk:"continues_order_id"`
	Status        types.String   `tfsdk:"status"`
	OrderIDs      types.List     `tfsdk:"order_ids"`
	AmountPaid    types.Number   `tfsdk:"amount_paid"`
	PaymentTime   types.String   `tfsdk:"payment_time"`
	ExpireTime    types.String   `tfsdk:"expire_time"`
	Timeouts      timeouts.Value `tfsdk:"timeouts"`
}

// goal is what the plan asks for, without unknown arguments. At apply, all are
// known.
func (m renewalModel) goal(ctx context.Context) (renewal.Goal, diag.Diagnostics) {
	day, err := renewal.ParseDate(m.PaidThrough.ValueString())
	if err != nil {
		return renewal.Goal{}, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("paid_through"), "Invalid day", sentence(err.Error()))}
	}

	coupons, diags := knownTexts(ctx, m.CouponIDs)

	return renewal.Goal{
		ResourceID:  m.ResourceID.ValueString(),
		PaidThrough: day,
		Unit:        renewal.Unit(m.PeriodUnit.ValueString()),
		MaxAmount:   decimalOf(m.MaxAmount),
		Currency:    m.Currency.ValueString(),
		Discount:    renewal.Discount(m.Discount.ValueString()),
		CouponIDs:   coupons,
		StartsAt:    m.StartsAt.ValueString(),
		OrderID:     m.Continues.ValueString(),
		Quoted:      decimalOf(m.QuotedAmount),
		Nothing:     !m.QuotedPeriods.IsUnknown() && !m.QuotedPeriods.IsNull() && m.QuotedPeriods.ValueInt64() == 0,
	}, diags
}

// quote writes what the plan promises.
func (m *renewalModel) quote(quote renewal.Quote, config renewalModel) {
	if quote.Reached {
		m.StartsAt, m.EstimatedEnd = types.StringNull(), types.StringNull()
		m.QuotedPeriods, m.QuotedAmount = types.Int64Value(0), types.NumberValue(new(big.Float))

		return
	}

	m.StartsAt = textValue(quote.StartsAt)
	m.EstimatedEnd = types.StringValue(quote.EstimatedEnd.Format(time.RFC3339))
	m.QuotedPeriods = types.Int64Value(int64(quote.Periods))
	m.QuotedAmount = numberValue(quote.Amount)

	if config.Currency.IsNull() && quote.Currency != "" {
		m.Currency = textValue(quote.Currency)
	}

	m.Continues = textValue(quote.OrderID)
}

// unpriced is an unknown argument that the price depends on; empty if all are
// known.
func (m renewalModel) unpriced() string {
	switch {
	case m.ResourceID.IsUnknown():
		return "resource_id"
	case m.PaidThrough.IsUnknown():
		return "paid_through"
	case m.PeriodUnit.IsUnknown():
		return "period_unit"
	case m.Discount.IsUnknown():
		return "discount"
	default:
		return ""
	}
}

// unknownReceipt says that the plan acts: what comes of it is not known, and
// what it costs is not known yet. Which open order it pays is always known: none,
// unless the quote names one.
func (m *renewalModel) unknownReceipt() {
	m.Continues = types.StringNull()
	m.StartsAt, m.EstimatedEnd = types.StringUnknown(), types.StringUnknown()
	m.QuotedPeriods, m.QuotedAmount = types.Int64Unknown(), types.NumberUnknown()

	// What bought nothing so far has none recorded, and the price brings one.
	if m.Currency.IsNull() {
		m.Currency = types.StringUnknown()
	}

	m.unknownOutcome()
}

func (m *renewalModel) unknownOutcome() {
	m.Status, m.PaymentTime, m.ExpireTime = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
	m.OrderIDs = types.ListUnknown(types.StringType)
	m.AmountPaid = types.NumberUnknown()
}

// buysMore says whether the plan of an existing renewal buys: for a later day, or
// for a day that was recorded and never ordered. An unknown day may be a later
// one.
func (m renewalModel) buysMore(state renewalModel) bool {
	if state.Status.ValueString() == renewal.StatusPending {
		return true
	}

	// Days compare as texts.
	return m.PaidThrough.IsUnknown() || m.PaidThrough.ValueString() > state.PaidThrough.ValueString()
}

// stillRunning refuses to buy a later day while an earlier one is being carried
// out.
func stillRunning(state renewalModel) diag.Diagnostics {
	if !payment.Unfinished(state.Status.ValueString()) {
		return nil
	}

	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("paid_through"), "An earlier renewal is not carried out yet",
		fmt.Sprintf("The renewal of resource %s through %s is %s. Apply with that day until it is reached, and set a later one then.",
			state.ResourceID.ValueString(), state.PaidThrough.ValueString(), state.Status.ValueString()))}
}

// unknownDay warns of a plan that does not know the day, where state records which open
// order was paid. The plan promises that none will be. Should the day be the recorded one,
// the record stays, which core takes for a broken promise.
func (m renewalModel) unknownDay(state renewalModel) diag.Diagnostics {
	if !m.PaidThrough.IsUnknown() || state.Continues.IsNull() {
		return nil
	}

	return diag.Diagnostics{
		diag.NewAttributeWarningDiagnostic(
			path.Root("paid_through"),
			"Day is known only after apply",
			fmt.Sprintf(
				"This plan promises that no open order of resource %s is paid. If paid_through turns out to be %s, as before, or if there is "+
					"an open order by then, the apply ends with \"Provider produced inconsistent final plan\" for continues_order_id, and nothing is "+
					"ordered or paid. Plan again then: the day is known. A day that no plan ever knows has to be written as a literal or a variable.",
				state.ResourceID.ValueString(),
				state.PaidThrough.ValueString(),
			),
		),
	}
}

// keepBought plans without buying: what state records stays, and an unfinished
// renewal is waited for.
func (m *renewalModel) keepBought(state renewalModel) diag.Diagnostics {
	var diags diag.Diagnostics

	if payment.Unfinished(state.Status.ValueString()) {
		m.unknownOutcome()
	} else if !m.PaidThrough.Equal(state.PaidThrough) {
		m.Status = types.StringUnknown()

		diags.AddAttributeWarning(path.Root("paid_through"), "An earlier day takes nothing back",
			fmt.Sprintf("Resource %s was paid for %s before. The earlier day %s is recorded; nothing is refunded.",
				state.ResourceID.ValueString(), state.PaidThrough.ValueString(), m.PaidThrough.ValueString()))
	}

	if m.Status.ValueString() == renewal.StatusShort {
		if day, err := renewal.ParseDate(m.PaidThrough.ValueString()); err == nil {
			diags.Append(actWarnings([]act.Warning{renewal.Shortfall(renewal.Goal{PaidThrough: day},
				renewal.Receipt{ResourceID: state.ResourceID.ValueString(), ExpireTime: state.ExpireTime.ValueString()})})...)
		}
	}

	return diags
}

// recorded is the receipt of a plan that buys nothing: that of state, with the
// status that the day of the plan gives it. After an import, this is the first
// day.
func (m renewalModel) recorded(ctx context.Context, plan renewalModel) (renewal.Receipt, diag.Diagnostics) {
	receipt, diags := m.receipt(ctx)

	day, err := renewal.ParseDate(plan.PaidThrough.ValueString())

	switch {
	case receipt.Unfinished():
	case err == nil && day.ReachedAt(receipt.ExpireTime):
		receipt.Status = renewal.StatusReached
	case m.PaidThrough.IsNull():
		receipt.Status = renewal.StatusPending
	}

	return receipt, diags
}

// receipt is the renewal as state records it.
func (m renewalModel) receipt(ctx context.Context) (renewal.Receipt, diag.Diagnostics) {
	var ids []string

	diags := m.OrderIDs.ElementsAs(ctx, &ids, false)

	return renewal.Receipt{
		ResourceID:  m.ResourceID.ValueString(),
		Status:      m.Status.ValueString(),
		OrderIDs:    ids,
		Currency:    m.Currency.ValueString(),
		AmountPaid:  decimalOf(m.AmountPaid),
		PaymentTime: m.PaymentTime.ValueString(),
		StartedAt:   m.StartsAt.ValueString(),
		ExpireTime:  m.ExpireTime.ValueString(),
	}, diags
}

// record writes the receipt into the model. What the plan promised stays.
func (m *renewalModel) record(receipt renewal.Receipt) {
	if m.Currency.IsUnknown() {
		m.Currency = textValue(receipt.Currency)
	}

	if m.StartsAt.IsUnknown() {
		m.StartsAt = textValue(receipt.StartedAt)
	}

	if m.QuotedPeriods.IsUnknown() {
		m.QuotedPeriods = types.Int64Null()
	}

	if m.QuotedAmount.IsUnknown() {
		m.QuotedAmount = types.NumberNull()
	}

	if m.EstimatedEnd.IsUnknown() {
		m.EstimatedEnd = types.StringNull()
	}

	m.Status = textValue(receipt.Status)
	m.OrderIDs = textsValue(receipt.OrderIDs)
	m.AmountPaid = numberValue(receipt.AmountPaid)
	m.PaymentTime = textValue(receipt.PaymentTime)
	m.ExpireTime = textValue(receipt.ExpireTime)
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/transfer"
)

type enterpriseTransferModel struct {
	transferring

	AccountType types.String `tfsdk:"account_type"`
	ExpireTime  types.String `tfsdk:"expire_time"`
	Currency    types.String `tfsdk:"currency"`
}

func newEnterpriseTransferResource() resource.Resource {
	keeps := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}

	return newTransferResource[enterpriseTransferModel]("enterprise_transfer", "Transfer", schema.Schema{
		MarkdownDescription: onlyMasters + "Transfers money to a member account, or retrieves it, once for each " +
			"`transfer_key`. **Applying this cannot be undone**, except by moving money back.\n\n" +
			"- **Plan:** reads what can be moved, and refuses more than that.\n" +
			"- **Limits:** `spending` of the provider counts what is transferred, and its `mode = \"deny\"` refuses it.\n" +
			transferPromises,
		Attributes: map[string]schema.Attribute{
			"account_type": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "Account that the money is moved from and to: " +
					explained(bssapi.BalanceTypes, map[bssapi.BalanceType]string{
						bssapi.BalanceTypeDebit:  "cash",
						bssapi.BalanceTypeCredit: "the credit account",
					}) + ". It cannot change under one `transfer_key`.",
				Validators: []validator.String{oneOf(bssapi.BalanceTypes)},
			},
			"amount": schema.NumberAttribute{
				Required: true,
				MarkdownDescription: "How much to move, in the currency of the account: above 0, with at most two decimals. It cannot change " +
					"under one " +
					"`transfer_key`, so write a number, not what a data source reads: a transfer changes that.",
				Validators: []validator.Number{movable{}},
			},
			"expire_time": schema.StringAttribute{
				Optional: true,
				Computed: true,
				MarkdownDescription: "Which credit to move, by its end (UTC), such as `2027-03-01T00:00:00Z`, or `never`: an `expire_time` in " +
					"`amounts` of `bss_enterprise_transferable_amounts` or `bss_enterprise_retrievable_amounts`. Required if there are several " +
					"credits. Default: the end of the only one; null for cash, and for credit that does not end. It cannot change under one " +
					"`transfer_key`.",
				Validators: []validator.String{stringvalidator.Any(
					oneOfTexts{transfer.NoExpiry}, dated{"2006-01-02T15:04:05Z", "a time in UTC", "2027-03-01T00:00:00Z"},
				)},
				PlanModifiers: keeps,
			},
			"currency": schema.StringAttribute{
				Computed: true, MarkdownDescription: "Currency of the amount.", PlanModifiers: keeps,
			},
		},
	}, validateEnterpriseTransfer)
}

func validateEnterpriseTransfer(config *enterpriseTransferModel) diag.Diagnostics {
	if config.ExpireTime.IsNull() || config.AccountType.ValueString() != bssapi.BalanceTypes.Word(bssapi.BalanceTypeDebit) {
		return nil
	}

	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("expire_time"), "Cash does not expire",
		fmt.Sprintf("expire_time says which credit to move, and account_type is %s. Leave expire_time out, or set account_type = %q.",
			config.AccountType, bssapi.BalanceTypes.Word(bssapi.BalanceTypeCredit)))}
}

func (m *enterpriseTransferModel) base() *transferring { return &m.transferring }

func (m *enterpriseTransferModel) request() transfer.Request {
	balance, _ := bssapi.BalanceTypes.Code(m.AccountType.ValueString())

	return transfer.Request{
		MemberID: m.MemberID.ValueString(), Direction: transfer.Direction(m.Direction.ValueString()), Balance: balance,
		Amount: decimalOf(m.Amount), ExpireTime: m.ExpireTime.ValueString(), Key: m.TransferKey.ValueString(),
	}
}

func (m *enterpriseTransferModel) identified() bool {
	return isKnown(m.MemberID) && isKnown(m.Direction) && isKnown(m.AccountType) && isKnown(m.TransferKey)
}

func (m *enterpriseTransferModel) complete(config *enterpriseTransferModel) bool {
	return isKnown(m.Amount) && !config.ExpireTime.IsUnknown()
}

func (m *enterpriseTransferModel) quote(quote transfer.Quote) {
	if quote.Made {
		return
	}

	m.Currency = textValue(quote.Currency)
	if m.ExpireTime.IsUnknown() {
		m.ExpireTime = textValue(quote.ExpireTime)
	}
}

func (m *enterpriseTransferModel) record(transfer.Receipt) {
	// What the plan could not say is not said later either: nothing tells it.
	if m.Currency.IsUnknown() {
		m.Currency = types.StringValue(transfer.Currency)
	}

	if m.ExpireTime.IsUnknown() {
		m.ExpireTime = types.StringNull()
	}
}

func (m *enterpriseTransferModel) arguments() map[string]attr.Value {
	return map[string]attr.Value{
		"member_id": m.MemberID, "direction": m.Direction, "account_type": m.AccountType, "amount": m.Amount, "expire_time": m.ExpireTime,
	}
}

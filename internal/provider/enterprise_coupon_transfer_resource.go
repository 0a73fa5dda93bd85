// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/numberplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/transfer"
)

type enterpriseCouponTransferModel struct {
	transferring

	CouponID        types.String `tfsdk:"coupon_id"`
	SubCouponID     types.String `tfsdk:"sub_coupon_id"`
	RetrievedAmount types.Number `tfsdk:"retrieved_amount"`
}

func newEnterpriseCouponTransferResource() resource.Resource {
	return newTransferResource[enterpriseCouponTransferModel]("enterprise_coupon_transfer", "Coupon transfer", schema.Schema{
		MarkdownDescription: onlyMasters + "Transfers a part of a coupon to a member account, or retrieves what is left of one, once for each " +
			"`transfer_key`. **Applying this cannot be undone**, except by moving the coupon back.\n\n" +
			"- **Which coupons:** only cash coupons that the vendor issued for tests, for business, or in an activity.\n" +
			"- **Plan:** reads which coupons can be moved. It refuses others, and more than a coupon has.\n" +
			"- **Limits:** `spending` of the provider counts what is transferred, and its `mode = \"deny\"` refuses it.\n" +
			transferPromises + "\n\n" +
			"Two codes of the API are documented for money only: \"id used before\" and \"another transfer runs\". If " +
			"coupons have other codes, such a transfer is left in doubt, and the error says so.",
		Attributes: map[string]schema.Attribute{
			"coupon_id": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "Id of the coupon of the master account: `coupon_ids` of `bss_enterprise_transferable_coupons`, or " +
					"`coupon_id` in " +
					"`coupons` of `bss_enterprise_retrievable_coupons`. It cannot change under one `transfer_key`.",
				Validators: []validator.String{isID},
			},
			"sub_coupon_id": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Id of the part at the member. Required with `direction = \"retrieve\"`: one of `sub_coupon_ids` " +
					"of `bss_enterprise_retrievable_coupons`. With `transfer` it cannot be set, and is the id that the API answered; null if the answer " +
					"was lost, since two transfers of one coupon to one member cannot be told apart.",
				Validators:    []validator.String{isID},
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"amount": schema.NumberAttribute{
				Optional: true,
				MarkdownDescription: "How much of the coupon to transfer: above 0, with at most two decimals. Required with `direction = " +
					"\"transfer\"`. " +
					"With `retrieve` it cannot be set: all that is left is retrieved. It cannot change under one `transfer_key`.",
				Validators: []validator.Number{movable{}},
			},
			"retrieved_amount": schema.NumberAttribute{
				Computed:            true,
				MarkdownDescription: "Amount that was left, and retrieved. Null with `transfer`, and if no answer says it.",
				PlanModifiers:       []planmodifier.Number{numberplanmodifier.UseStateForUnknown()},
			},
		},
	}, validateCouponTransfer)
}

// validateCouponTransfer checks that what depends on the direction is there, and what
// does not fit it is not.
func validateCouponTransfer(config *enterpriseCouponTransferModel) diag.Diagnostics {
	var diags diag.Diagnostics

	check := func(name string, value attr.Value, direction transfer.Direction, missing, surplus string) {
		needs := config.Direction.ValueString() == string(direction)

		switch {
		case !slices.Contains(transfer.Directions(), config.Direction.ValueString()):
		case needs && value.IsNull():
			diags.AddAttributeError(path.Root(name), name+" is required", missing)
		case !needs && !value.IsNull():
			diags.AddAttributeError(path.Root(name), name+" does not fit the direction", surplus)
		}
	}

	check("amount", config.Amount, transfer.ToMember, "Set how much of the coupon to transfer.",
		"A retrieval takes back all that is left of the part, so amount cannot be set with it. retrieved_amount says how much it was.")
	check("sub_coupon_id", config.SubCouponID, transfer.FromMember,
		"Set which part of the coupon to retrieve: bss_enterprise_retrievable_coupons lists what the member has.",
		"A transfer makes a new part of the coupon, so its id cannot be set. It is known after the apply.")

	return diags
}

func (m *enterpriseCouponTransferModel) base() *transferring { return &m.transferring }

func (m *enterpriseCouponTransferModel) request() transfer.Request {
	return transfer.Request{
		MemberID: m.MemberID.ValueString(), Direction: transfer.Direction(m.Direction.ValueString()), CouponID: m.CouponID.ValueString(),
		SubCouponID: m.SubCouponID.ValueString(), Amount: decimalOf(m.Amount), Key: m.TransferKey.ValueString(),
	}
}

// identified: a part that is to be retrieved belongs to the id; one that a transfer
// makes is not known before.
func (m *enterpriseCouponTransferModel) identified() bool {
	return isKnown(m.MemberID) && isKnown(m.Direction) && isKnown(m.CouponID) && isKnown(m.TransferKey) &&
		(m.Direction.ValueString() == string(transfer.ToMember) || isKnown(m.SubCouponID))
}

func (m *enterpriseCouponTransferModel) complete(*enterpriseCouponTransferModel) bool {
	return !m.Amount.IsUnknown()
}

func (m *enterpriseCouponTransferModel) quote(transfer.Quote) {
	if m.Direction.ValueString() == string(transfer.ToMember) {
		m.RetrievedAmount = types.NumberNull()
	}
}

func (m *enterpriseCouponTransferModel) record(receipt transfer.Receipt) {
	m.SubCouponID, m.RetrievedAmount = textValue(receipt.SubCouponID), types.NumberNull()
	if m.Direction.ValueString() == string(transfer.FromMember) {
		m.RetrievedAmount = numberValue(receipt.Amount)
	}
}

func (m *enterpriseCouponTransferModel) arguments() map[string]attr.Value {
	return map[string]attr.Value{
		"member_id": m.MemberID, "direction": m.Direction, "coupon_id": m.CouponID, "sub_coupon_id": m.SubCouponID, "amount": m.Amount,
	}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

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
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
	"github.com/bss-community/terraform-provider-bss/internal/transfer"
)

// transferring is what the resources that move money have in common.
type transferring struct {
	MemberID    types.String `tfsdk:"member_id"`
	Direction   types.String `tfsdk:"direction"`
	Amount      types.Number `tfsdk:"amount"`
	TransferKey types.String `tfsdk:"transfer_key"`
	TransID     types.String `tfsdk:"trans_id"`
	Status      types.String `tfsdk:"status"`
	DomainID    types.String `tfsdk:"domain_id"`
}

// transferModel is a model of a resource that moves money.
type transferModel[M any] interface {
	*M
	// base is what all of them have.
	base() *transferring
	// request is what is to be moved, without the account. Unknown arguments are left
	// out.
	request() transfer.Request
	// identified says whether all that makes the id is known, and complete whether all
	// of the request is, as config has it.
	identified() bool
	complete(config *M) bool
	// quote and record write what a look and what a transfer told.
	quote(transfer.Quote)
	record(transfer.Receipt)
	// arguments are those that cannot change under one key, by their names.
	arguments() map[string]attr.Value
}

// transferResource is a resource that moves money once for each transfer_key. No call
// reads a transfer, so that it records what was sent, as a [recordedResource] does;
// but there can be many of it, and its plan looks at what can be moved.
type transferResource[M any, P transferModel[M]] struct {
	recordedResource[M]

	// validate checks the arguments against each other.
	validate func(config *M) diag.Diagnostics
}

func newTransferResource[M any, P transferModel[M]](
	name, title string, shown schema.Schema, validate func(config *M) diag.Diagnostics,
) resource.Resource {
	shown.Attributes = transferAttributes(shown.Attributes)

	return &transferResource[M, P]{validate: validate, recordedResource: recordedResource[M]{
		name: name, title: title, manages: expiry.AspectTransfer, schema: shown,
		send: sendTransfer[M, P],
		ends: func(state *M) diag.Diagnostic { return keepsTransfer(P(state).base()) },
	}}
}

func (r *transferResource[M, P]) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	var config M

	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(r.validate(&config)...)
	}
}

// transferAttributes are those of a resource, and what all that move money have.
func transferAttributes(own map[string]schema.Attribute) map[string]schema.Attribute {
	keeps := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}

	own["member_id"] = schema.StringAttribute{
		Required:            true,
		MarkdownDescription: "Customer id of the member account: `ids` of `bss_enterprise_members`. It cannot change under one `transfer_key`.",
		Validators:          []validator.String{isID},
	}
	own["direction"] = schema.StringAttribute{
		Required: true,
		MarkdownDescription: "`transfer` gives to the member, and `retrieve` takes back from it. It cannot change under one `transfer_key`. " +
			"Retrieving is not spending.",
		Validators: []validator.String{oneOfTexts(transfer.Directions())},
	}
	own["transfer_key"] = schema.StringAttribute{
		Required: true,
		MarkdownDescription: "A text of your own that stands for this one transfer, such as `2026-11 allowance`. The same key for the " +
			"same account, " +
			"member, direction and kind never moves money twice, in any state or workspace. **A new key moves it again:** the resource is " +
			"replaced, and the plan shows the amount.",
		Validators:    []validator.String{trimmed{maxNameLength}},
		PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
	own["trans_id"] = schema.StringAttribute{
		Computed: true,
		MarkdownDescription: "The id that the request is sent with, and that the API takes once. It is made of the account, the member, " +
			"the direction, " +
			"what is moved and `transfer_key`, not of the amount.",
		PlanModifiers: keeps,
	}
	own["status"] = schema.StringAttribute{
		Computed: true,
		MarkdownDescription: "Outcome, which never changes later. Known in a plan that moves nothing, as a record shows that the transfer was " +
			"made; if none shows it at the apply, the apply is refused.\n" +
			"  - `" + transfer.StatusTransferred + "`, `" + transfer.StatusRetrieved + "`: the API answered that, or what both accounts hold " +
			"or a record of changes shows it.\n" +
			"  - `" + transfer.StatusUsedBefore + "`: the API took a request with this `trans_id` before this apply sent one. What that " +
			"one moved is not shown.\n" +
			"  - `" + transfer.StatusUnconfirmed + "`: the answer was lost, the API says that it had taken the request, and no look shows it.",
		PlanModifiers: keeps,
	}
	own[recordedDomain] = schema.StringAttribute{
		Computed: true, MarkdownDescription: "Id of the master account, that of the credentials.", PlanModifiers: keeps,
	}

	return own
}

// onlyMasters says where and by whom money can be moved, and what holds of that.
const onlyMasters = "**Only on china**, and only with the credentials of the master account of an enterprise.\n\n"

const transferPromises = "- **Apply:** the API makes one transfer at a time. While another one runs, this one waits for two " +
	"minutes, and is then an error; apply again.\n" +
	"- **Changes:** editing an argument under one key is an error. Nothing that happens later is seen.\n" +
	"- **Destroy:** moves nothing back.\n" +
	"- **Importing** is not possible.\n\n" +
	"**At most once, for as long as the API remembers the ids of requests.** Each request carries an id that is made of " +
	"`transfer_key`, and the API takes an id once. A lost answer, a crash, a second apply, two applies at once, `-replace`, a " +
	"lost state or another workspace with the same key all send the same id, and move nothing again.\n\n" +
	"~> **Do not bring an old key back.** How long the API remembers ids is not documented. After that, only what a look " +
	"shows protects: before each request the provider reads what both accounts hold, and looks for the id in the records of " +
	"changes. Whether these records name ids is not documented either.\n\n" +
	"**At least once, as far as the API shows.** If the API says that it took the id before, nothing is sent under another " +
	"one. `status` is then `used_before`, or `unconfirmed` after a lost answer, with a warning. Compare the changes of both " +
	"accounts in the console. Right after an apply that was refused, `used_before` can mean that the refused request used " +
	"the id up; that is not documented."

func (r *transferResource[M, P]) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state, config *M

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	switch {
	case resp.Diagnostics.HasError():
		return
	case plan == nil:
		resp.Diagnostics.Append(r.ends(state))

		return
	}

	defer func() {
		resp.Diagnostics = nameWarnings(resp.Diagnostics, keySubject, P(plan).base().TransferKey.ValueString())
	}()

	resp.Diagnostics.Append(r.elsewhere(ctx, req.State)...)

	mark, diags := plannedMark(ctx, resp.Private)
	resp.Diagnostics.Append(diags...)

	switch {
	case resp.Diagnostics.HasError():
		return
	case state == nil:
		resp.Diagnostics.Append(r.planTransfer(ctx, plan, config, mark)...)
	case !P(plan).base().TransferKey.Equal(P(state).base().TransferKey):
		// What is replaced is planned in a second call, without state; but Terraform shows
		// the warnings of the first one only.
		resp.Diagnostics.Append(movesAgain(P(plan).base()))

		fresh := *plan
		resp.Diagnostics.Append(r.planTransfer(ctx, &fresh, config, mark).Warnings()...)

		return
	default:
		resp.Diagnostics.Append(fixedUnderKey(P(plan), P(state))...)
		resp.Diagnostics.Append(r.claimTransfer(P(plan).base(), mark)...)
	}

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
}

// keySubject is what warnings name.
var keySubject = subject{argument: "transfer_key", title: "Key", description: "transfer"}

// planTransfer says what a new transfer would move, and holds it against what can be
// moved and what the run may spend.
func (r *transferResource[M, P]) planTransfer(ctx context.Context, plan, config *M, mark string) diag.Diagnostics {
	model := P(plan)
	common := model.base()

	doing := "plan the transfer with key " + common.TransferKey.ValueString()

	if r.services == nil {
		return planTransferSpending(r.guard, doing, common, mark)
	}

	if err := r.services.client.CheckTransfers(ctx); err != nil {
		return diag.Diagnostics{apiDiagnostic(doing, err)}
	}

	quote, diags := r.quoteTransfer(ctx, plan, config, mark)
	if diags.HasError() {
		return diags
	}

	// A known status is a promise that core enforces: what was made is not made again,
	// and is no spending.
	if quote.Made {
		common.Status = types.StringValue(quote.Status)

		return diags
	}

	return append(diags, planTransferSpending(r.services.spending, doing, common, mark)...)
}

// quoteTransfer writes into the plan what can be known of a transfer. The quote is empty
// while an argument is not known.
func (r *transferResource[M, P]) quoteTransfer(
	ctx context.Context, plan, config *M, mark string,
) (transfer.Quote, diag.Diagnostics) {
	model := P(plan)
	common := model.base()

	account, err := r.services.accounts.caller(ctx)
	if err != nil {
		return transfer.Quote{}, diag.Diagnostics{diag.NewErrorDiagnostic("Account could not be found out",
			"The id of a transfer is made of the account that the credentials belong to, among others. Which one that is could not be found out, "+
				"so nothing is planned. "+answer(err)+nextStep(err))}
	}

	common.DomainID = types.StringValue(account)

	if !model.identified() {
		return transfer.Quote{}, nil
	}

	request := model.request()
	request.AccountID = account
	common.TransID = types.StringValue(request.TransID())

	if diags := r.claimTransfer(common, mark); diags.HasError() || !model.complete(config) {
		return transfer.Quote{}, diags
	}

	quote, err := r.services.transfers.Quote(ctx, request)
	if err != nil {
		return quote, diag.Diagnostics{actDiagnostic("plan the transfer with key "+common.TransferKey.ValueString(), err)}
	}

	model.quote(quote)

	return quote, actWarnings(quote.Warnings)
}

// planTransferSpending counts what goes out. Retrieving is not spending; where the
// direction is not known yet, it may be either, and the apply counts.
func planTransferSpending(guard *spending.Guard, doing string, common *transferring, mark string) diag.Diagnostics {
	if common.Direction.ValueString() != string(transfer.ToMember) {
		if !common.Direction.IsUnknown() {
			return nil
		}

		return spendingDiagnostics(doing, path.Root("direction"), guard.Planned("", bssapi.Decimal{}, ""))
	}

	err := guard.Denied()
	if err == nil {
		// The amount is the cap by itself: no more than it can go out.
		err = guard.Planned("transfer "+mark, decimalOf(common.Amount), transfer.Currency)
	}

	return spendingDiagnostics(doing, path.Root("amount"), err)
}

// claimTransfer refuses a second block of one id: it would be sent, and refused as used.
func (r *transferResource[M, P]) claimTransfer(common *transferring, mark string) diag.Diagnostics {
	if r.services == nil || !isKnown(common.TransID) {
		return nil
	}

	claim := expiry.Claim{ID: common.TransID.ValueString(), Aspect: r.manages, Type: "bss_" + r.name, Mark: mark}
	if _, taken := r.services.claims.Claim(claim); !taken {
		return nil
	}

	return diag.Diagnostics{
		diag.NewAttributeErrorDiagnostic(
			path.Root("transfer_key"),
			"Transfer is planned twice",
			fmt.Sprintf(
				"Two bss_%s blocks have the transfer_key %s for the same account, member, direction and kind, which is one transfer with one id. "+
					"It is made once. Give each transfer a key of its own, or keep one of the blocks. If both are in state, take one out with a removed "+
					"block that has lifecycle { destroy = false }, or with terraform state rm.",
				r.name,
				common.TransferKey,
			),
		),
	}
}

// fixedUnderKey refuses another transfer under a key that is used.
func fixedUnderKey[M any, P transferModel[M]](plan, state P) diag.Diagnostics {
	var diags diag.Diagnostics

	recorded := state.arguments()
	for name, value := range plan.arguments() {
		if value.IsUnknown() || value.Equal(recorded[name]) {
			continue
		}

		diags.AddAttributeError(path.Root(name), fmt.Sprintf("%s cannot change under one transfer_key", name), fmt.Sprintf(
			"The transfer with the key %s is recorded with %s = %s, and stays made: the API would not take another one under its id. Set %s back "+
				"to keep the record. To move money again, write a new transfer_key, which replaces this resource and moves the whole amount.",
			state.base().TransferKey, name, shownValue(recorded[name]), name))
	}

	return diags
}

// shownValue is a recorded argument as users write it.
func shownValue(value attr.Value) string {
	if number, ok := value.(types.Number); ok {
		return decimalOf(number).String()
	}

	return value.String()
}

// movesAgain warns that a new key moves the whole amount again. Terraform hides what does
// not change in a replacement, the amount among it, so that the summary has it.
func movesAgain(common *transferring) diag.Diagnostic {
	what := "an amount that is not known yet"
	if isKnown(common.Amount) {
		what = decimalOf(common.Amount).String()
	}

	if common.Amount.IsNull() {
		what = "what is left of the coupon"
	}

	return diag.NewAttributeWarningDiagnostic(
		path.Root("transfer_key"),
		fmt.Sprintf("A new key moves money again (%s %s)", common.Direction.ValueString(), what),
		"The transfer with the earlier key stays made, and the apply makes another one, of the whole amount. If only the text of the key was "+
			"to be changed, set it back.",
	)
}

func keepsTransfer(common *transferring) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Transfer is not undone: key "+common.TransferKey.ValueString(), fmt.Sprintf(
		"Terraform stops recording the transfer with the key %s. The money stays where it is. A block with the same key would move "+
			"nothing: its id is "+
			"used. To move money back, use another block with another direction.",
		common.TransferKey,
	))
}

// sendTransfer makes a new transfer. One that is recorded is never sent again.
func sendTransfer[M any, P transferModel[M]](ctx context.Context, services *services, plan, state *M) diag.Diagnostics {
	if state != nil {
		return nil
	}

	model := P(plan)
	common := model.base()
	key := common.TransferKey.ValueString()

	account, err := services.accounts.caller(ctx)
	if err != nil {
		return diag.Diagnostics{apiDiagnostic("find out the account of the credentials", err)}
	}

	request := model.request()
	request.AccountID, request.Made = account, isKnown(common.Status)

	receipt, warnings, err := services.transfers.Move(ctx, request)
	if err != nil {
		return diag.Diagnostics{actDiagnostic("make the transfer with key "+key, err)}
	}

	common.TransID, common.Status = types.StringValue(receipt.TransID), types.StringValue(receipt.Status)
	model.record(receipt)

	return nameWarnings(actWarnings(warnings), keySubject, key)
}

// ImportState refuses: no call shows a transfer.
func (r *transferResource[M, P]) ImportState(_ context.Context, _ resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	resp.Diagnostics.AddError(
		fmt.Sprintf("bss_%s cannot be imported", r.name),
		"No call of the API reads a transfer, so there is nothing to import. Leave the import out: an apply of a transfer_key that was "+
			"used moves "+
			"nothing again, and records it.",
	)
}

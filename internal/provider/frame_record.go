// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/expiry"
)

// What an object carries beside its state: whose it is, and a random mark that
// tells it from another object of the same id. Both stand in private data, which
// every CLI keeps. The account stands in the identity too, for those that know
// identities: one that is recorded there never changes.
const (
	identityAccount = "account_id"
	privateAccount  = "account_id"
	privateMark     = "mark"
	// privatePlanned is the id that a create is planned for. In a replacement it
	// reaches the destruction of what is replaced.
	privatePlanned = "planned_id"
	// privateImported is there from an import to the first apply after it.
	privateImported = "imported"
)

func newMark() string { return rand.Text() }

// privateData is the private data of an object, in any request or response.
type privateData interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

func recalled(ctx context.Context, private privateData, key string, diags *diag.Diagnostics) string {
	encoded, problems := private.GetKey(ctx, key)
	diags.Append(problems...)

	var value string

	// Nothing else writes there: what cannot be read is as good as absent.
	if len(encoded) == 0 || json.Unmarshal(encoded, &value) != nil {
		return ""
	}

	return value
}

func remember(ctx context.Context, private privateData, key, value string) diag.Diagnostics {
	// A text can always be written.
	encoded, _ := json.Marshal(value)

	return private.SetKey(ctx, key, encoded)
}

// plannedMark is the mark of an object that is planned, a new one if it has none yet.
func plannedMark(ctx context.Context, private privateData) (string, diag.Diagnostics) {
	var diags diag.Diagnostics

	mark := recalled(ctx, private, privateMark, &diags)
	if mark == "" {
		mark = newMark()
		diags.Append(remember(ctx, private, privateMark, mark)...)
	}

	return mark, diags
}

// claim notes that this run manages the subject, under the mark of the object,
// and refuses a second object that manages the same of it. Called twice for a
// replacement, it finds the mark of the first call the second time. A plan that
// carries none is of a new or tainted object, or of a state older than marks.
func (r *managedResource[M]) claim(ctx context.Context, id types.String, private privateData) diag.Diagnostics {
	mark, diags := plannedMark(ctx, private)

	if r.services == nil || id.IsUnknown() {
		return diags
	}

	claim := expiry.Claim{ID: id.ValueString(), Aspect: r.manages, Type: "bss_" + r.name, Mark: mark}

	if other, taken := r.services.claims.Claim(claim); taken {
		diags.AddAttributeError(path.Root(r.subject.argument), r.subject.title+" is managed twice", managedTwice(r.subject, claim, other))
	}

	return diags
}

// keepPlanned writes the id that a create is planned for, which tells the
// destruction of what it replaces that nothing ends. Any other plan takes it out: a
// destruction that failed leaves it in state.
func (r *managedResource[M]) keepPlanned(ctx context.Context, id types.String, creates bool, private privateData) diag.Diagnostics {
	if !creates || id.IsUnknown() {
		return private.SetKey(ctx, privatePlanned, nil)
	}

	return remember(ctx, private, privatePlanned, id.ValueString())
}

// keeping notes that an object that exists keeps something on, and refuses that where
// the run destroys another one that would turn it off.
func (r *managedResource[M]) keeping(ctx context.Context, id types.String, plan *M, private privateData) diag.Diagnostics {
	if r.services == nil || r.keepsOn == nil || id.IsUnknown() || !r.keepsOn(plan) {
		return nil
	}

	claim, diags := r.standing(ctx, id, private)
	if other, conflict := r.services.claims.Keep(claim); conflict {
		diags.Append(r.turnedOff(claim, other.Type))
	}

	return diags
}

// ending notes that an object is destroyed, and refuses that where it would turn off
// something that another one that exists keeps on.
func (r *managedResource[M]) ending(ctx context.Context, id types.String, state *M, private privateData) diag.Diagnostics {
	var diags diag.Diagnostics

	if r.services != nil && r.leaves != nil {
		diags.Append(r.leaves(r.services, state)...)
	}

	if r.services == nil || r.turnsOff == nil || !r.turnsOff(state) {
		return diags
	}

	claim, problems := r.standing(ctx, id, private)
	diags.Append(problems...)

	if _, conflict := r.services.claims.End(claim); conflict {
		diags.Append(r.turnedOff(claim, claim.Type))
	}

	return diags
}

func (r *managedResource[M]) standing(ctx context.Context, id types.String, private privateData) (expiry.Claim, diag.Diagnostics) {
	var diags diag.Diagnostics

	mark := recalled(ctx, private, privateMark, &diags)

	return expiry.Claim{ID: id.ValueString(), Aspect: r.manages, Type: "bss_" + r.name, Mark: mark}, diags
}

// turnedOff is the error that an object to be destroyed would turn off what another
// one keeps on.
func (r *managedResource[M]) turnedOff(claim expiry.Claim, ends string) diag.Diagnostic {
	return diag.NewErrorDiagnostic(fmt.Sprintf("Setting of %s %s would be turned off", r.subject.noun(), claim.ID),
		fmt.Sprintf("A %s of %s %s is to be destroyed, and its on_destroy is \"disable\", while another object keeps the setting on. If it was "+
			"renamed, say so in a moved block. If it is to go without touching anything, use a removed block with "+
			"lifecycle { destroy = false }. If it is a deposed object, take the resource out with terraform state rm and import it again.",
			ends, r.subject.noun(), claim.ID))
}

func managedTwice(subject subject, claim, other expiry.Claim) string {
	who := fmt.Sprintf("Both a %s and a %s name %s %s", other.Type, claim.Type, subject.noun(), claim.ID)
	if other.Type == claim.Type {
		who = fmt.Sprintf("Two %s blocks name %s %s", claim.Type, subject.noun(), claim.ID)
	}

	return who + ", and would undo or repeat what the other does. Keep one of them. If both are in state, take one out without touching " +
		"anything: with a removed block that has lifecycle { destroy = false }, or with terraform state rm. To destroy both, use " +
		"terraform destroy -refresh=false."
}

// record writes the identity and the private data of an object that a call
// brings into state.
func (r *managedResource[M]) record(
	ctx context.Context,
	mark string,
	id types.String,
	account string,
	identity *tfsdk.ResourceIdentity,
	private privateData,
) diag.Diagnostics {
	diags := r.identify(ctx, id, account, identity)
	diags.Append(remember(ctx, private, privateMark, mark)...)
	diags.Append(private.SetKey(ctx, privatePlanned, nil)...)
	diags.Append(private.SetKey(ctx, privateImported, nil)...)

	if account != "" {
		diags.Append(remember(ctx, private, privateAccount, account)...)
	}

	return diags
}

// tellImported tells a state that nothing was applied to its object since an import.
func (r *managedResource[M]) tellImported(ctx context.Context, state *M, private privateData) diag.Diagnostics {
	var diags diag.Diagnostics

	if r.imported != nil && recalled(ctx, private, privateImported, &diags) != "" {
		r.imported(state)
	}

	return diags
}

// keepRecord adds the account to the private data of an object that has none
// recorded.
func (r *managedResource[M]) keepRecord(
	ctx context.Context,
	account string,
	recorded *tfsdk.ResourceIdentity,
	private privateData,
) diag.Diagnostics {
	var diags diag.Diagnostics

	if account == "" || r.recordedAccount(ctx, recorded, private, &diags) != "" {
		return diags
	}

	return append(diags, remember(ctx, private, privateAccount, account)...)
}

// keepIdentity writes the identity of an object that has none yet.
func (r *managedResource[M]) keepIdentity(
	ctx context.Context,
	id types.String,
	account string,
	recorded, identity *tfsdk.ResourceIdentity,
) diag.Diagnostics {
	if recorded != nil && !recorded.Raw.IsFullyNull() {
		return nil
	}

	return r.identify(ctx, id, account, identity)
}

func (r *managedResource[M]) identify(
	ctx context.Context,
	id types.String,
	account string,
	identity *tfsdk.ResourceIdentity,
) diag.Diagnostics {
	if identity == nil {
		return nil
	}

	diags := identity.SetAttribute(ctx, path.Root(r.subject.argument), id)

	return append(diags, identity.SetAttribute(ctx, path.Root(identityAccount), textValue(account))...)
}

// recordedAccount is the account that an object belongs to, "" if nothing says
// it: a CLI without identities wrote its state before the account was kept in
// private data, or the account could not be found out.
func (r *managedResource[M]) recordedAccount(
	ctx context.Context,
	identity *tfsdk.ResourceIdentity,
	private privateData,
	diags *diag.Diagnostics,
) string {
	var named types.String

	if identity != nil && !identity.Raw.IsFullyNull() {
		diags.Append(identity.GetAttribute(ctx, path.Root(identityAccount), &named)...)
	}

	if account := named.ValueString(); account != "" {
		return account
	}

	return recalled(ctx, private, privateAccount, diags)
}

// accountOf is the account of what a call saw: the one that its answers named,
// or else the caller's.
func (r *managedResource[M]) accountOf(ctx context.Context, saw sight) (string, error) {
	if saw.account != "" {
		return saw.account, nil
	}

	return r.services.accounts.caller(ctx)
}

// believed says whether the absence of a subject is certain: these credentials
// are those of the account that it was in. Others may well not show what exists:
// that is an error if the account is recorded, or the provider allows one alone.
func (r *managedResource[M]) believed(
	ctx context.Context,
	id types.String,
	identity *tfsdk.ResourceIdentity,
	private privateData,
) (bool, diag.Diagnostics) {
	var diags diag.Diagnostics

	home := r.recordedAccount(ctx, identity, private, &diags)
	if home == "" {
		home = r.services.accounts.only()
	}

	if home == "" || diags.HasError() {
		return false, diags
	}

	caller, err := r.services.accounts.caller(ctx)

	switch {
	case err != nil:
		diags.Append(r.accountUnknown(id, home, err))
	case caller != home:
		diags.Append(r.otherAccount(id, home, caller))
	}

	return !diags.HasError(), diags
}

// accountUnknown is the error that nobody can tell whether the credentials
// belong to the account of what is managed.
func (r *managedResource[M]) accountUnknown(id types.String, home string, err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic(
		"Account could not be found out",
		fmt.Sprintf(
			"bss_%s of %s %s belongs to account %s. Whether these credentials do too could not be found out, so nothing was changed. %s%s",
			r.name,
			r.subject.noun(),
			id.ValueString(),
			home,
			answer(err),
			nextStep(err),
		),
	)
}

// otherAccount is the error that what is managed belongs to another account than
// the credentials.
func (r *managedResource[M]) otherAccount(id types.String, home, caller string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Credentials belong to another account",
		fmt.Sprintf("bss_%s of %s %s belongs to account %s, but the credentials belong to account %s. Use the credentials of account %s.",
			r.name, r.subject.noun(), id.ValueString(), home, caller, home))
}

// unknown warns of what stays in state although its account has it no more.
func (r *managedResource[M]) unknown(id types.String) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("%s %s is not known any more", r.subject.title, id.ValueString()),
		fmt.Sprintf("Billing does not know %s %s now. bss_%s keeps it in state as it was last read.",
			r.subject.noun(), id.ValueString(), r.name))
}

// unbelieved warns of what stays in state because it may be in another account.
func (r *managedResource[M]) unbelieved(id types.String) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("%s %s was not found", r.subject.title, id.ValueString()),
		fmt.Sprintf("Billing does not show %s %s with these credentials. The state does not say which account it belongs to, and in another one "+
			"it may exist: so it stays in state as it was last read. If it is gone, remove its block, or set allowed_domain_ids of the provider "+
			"to the one account that it was in.", r.subject.noun(), id.ValueString()))
}

func (s subject) noun() string { return strings.ToLower(s.title) }

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// takeOver lets objects of another type move to this one, with what they carry
// beside their state.
type takeOver struct {
	// from is the name of the other type, and schema its schema.
	from   string
	schema func(context.Context) schema.Schema
	// state writes the state of this type from that of the other.
	state func(ctx context.Context, from, to *tfsdk.State) diag.Diagnostics
}

func (r *managedResource[M]) MoveState(ctx context.Context) []resource.StateMover {
	movers := make([]resource.StateMover, 0, len(r.takesOver))

	for _, takeOver := range r.takesOver {
		source := takeOver.schema(ctx)

		movers = append(movers, resource.StateMover{
			SourceSchema: &source,
			StateMover: func(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
				if req.SourceTypeName == "bss_"+takeOver.from && ours(req) {
					r.move(ctx, takeOver, req, resp)
				}
			},
		})
	}

	return movers
}

// move brings along whose the object is, and its mark: it stays the same object.
func (r *managedResource[M]) move(ctx context.Context, takeOver takeOver, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
	if req.SourceState == nil {
		resp.Diagnostics.AddError("State cannot be moved", "The state of the bss_"+takeOver.from+" is not one that this provider wrote. "+
			"Remove it from the state with a removed block, and import it as bss_"+r.name+".")

		return
	}

	resp.Diagnostics.Append(takeOver.state(ctx, req.SourceState, &resp.TargetState)...)

	if resp.Diagnostics.HasError() {
		return
	}

	id := r.id(ctx, resp.TargetState, &resp.Diagnostics)
	account := cmp.Or(accountIn(req.SourceIdentity), recalled(ctx, req.SourcePrivate, privateAccount, &resp.Diagnostics))
	mark := cmp.Or(recalled(ctx, req.SourcePrivate, privateMark, &resp.Diagnostics), newMark())

	resp.Diagnostics.Append(r.record(ctx, mark, id, account, resp.TargetIdentity, resp.TargetPrivate)...)
}

// accountIn is the account that a stored identity names.
func accountIn(identity *tfprotov6.RawState) string {
	if identity == nil {
		return ""
	}

	var named struct {
		AccountID string `json:"account_id"`
	}

	// An identity of an unknown form names none.
	if json.Unmarshal(identity.JSON, &named) != nil {
		return ""
	}

	return named.AccountID
}

// ours says whether the object comes from this provider, under whatever
// registry. OpenTofu before 1.12 gives no address, but what the type's name begins with.
func ours(req resource.MoveStateRequest) bool {
	return strings.HasSuffix(req.SourceProviderAddress, "/bss-community/bss") || req.SourceProviderAddress == "bss"
}

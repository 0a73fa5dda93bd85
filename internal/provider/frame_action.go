// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"time"

	tfaction "github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/spending"
)

// action is an action of this provider: a name, a schema, and functions over the
// model M of its configuration. An action has no state, so only the API tells
// what was already done.
type action[M any] struct {
	name   string
	schema schema.Schema
	// validate checks the arguments against each other; nil if the validators of
	// the schema suffice.
	validate func(model *M) diag.Diagnostics
	// plan fails early, before anything is changed. Its model may hold unknown
	// values. It never acts.
	plan func(ctx context.Context, services *services, model *M) diag.Diagnostics
	// plans says that the action may not go unplanned: plan is called while the
	// provider is not configured too, with nil services.
	plans bool
	// buys is the argument that names what the action buys, so that it has a price; empty
	// for what buys nothing.
	buys   string
	invoke func(ctx context.Context, services *services, model *M, say progress) diag.Diagnostics

	services *services
	// guard stands in for services while the provider is not configured.
	guard *spending.Guard
}

// progress tells the user how far an action is, one line per call.
type progress func(format string, arguments ...any)

var (
	_ tfaction.ActionWithConfigure      = (*action[struct{}])(nil)
	_ tfaction.ActionWithValidateConfig = (*action[struct{}])(nil)
	_ tfaction.ActionWithModifyPlan     = (*action[struct{}])(nil)
)

func (a *action[M]) Metadata(_ context.Context, req tfaction.MetadataRequest, resp *tfaction.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + a.name
}

func (a *action[M]) Schema(_ context.Context, _ tfaction.SchemaRequest, resp *tfaction.SchemaResponse) {
	resp.Schema = a.schema
}

func (a *action[M]) Configure(_ context.Context, req tfaction.ConfigureRequest, resp *tfaction.ConfigureResponse) {
	a.services, a.guard = servicesFrom(req.ProviderData, &resp.Diagnostics), guardFrom(req.ProviderData)
}

func (a *action[M]) ValidateConfig(ctx context.Context, req tfaction.ValidateConfigRequest, resp *tfaction.ValidateConfigResponse) {
	if a.validate == nil {
		return
	}

	resp.Diagnostics.Append(withConfig(ctx, req.Config, a.validate)...)
}

func (a *action[M]) ModifyPlan(ctx context.Context, req tfaction.ModifyPlanRequest, resp *tfaction.ModifyPlanResponse) {
	if a.services == nil && a.buys != "" {
		resp.Diagnostics.Append(unpriced(a.guard, "plan the action bss_"+a.name, a.buys)...)
	}

	// Without an API to ask there is nothing to see ahead.
	if a.services == nil && !a.plans {
		return
	}

	resp.Diagnostics.Append(withConfig(ctx, req.Config, func(model *M) diag.Diagnostics { return a.plan(ctx, a.services, model) })...)
}

func (a *action[M]) Invoke(ctx context.Context, req tfaction.InvokeRequest, resp *tfaction.InvokeResponse) {
	if a.services == nil {
		resp.Diagnostics.Append(notConfigured("invoke the action bss_" + a.name))

		return
	}

	// Terraform passes no unknown values here; one would read as an unset
	// argument.
	if !req.Config.Raw.IsFullyKnown() {
		resp.Diagnostics.AddError(
			"Arguments are not known",
			"The action bss_"+a.name+" was invoked before all of its arguments were known. Nothing was done.",
		)

		return
	}

	say := func(format string, arguments ...any) {
		resp.SendProgress(tfaction.InvokeProgressEvent{Message: fmt.Sprintf(format, arguments...)})
	}

	resp.Diagnostics.Append(withConfig(ctx, req.Config, func(model *M) diag.Diagnostics { return a.invoke(ctx, a.services, model, say) })...)
}

// timeoutArgument is how long an action waits. It does not undo what was done.
func timeoutArgument(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true, MarkdownDescription: description,
		Validators: []validator.String{durationBetween{time.Second, 24 * time.Hour}},
	}
}

// actionTimeout is how long an action waits if no timeout is given.
const actionTimeout = 20 * time.Minute

// timeoutOf is the given timeout, or else the default.
func timeoutOf(argument types.String) time.Duration {
	// The validator has already parsed it.
	if given, err := time.ParseDuration(argument.ValueString()); err == nil {
		return given
	}

	return actionTimeout
}

// waitFor waits in turns of progressEvery, and reports after each what look
// returns. It is true once look returns nothing, and false if wait ended first.
func (s *services) waitFor(wait context.Context, say progress, look func(turn context.Context) string) bool {
	started := s.clock.Now()

	for {
		turn, stop := context.WithTimeout(wait, s.progressEvery)
		stands := look(turn)

		stop()

		if stands == "" {
			return true
		}

		if wait.Err() != nil {
			return false
		}

		say("%s, after %s.", stands, s.clock.Now().Sub(started).Round(time.Second))
	}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
)

// dataSource is every data source of this provider: a name, a schema and a
// function that fills the model M. It is the only place that sets a data
// source's state.
type dataSource[M any] struct {
	name   string
	schema schema.Schema
	// calls are the operations that it reads, and without is what is missing for who
	// lacks the permission: empty where that is everything. Its page says both.
	calls   []string
	without string
	// validate checks the arguments against each other; nil where
	// the schema's own validators say it all.
	validate func(ctx context.Context, model *M) diag.Diagnostics
	read     func(ctx context.Context, services *services, model *M) diag.Diagnostics

	services *services
}

func (d *dataSource[M]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.name
}

func (d *dataSource[M]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = d.schema
	resp.Schema.MarkdownDescription = describe(d.schema.MarkdownDescription, d.calls, d.without)
}

func (d *dataSource[M]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.services = servicesFrom(req.ProviderData, &resp.Diagnostics)
}

func (d *dataSource[M]) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	if d.validate == nil {
		return
	}

	resp.Diagnostics.Append(withConfig(ctx, req.Config, func(model *M) diag.Diagnostics { return d.validate(ctx, model) })...)
}

// withConfig passes on the model of a configuration, unless it cannot be read.
func withConfig[M any](ctx context.Context, config tfsdk.Config, use func(model *M) diag.Diagnostics) diag.Diagnostics {
	var model M

	diags := config.Get(ctx, &model)
	if !diags.HasError() {
		diags.Append(use(&model)...)
	}

	return diags
}

func (d *dataSource[M]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	if d.services == nil {
		resp.Diagnostics.Append(notConfigured("read data.bss_" + d.name))

		return
	}

	var model M

	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)

	if resp.Diagnostics.HasError() {
		return
	}

	if err := d.services.accounts.check(ctx, ""); err != nil {
		resp.Diagnostics.Append(accountNotAllowed(err))

		return
	}

	resp.Diagnostics.Append(d.read(ctx, d.services, &model)...)

	if resp.Diagnostics.HasError() {
		return
	}

	raw, err := encode(ctx, &model, d.schema.Type().TerraformType(ctx))
	if err != nil {
		resp.Diagnostics.AddError("The state cannot be written", "This is a defect of the provider: please report it. "+
			sentence("data.bss_"+d.name+": "+err.Error()))

		return
	}

	resp.State.Raw = raw
}

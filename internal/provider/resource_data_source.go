// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

type resourceModel struct {
	resourceItem

	Attached []resourceItem `tfsdk:"attached"`
}

func newResourceDataSource() datasource.DataSource {
	attributes := resourceAttributes()
	attributes["resource_id"] = schema.StringAttribute{
		Required:            true,
		MarkdownDescription: "Id of a yearly/monthly resource in its own service, for example the ECS server id; a primary or an attached one.",
		Validators:          []validator.String{isID},
	}
	attributes["attached"] = computedList("Resources attached to this one. They are renewed and closed with it.", resourceAttributes())

	return &dataSource[resourceModel]{
		name: "resource", calls: []string{"list_resources"},
		schema: schema.Schema{
			MarkdownDescription: "One yearly/monthly resource and what is attached to it: when its paid term ends, and what happens then.\n\n" +
				"If a run reads many, they share calls.",
			Attributes: attributes,
		},
		read: readResource,
	}
}

func readResource(ctx context.Context, services *services, model *resourceModel) diag.Diagnostics {
	id := *model.ResourceID
	tree, err := services.reader.Tree(ctx, id)

	switch {
	case errors.Is(err, subscription.ErrUnknown):
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("resource_id"), "Resource does not exist",
			"Billing knows no yearly/monthly resource "+id+". Check that the id is the cloud service's own, that the resource is not pay-per-use, "+
				"and that it belongs to this account and site. A new one may take a moment to be known.")}
	case err != nil:
		return diag.Diagnostics{apiDiagnostic("read resource "+id, err)}
	}

	model.resourceItem = flattenResource(tree.Resource)
	model.Attached = []resourceItem{}

	for _, attached := range tree.Attached {
		model.Attached = append(model.Attached, flattenResource(attached))
	}

	return nil
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

func newAutorenewList() list.ListResource {
	return &autorenewResource{policyResource{typeName: typeAutorenew}}
}

var _ list.ListResourceWithConfigure = (*autorenewResource)(nil)

func (r *autorenewResource) ListResourceConfigSchema(
	_ context.Context,
	_ list.ListResourceSchemaRequest,
	resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = policyListSchema("Lists yearly/monthly resources as `bss_autorenew`: whether they renew automatically.")
}

func (r *autorenewResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	r.list(ctx, req, stream, func(found bssapi.Resource) (any, diag.Diagnostics) {
		model := autorenewModel{ResourceID: text(found.ResourceID), Timeouts: noTimeouts()}
		model.drift(found)
		model.show(found)

		return &model, nil
	})
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// listResource is every list of this provider: a name, a schema, and a function over the
// model C of its configuration. It is the only place that streams results, and writes
// identities of what is listed.
type listResource[C any] struct {
	name    string
	schema  schema.Schema
	subject subject
	// doing is what errors say could not be done.
	doing string
	// list yields what the configuration asks for. An id that comes twice is one object.
	list func(ctx context.Context, services *services, config *C) (iter.Seq2[listed, error], diag.Diagnostics)

	services *services
}

// listed is one object of a list.
type listed struct {
	id, displayName string
	// object is it as an import leaves it in state, as far as the list tells.
	object func() (any, diag.Diagnostics)
}

const mustQuery = "`terraform query` needs Terraform 1.14; with `-generate-config-out` it writes configuration and `import` blocks"

var _ list.ListResourceWithConfigure = (*listResource[struct{}])(nil)

func (r *listResource[C]) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.name
}

func (r *listResource[C]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.services = servicesFrom(req.ProviderData, &resp.Diagnostics)
}

func (r *listResource[C]) ListResourceConfigSchema(
	_ context.Context,
	_ list.ListResourceSchemaRequest,
	resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = r.schema
}

// List streams what the configuration asks for.
func (r *listResource[C]) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	rows, diags := r.rows(ctx, req)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)

		return
	}

	stream.Results = func(push func(list.ListResult) bool) {
		done := map[string]bool{}

		for one, err := range rows {
			if err != nil {
				push(list.ListResult{Diagnostics: diag.Diagnostics{apiDiagnostic(r.doing, err)}})

				return
			}

			if done[one.id] {
				continue
			}

			done[one.id] = true

			// A limit of 0 means no limit.
			if !push(r.result(ctx, req, one)) || int64(len(done)) == req.Limit {
				return
			}
		}
	}
}

func (r *listResource[C]) rows(ctx context.Context, req list.ListRequest) (iter.Seq2[listed, error], diag.Diagnostics) {
	var config C

	switch {
	case r.services == nil:
		return nil, diag.Diagnostics{notConfigured(r.doing)}
	// An unknown filter would not filter.
	case !req.Config.Raw.IsFullyKnown():
		return nil, diag.Diagnostics{diag.NewErrorDiagnostic("Filter is not known",
			"All filters of a list have to be known before anything is applied.")}
	}

	diags := req.Config.Get(ctx, &config)

	if err := r.services.accounts.check(ctx, ""); err != nil && !diags.HasError() {
		diags.Append(accountNotAllowed(err))
	}

	if diags.HasError() {
		return nil, diags
	}

	return r.list(ctx, r.services, &config)
}

func (r *listResource[C]) result(ctx context.Context, req list.ListRequest, one listed) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = one.displayName
	// An identity without an account is valid.
	account, _ := r.services.accounts.caller(ctx)

	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root(r.subject.argument), one.id)...)
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root(identityAccount), textValue(account))...)

	if req.IncludeResource {
		model, diags := one.object()
		result.Diagnostics.Append(diags...)
		result.Diagnostics.Append(result.Resource.Set(ctx, model)...)
	}

	return result
}

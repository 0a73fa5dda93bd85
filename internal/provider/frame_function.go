// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
)

// providerFunction is a function of this provider: a name, a definition, and what it
// answers. It makes no call and needs no credentials.
type providerFunction struct {
	name       string
	definition function.Definition
	run        func(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError)
}

func (f *providerFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = f.name
}

func (f *providerFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = f.definition
}

func (f *providerFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	answer, err := f.run(ctx, req.Arguments)
	if err == nil {
		err = resp.Result.Set(ctx, answer)
	}

	resp.Error = err
}

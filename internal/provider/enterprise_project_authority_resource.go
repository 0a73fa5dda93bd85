// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/expiry"
)

type enterpriseProjectAuthorityModel struct {
	DomainID types.String `tfsdk:"domain_id"`
}

func newEnterpriseProjectAuthorityResource() resource.Resource {
	return &recordedResource[enterpriseProjectAuthorityModel]{
		name: "enterprise_project_authority", manages: expiry.AspectProjectAuthority, title: "Enterprise projects",
		schema: schema.Schema{
			MarkdownDescription: "Opens enterprise projects for the account. **This cannot be undone:** no call closes them again. It costs " +
				"nothing, so the provider's `spending` does not count it.\n\n" +
				"- **Who can:** an enterprise whose real name is authenticated, and that does not use project groups or " +
				"Multi-Project. If the API refuses, the error names the checks that failed.\n" +
				"- **Only recorded:** no call tells whether they are open. If they are, the apply records that. The resource " +
				"has no arguments and cannot be imported.\n" +
				"- **Destroy:** leaves them open.\n" +
				"- **One block** for a provider configuration.",
			Attributes: map[string]schema.Attribute{
				recordedDomain: schema.StringAttribute{
					Computed: true,
					MarkdownDescription: "Id of the account that has them. The plan states it if it can be found out, and they are opened for " +
						"no other one.",
					PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
				},
			},
		},
		plan: planEnterpriseProjects,
		send: openEnterpriseProjects,
		ends: keepsEnterpriseProjects,
	}
}

func planEnterpriseProjects(_ *services, _, state *enterpriseProjectAuthorityModel) diag.Diagnostics {
	if state != nil {
		return nil
	}

	return diag.Diagnostics{diag.NewWarningDiagnostic("Enterprise projects are opened for good",
		"The apply opens enterprise projects for the whole account. No call closes them again.")}
}

func openEnterpriseProjects(ctx context.Context, services *services, _, _ *enterpriseProjectAuthorityModel) diag.Diagnostics {
	already, err := services.enterprise.OpenProjects(ctx)

	switch {
	case err != nil:
		return diag.Diagnostics{actDiagnostic("open enterprise projects", err)}
	case already:
		return diag.Diagnostics{diag.NewWarningDiagnostic("Enterprise projects are open already",
			"The API refused to open enterprise projects because they are open. That is recorded.")}
	default:
		return nil
	}
}

func keepsEnterpriseProjects(state *enterpriseProjectAuthorityModel) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Enterprise projects stay open",
		fmt.Sprintf("Terraform stops recording that account %s has enterprise projects. They stay open: no call closes them.",
			state.DomainID.ValueString()))
}

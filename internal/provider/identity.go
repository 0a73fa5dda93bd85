// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/objectvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// agencyDuration is an argument that both blocks have.
func agencyDuration() schema.Attribute {
	shortest, longest := int64(bssapi.ShortestRoleDuration.Seconds()), int64(bssapi.LongestRoleDuration.Seconds())

	return schema.Int64Attribute{
		Optional: true,
		MarkdownDescription: fmt.Sprintf(
			"How long temporary keys live, in seconds, from `%d` to `%d`. They are replaced before they end, also in "+
				"the middle of a run. Default: `%d`.",
			shortest,
			longest,
			int64(bssapi.DefaultRoleDuration.Seconds()),
		),
		Validators: []validator.Int64{int64validator.Between(shortest, longest)},
	}
}

func assumeRoleBlock() schema.Block {
	return schema.ListNestedBlock{
		MarkdownDescription: "An agency that is taken on with the credentials, whatever place they are from: everything is done with its " +
			"temporary keys. Several blocks are a chain, each taken on with the keys of the one before. Environment, without a block: " +
			"`HW_ASSUME_ROLE_AGENCY_NAME`, `HW_ASSUME_ROLE_DOMAIN_NAME`, `HW_ASSUME_ROLE_DOMAIN_ID`, `HW_ASSUME_ROLE_DURATION`.",
		NestedObject: schema.NestedBlockObject{
			Validators: []validator.Object{accountOfAgency{}},
			Attributes: map[string]schema.Attribute{
				"agency_name": schema.StringAttribute{
					Required:            true,
					MarkdownDescription: "Name of the agency.",
					Validators:          []validator.String{notBlank},
				},
				"domain_name": schema.StringAttribute{
					Optional:            true,
					MarkdownDescription: "Name of the account that the agency is of. This or `domain_id` is required.",
					Validators:          []validator.String{notBlank},
				},
				"domain_id": schema.StringAttribute{
					Optional:            true,
					MarkdownDescription: "Id of that account.",
					Validators:          []validator.String{isID},
				},
				"duration": agencyDuration(),
			},
		},
	}
}

// accountOfAgency refuses a block that leaves out whose agency it means.
type accountOfAgency struct{}

func (accountOfAgency) Description(context.Context) string {
	return "must name the account of the agency: set domain_name or domain_id"
}

func (v accountOfAgency) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v accountOfAgency) ValidateObject(ctx context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	if !isKnown(req.ConfigValue) {
		return
	}

	if given := req.ConfigValue.Attributes(); given["domain_name"].IsNull() && given["domain_id"].IsNull() {
		resp.Diagnostics.AddAttributeError(req.Path.AtName("domain_name"), "Account of the agency is missing",
			fmt.Sprintf("%s %s.", req.Path, v.Description(ctx)))
	}
}

func assumeRoleWithOIDCBlock() schema.Block {
	return schema.SingleNestedBlock{
		MarkdownDescription: "An identity provider, such as that of a pipeline, in the place of keys. Environment, also without the block: " +
			"`HW_ASSUME_ROLE_IDP_ID`, `HW_ASSUME_ROLE_ID_TOKEN`, `HW_ASSUME_ROLE_ID_TOKEN_FILE`, and those of `assume_role`.",
		Validators: []validator.Object{objectvalidator.ConflictsWith(
			path.MatchRoot("access_key"), path.MatchRoot("secret_key"), path.MatchRoot("token"), path.MatchRoot("user_name"),
		)},
		Attributes: map[string]schema.Attribute{
			"idp_id": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Id of the identity provider, as the account has it. Required, here or in `HW_ASSUME_ROLE_IDP_ID`.",
				Validators:          []validator.String{notBlank},
			},
			"id_token": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Its token. What is written here is stored in plan files. Prefer `id_token_file`.",
				Validators: []validator.String{
					notBlank, stringvalidator.ConflictsWith(path.MatchRelative().AtParent().AtName("id_token_file")),
				},
			},
			"id_token_file": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "File of its token, which is read anew whenever keys are got.",
				Validators:          []validator.String{notBlank},
			},
			"agency_name": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Agency to take on then. Required with it: `domain_id`. If unset, the permissions of the identity provider count.",
				Validators: []validator.String{
					notBlank, stringvalidator.AlsoRequires(path.MatchRelative().AtParent().AtName("domain_id")),
				},
			},
			"domain_id": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Id of the account that the agency is of.",
				Validators:          []validator.String{isID},
			},
			"duration": agencyDuration(),
		},
	}
}

type assumeRoleModel struct {
	AgencyName types.String `tfsdk:"agency_name"`
	DomainName types.String `tfsdk:"domain_name"`
	DomainID   types.String `tfsdk:"domain_id"`
	Duration   types.Int64  `tfsdk:"duration"`
}

type assumeRoleWithOIDCModel struct {
	IdpID       types.String `tfsdk:"idp_id"`
	IDToken     types.String `tfsdk:"id_token"`
	IDTokenFile types.String `tfsdk:"id_token_file"`
	AgencyName  types.String `tfsdk:"agency_name"`
	DomainID    types.String `tfsdk:"domain_id"`
	Duration    types.Int64  `tfsdk:"duration"`
}

// roles are the agencies to take on: those of the blocks, or else the one of the
// identity provider.
func (m providerModel) roles() []bssapi.Role {
	var roles []bssapi.Role

	for _, role := range m.AssumeRole {
		roles = append(roles, bssapi.Role{
			Agency: role.AgencyName.ValueString(), DomainName: role.DomainName.ValueString(), DomainID: role.DomainID.ValueString(),
			Duration: seconds(role.Duration),
		})
	}

	if oidc := m.AssumeRoleWithOIDC; oidc != nil && oidc.AgencyName.ValueString() != "" {
		// The identity provider comes before what is taken on with its keys.
		roles = append([]bssapi.Role{{
			Agency: oidc.AgencyName.ValueString(), DomainID: oidc.DomainID.ValueString(), Duration: seconds(oidc.Duration),
		}}, roles...)
	}

	return roles
}

func (m *assumeRoleWithOIDCModel) provider() *bssapi.OIDC {
	if m == nil {
		return nil
	}

	return &bssapi.OIDC{
		IdpID: m.IdpID.ValueString(), IDToken: m.IDToken.ValueString(), IDTokenFile: m.IDTokenFile.ValueString(), Duration: seconds(m.Duration),
	}
}

func seconds(number types.Int64) time.Duration {
	return time.Duration(number.ValueInt64()) * time.Second
}

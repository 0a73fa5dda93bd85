// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	tfaction "github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// codeLanguages are the languages of messages by the provider's words for them.
var codeLanguages = map[string]bssapi.SMSLanguage{"en_US": bssapi.SMSLanguageEnglish, "zh_CN": bssapi.SMSLanguageChinese}

func newEnterpriseMemberCodeAction() tfaction.Action {
	return &action[enterpriseMemberCodeModel]{
		name: "enterprise_member_code",
		schema: schema.Schema{
			MarkdownDescription: "**Only on the china site.**\n\n" +
				"Sends a verification code to the phone of a member account to be, which `bss_enterprise_member` needs to create it. " +
				"Only the master account of an enterprise can do this. **Each invocation sends a message**, so nothing of it is repeated by " +
				"itself.\n\n" +
				"A new member takes two steps:\n\n" +
				"1. `terraform apply -invoke=action.bss_enterprise_member_code.this` sends the code.\n" +
				"2. Read it on the phone, and apply within its time: `terraform apply -var verification_code=123456`, where `verification_code` is " +
				"an ephemeral variable that goes to `verification_code_wo` of `bss_enterprise_member`.\n\n" +
				"An action leaves nothing in state.",
			Attributes: map[string]schema.Attribute{
				"name": schema.StringAttribute{
					Required:            true,
					MarkdownDescription: "Name of the new member. The message shows it.",
					Validators:          []validator.String{memberName},
				},
				"mobile_phone": schema.StringAttribute{
					Required:            true,
					MarkdownDescription: "Phone that gets the message.",
					Validators:          []validator.String{trimmed{bssapi.MaxMobilePhone}},
				},
				"language": schema.StringAttribute{
					Optional:            true,
					MarkdownDescription: "Language of the message: `en_US` or `zh_CN`. If unset, that of the preferences of the account.",
					Validators:          []validator.String{oneOfTexts{"en_US", "zh_CN"}},
				},
				"timeout": schema.Int64Attribute{
					Optional: true,
					MarkdownDescription: fmt.Sprintf(
						"How many minutes the code can be used: 1 to %d, or 0 for the default. More is an error: of more than %d, "+
							"the API makes 5. Default: `%d`.",
						bssapi.MaxCodeTimeout,
						bssapi.MaxCodeTimeout,
						bssapi.DefaultCodeTimeout,
					),
					Validators: []validator.Int64{int64validator.Between(0, bssapi.MaxCodeTimeout)},
				},
			},
		},
		plan: func(ctx context.Context, services *services, _ *enterpriseMemberCodeModel) diag.Diagnostics {
			if err := services.client.CheckCodesSent(ctx); err != nil {
				return diag.Diagnostics{apiDiagnostic("plan to send a code", err)}
			}

			return nil
		},
		invoke: sendMemberCode,
	}
}

type enterpriseMemberCodeModel struct {
	Name        types.String `tfsdk:"name"`
	MobilePhone types.String `tfsdk:"mobile_phone"`
	Language    types.String `tfsdk:"language"`
	Timeout     types.Int64  `tfsdk:"timeout"`
}

func sendMemberCode(ctx context.Context, services *services, model *enterpriseMemberCodeModel, say progress) diag.Diagnostics {
	name := model.Name.ValueString()
	minutes := cmp.Or(int(model.Timeout.ValueInt64()), bssapi.DefaultCodeTimeout)

	err := services.enterprise.SendCode(ctx, bssapi.SendMemberCodeRequest{
		MobilePhone: model.MobilePhone.ValueString(), Name: name, Timeout: minutes, Language: codeLanguages[model.Language.ValueString()],
	})
	if err != nil {
		return diag.Diagnostics{actDiagnostic("send a code for member "+name, err)}
	}

	say(
		"A code for member %s was sent. It can be used for %d minutes: give it to verification_code_wo of bss_enterprise_member.",
		name,
		minutes,
	)

	return nil
}

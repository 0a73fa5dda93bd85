// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	_ "embed" // for the page of the function
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/planreport"
)

// planReportComment is what the example of the function prints.
//
//go:embed plan_report_comment.md
var planReportComment string

//go:embed plan_report_description.md
var planReportText string

var planReportDescription = strings.Replace(planReportText, "COMMENT", strings.TrimSuffix(planReportComment, "\n"), 1)

func newPlanReportFunction() function.Function {
	return &providerFunction{
		name: "plan_report",
		definition: function.Definition{
			Summary:             "Says what applying a plan does to money, as Markdown and as JSON.",
			MarkdownDescription: planReportDescription,
			Parameters: []function.Parameter{
				function.StringParameter{
					Name:                "json",
					MarkdownDescription: "What `terraform show -json PLANFILE` or `tofu show -json PLANFILE` prints.",
				},
			},
			Return: function.ObjectReturn{AttributeTypes: planReportTypes},
		},
		run: planReport,
	}
}

var planReportTypes = map[string]attr.Type{"markdown": types.StringType, "json": types.StringType}

func planReport(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError) {
	var plan string

	if err := arguments.Get(ctx, &plan); err != nil {
		return nil, err
	}

	report, err := planreport.Read(strings.NewReader(plan))
	if err != nil {
		return nil, function.NewArgumentFuncError(0, strings.TrimSuffix(sentence(err.Error()), "."))
	}

	text, err := report.JSON()
	if err != nil {
		return nil, function.NewFuncError("The report could not be written as JSON")
	}

	return types.ObjectValueMust(planReportTypes, map[string]attr.Value{
		"markdown": types.StringValue(report.Markdown()), "json": types.StringValue(text),
	}), nil
}

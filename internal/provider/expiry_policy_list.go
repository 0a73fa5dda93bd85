// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
)

func newExpiryPolicyList() list.ListResource {
	return newPolicyList("expiry_policy", "Lists yearly/monthly resources as `bss_expiry_policy`: what happens when their paid term ends.",
		listedExpiryPolicy)
}

func listedExpiryPolicy(found bssapi.Resource) (any, diag.Diagnostics) {
	model := expiryPolicyModel{ResourceID: textValue(found.ResourceID), Timeouts: noTimeouts("create", "update", "delete")}
	model.drift(found)
	model.show(expiry.Outcome{Resource: found})

	if isSetting(model.Policy) {
		return &model, nil
	}

	return &model, diag.Diagnostics{unknownPolicy(found, "bss_expiry_policy")}
}

// isSetting says whether a policy is one that can be set.
func isSetting(policy types.String) bool {
	return slices.Contains([]string{policyAutoRenew, policyPayPerUse, policyManual}, policy.ValueString())
}

// unknownPolicy warns of what was listed and cannot be written as a resource of the
// type.
func unknownPolicy(found bssapi.Resource, typeName string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Resource has an unknown policy",
		fmt.Sprintf("The API shows %s as what happens to resource %s at its expiry, which %s cannot be written with. Leave the "+
			"resource out, or choose what is to happen to it.", textValue(expiry.PolicyWord(found)), found.ResourceID, typeName))
}

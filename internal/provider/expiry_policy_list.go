// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
)

func newExpiryPolicyList() list.ListResource {
	return &policyList{
		name:        "expiry_policy",
		description: "Lists yearly/monthly resources as `bss_expiry_policy`: what happens when their paid term ends.",
		object:      listedExpiryPolicy,
	}
}

func listedExpiryPolicy(found bssapi.Resource) (any, diag.Diagnostics) {
	model := expiryPolicyModel{ResourceID: textValue(found.ResourceID), Timeouts: noTimeouts()}
	model.drift(found)
	model.show(expiry.Outcome{Resource: found})

	if slices.Contains([]string{policyAutoRenew, policyPayPerUse, policyManual}, model.Policy.ValueString()) {
		return &model, nil
	}

	return &model, diag.Diagnostics{diag.NewWarningDiagnostic("Resource has an unknown policy",
		fmt.Sprintf("The API shows %s as what happens to resource %s at its expiry, which bss_expiry_policy cannot be written with. Leave the "+
			"resource out, or choose a policy for it.", model.ExpirePolicy, found.ResourceID))}
}

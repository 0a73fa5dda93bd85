// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
)

func newAutorenewList() list.ListResource {
	return newPolicyList("autorenew", "Lists yearly/monthly resources as `bss_autorenew`: whether they renew automatically.",
		func(found bssapi.Resource) (any, diag.Diagnostics) {
			model := autorenewModel{ResourceID: textValue(found.ResourceID), Timeouts: noTimeouts("create", "update", "delete")}
			model.drift(found)
			model.show(expiry.Outcome{Resource: found})

			if model.Enabled.IsNull() {
				return &model, diag.Diagnostics{unknownPolicy(found, "bss_autorenew")}
			}

			return &model, nil
		})
}

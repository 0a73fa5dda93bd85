// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import "context"

// ExpenditureQuota is what a partner lets the account spend.
type ExpenditureQuota struct {
	// GrantingAmount is the quota, and GrantingAmountUsed what is used of it.
	GrantingAmount     Decimal `json:"granting_amount"`
	GrantingAmountUsed Decimal `json:"granting_amount_used"`
	// PercentageGrantingAmountUsed is the used share in percent.
	PercentageGrantingAmountUsed Decimal `json:"percentage_granting_amount_used"`
	MeasureID                    int     `json:"measure_id"`
	Currency                     string  `json:"currency"`
}

// GetExpenditureQuota returns what a partner lets the account spend. The China
// site does not have this operation (ErrNotOnSite).
//
// Errors: ErrOtherUnit. No page names a permission.
func (c *Client) GetExpenditureQuota(ctx context.Context) (*ExpenditureQuota, error) {
	var out ExpenditureQuota
	if err := c.do(ctx, call{op: opGetExpenditureQuota, out: &out}); err != nil {
		return nil, err
	}
	if err := opGetExpenditureQuota.checkUnits(out.MeasureID); err != nil {
		return nil, err
	}

	return &out, nil
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"math/big"
	"net/http"
)

// ExpenditureQuota is what a partner lets the customer spend. It stands as the
// console has set it: no payment uses it.
type ExpenditureQuota struct {
	Granted Amount `json:"granted"`
	Used    Amount `json:"used"`
}

// setQuota sets the quota, and what is used of it.
func setQuota(w *world, data []byte) (map[string]any, error) {
	var request struct {
		Amount Amount `json:"amount"`
		Used   Amount `json:"used"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	w.ExpenditureQuota = &ExpenditureQuota{Granted: request.Amount.plus("0.00"), Used: request.Used.plus("0.00")}
	w.dirty = true

	return map[string]any{}, nil
}

// getExpenditureQuota answers the quota, which is 0 where none was set.
func getExpenditureQuota(w *world, _ *call) (answer, error) {
	quota := ExpenditureQuota{Granted: "0.00", Used: "0.00"}
	if w.ExpenditureQuota != nil {
		quota = *w.ExpenditureQuota
	}
	share := Amount("0.00")
	if quota.Granted.positive() {
		share = amountOf(toCents(new(big.Rat).Mul(new(big.Rat).Quo(quota.Used.rat(), quota.Granted.rat()), big.NewRat(100, 1))))
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"granting_amount": quota.Granted.number(), "granting_amount_used": quota.Used.number(),
		"percentage_granting_amount_used": share.number(), "measure_id": 1, "currency": w.currency(),
	}}, nil
}

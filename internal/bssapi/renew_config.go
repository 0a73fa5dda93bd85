// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"fmt"
	"strconv"
)

// RenewConfigName is a setting of all renewals of the account.
type RenewConfigName string

// The settings.
const (
	// RenewConfigDeduction is how many days before its expiry the automatic renewal of
	// a resource is first deducted: MinDeductionDays to MaxDeductionDays.
	RenewConfigDeduction RenewConfigName = "DEDUCTION_DATE"
	// RenewConfigExpiry is the day of the month on which every renewed term ends: 1 to
	// MaxExpiryDay, or LastExpiryDay.
	RenewConfigExpiry RenewConfigName = "EXPIRE_DATE"
)

// The values of the settings.
const (
	MinDeductionDays = 2
	MaxDeductionDays = 7
	MaxExpiryDay     = 28
	// LastExpiryDay is the last day of each month.
	LastExpiryDay = -1
)

// SetRenewConfigRequest sets one of the settings.
type SetRenewConfigRequest struct {
	ConfigName  RenewConfigName `json:"config_name"`
	ConfigValue string          `json:"config_value"`
}

// RenewConfig is the request that sets a setting to a value.
func RenewConfig(name RenewConfigName, value int) SetRenewConfigRequest {
	return SetRenewConfigRequest{ConfigName: name, ConfigValue: strconv.Itoa(value)}
}

func (r SetRenewConfigRequest) check() error {
	value, err := strconv.Atoi(r.ConfigValue)
	if err != nil {
		return fmt.Errorf("%q is no number", r.ConfigValue)
	}
	switch deduction, expiry := r.ConfigName == RenewConfigDeduction, r.ConfigName == RenewConfigExpiry; {
	case deduction && (value < MinDeductionDays || value > MaxDeductionDays):
		return fmt.Errorf("%d days are not from %d to %d", value, MinDeductionDays, MaxDeductionDays)
	case expiry && value != LastExpiryDay && (value < 1 || value > MaxExpiryDay):
		return fmt.Errorf("%d is neither a day from 1 to %d nor %d, the last of the month", value, MaxExpiryDay, LastExpiryDay)
	case !deduction && !expiry:
		return fmt.Errorf("there is no setting %q", r.ConfigName)
	}

	return nil
}

type setRenewConfigResponse struct {
	ErrorCode Code   `json:"error_code"`
	ErrorMsg  string `json:"error_msg"`
}

// SetRenewConfig sets a setting of all renewals of the account. It can be made again
// with the same value: nothing of it adds up. No call reads it, and none takes it
// back. Success is an answer with CodeSuccess alone.
//
// Permission: bss:renewal:update.
func (c *Client) SetRenewConfig(ctx context.Context, req SetRenewConfigRequest) error {
	if err := req.check(); err != nil {
		return opSetRenewConfig.refuse(err)
	}
	out, err := answered[setRenewConfigResponse](ctx, c, call{op: opSetRenewConfig, body: req})
	if err != nil {
		return err
	}

	return opSetRenewConfig.succeeded(out.ErrorCode)
}

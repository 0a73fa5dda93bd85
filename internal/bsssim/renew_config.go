// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"strconv"
	"time"
)

// Names of the settings of the whole account.
const (
	configDeduction = "DEDUCTION_DATE"
	configExpiry    = "EXPIRE_DATE"
)

// The days before an expiry on which the first deduction can be.
const (
	fewestDeductionDays = 2
	mostDeductionDays   = 7
)

// checkDeductionDays takes the days that the API takes.
func checkDeductionDays(value string) error {
	days, err := strconv.Atoi(value)
	if err == nil && (days < fewestDeductionDays || days > mostDeductionDays) {
		err = strconv.ErrRange
	}

	return err
}

// deductionDays is how many days before an expiry its renewal is first tried.
func (w *world) deductionDays() int {
	days, err := strconv.Atoi(w.setting("deduction_days_before"))
	if err != nil {
		return mostDeductionDays
	}

	return days
}

// setRenewConfig sets the day of the first deduction, or the day on which all
// renewed terms end, for what is renewed from then on. Nothing answers them.
func setRenewConfig(w *world, c *call) (answer, error) {
	name, value := c.text("config_name"), c.text("config_value")
	switch name {
	case configDeduction:
		if checkDeductionDays(value) != nil {
			return answer{}, badParameter("config_value", "not from %d to %d", fewestDeductionDays, mostDeductionDays)
		}
		w.Settings["deduction_days_before"], w.DeductionDaysSince = value, w.clock.now()
	case configExpiry:
		if value == "0" || checkUnifiedDay(value) != nil {
			return answer{}, badParameter("config_value", "neither a day that every month has nor -1")
		}
		w.Settings["unified_expiry_day"] = value
	}
	w.acted, w.dirty, w.quietUntil = true, true, time.Time{}

	return answer{status: http.StatusOK, body: map[string]any{"error_code": "CBC.0000", "error_msg": "success"}}, nil
}

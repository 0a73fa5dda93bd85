// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

func TestNearest(t *testing.T) {
	t.Parallel()

	periods := bssapi.RenewalPeriodTypes.All()
	orders := bssapi.OrderStatusFilter.All()

	for _, test := range []struct {
		given string
		words []string
		want  string
	}{
		{"months", periods, "month"},
		{"Monthly", periods, "month"},
		{" YEAR", periods, "year"},
		{"annual", periods, "year"},
		{"day", periods, ""},
		{"", periods, ""},
		{"unpaid", orders, "pending_payment"},
		{"pending-payment", orders, "pending_payment"},
		{"cancelled", orders, "canceled"},
		{"complete", orders, "completed"},
		{"p", orders, ""},
		{"6", orders, ""},
		{"Linux", operatingSystems.All(), "linux"},
		{"win", operatingSystems.All(), "windows"},
		{"cn", []string{"china", "international", "europe"}, "china"},
		{"mars", []string{"china", "international", "europe"}, ""},
		{"grace_period", []string{policyAutoRenew, policyPayPerUse, policyManual}, "manual"},
		{"prepaid", bssapi.ChargeModes.All(), "yearly_monthly"},
		{"29", []string{"last", "19", "28"}, ""},
		{"hws.resource.type.vm", []string{"hws.resource.type.cdn"}, ""},
		{"hws.resource.type.cdm", []string{"hws.resource.type.cdn"}, "hws.resource.type.cdn"},
	} {
		if got := nearest(test.given, test.words); got != test.want {
			t.Errorf("%q: %q, want %q", test.given, got, test.want)
		}
	}
}

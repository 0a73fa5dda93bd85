// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFine(t *testing.T) {
	t.Parallel()
	for amount, want := range map[Amount]string{
		"": "0.00000000", "0.00": "0.00000000", "12.3": "12.30000000", "-0.05": "-0.05000000", "-12.34567891": "-12.34567891",
		"0.123456785": "0.12345679", "0.123456784999": "0.12345678", "-0.123456785": "-0.12345679", "999999999.99999999": "999999999.99999999",
	} {
		f, ok := fineOf(amount)
		same(t, string(amount), f.text(8), want)
		same(t, string(amount), ok, true)
	}
	for _, amount := range []Amount{"1000000000.00", "-1000000000.00", "12345678901234567890.12"} {
		if _, ok := fineOf(amount); ok {
			t.Errorf("%s fits", amount)
		}
	}
	f, _ := fineOf("-1.23987654")
	same(t, "cents", string(f.charge())+" "+f.cents().text(8), "-1.23 -1.23000000")
}

func TestShare(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		amount  fine
		weights []fine
		step    fine
		want    []fine
	}{
		{100, []fine{1, 1, 1}, 1, []fine{34, 33, 33}},
		{-100, []fine{1, 1, 1}, 1, []fine{-34, -33, -33}},
		{10 * fineCent, []fine{1, 2}, fineCent, []fine{4 * fineCent, 6 * fineCent}},
		{7, []fine{0, 0}, 1, []fine{4, 3}},
		{7, []fine{5}, fineCent, []fine{7}},
	} {
		if diff := cmp.Diff(test.want, test.amount.share(test.weights, test.step)); diff != "" {
			t.Errorf("%d (-want +got):\n%s", test.amount, diff)
		}
	}
}

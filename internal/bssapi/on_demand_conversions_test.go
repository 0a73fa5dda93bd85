// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestConvertToOnDemandNow(t *testing.T) {
	t.Parallel()
	fake := always(200, filled(t, "convert_to_on_demand_now"))
	c, _ := newTestClient(t, fake, WithSite(SiteChina))
	got, err := c.ConvertToOnDemandNow(t.Context(), ConvertToOnDemandNowRequest{ResourceIDs: []string{"r1", "r2"}})
	want := []OnDemandConversion{
		{ResourceID: "r1", Result: ConversionAudit, ErrorCode: CodeSuccess, ErrorMessage: "m", OrderID: "CS1"},
		{ResourceID: "r2", Result: ConversionFail, ErrorCode: CodeInGracePeriod, ErrorMessage: "in its grace period"},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	if sent := fake.requests()[0].body; sent != `{"resource_ids":["r1","r2"]}` {
		t.Errorf("body %s", sent)
	}
	if err := got[0].Failure(); err != nil {
		t.Errorf("under review: %v", err)
	}
	if err := got[1].Failure(); !errors.Is(err, CodeInGracePeriod) || !NotDone(err) {
		t.Errorf("failed: %v", err)
	}
	odd := OnDemandConversion{Result: ConversionFail, ErrorCode: "CBC.1", ErrorMessage: "a\n\x1b[31mb " + strings.Repeat("é", 5000)}
	if text := odd.Failure().Error(); !strings.Contains(text, "CBC.1: a [31mb é") || len(text) > 1300 || strings.ContainsAny(text, "\n\x1b") {
		t.Errorf("failed oddly: %q", text)
	}
	if err := (OnDemandConversion{Result: ConversionFail}).Failure(); err == nil || NotDone(err) {
		t.Errorf("failed without a reason: %v", err)
	}
}

// TestConvertToOnDemandNowOddly: an answer that says nothing of any resource is none,
// what cannot be sent is not, and other sites have no such call.
func TestConvertToOnDemandNowOddly(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"empty list": `{"to_ondemand_service_results":[]}`, "null": `{"to_ondemand_service_results":null}`, "nothing": `{}`,
		"another answer": `{"order_ids":["CS1"]}`,
	} {
		c, _ := newTestClient(t, always(200, body), WithSite(SiteChina))
		if got, err := c.ConvertToOnDemandNow(t.Context(), ConvertToOnDemandNowRequest{ResourceIDs: []string{"r"}}); got != nil ||
			!errors.Is(err, ErrUnreadable) || NotDone(err) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	told, _ := newTestClient(t, always(200,
		`{"to_ondemand_service_results":[{"resource_id":"r","result":"FAIL","error_code":"CBC.1\u001b2","error_msg":"a\n\u001b[31mb"}]}`,
	), WithSite(SiteChina))
	if got, err := told.ConvertToOnDemandNow(t.Context(), ConvertToOnDemandNowRequest{ResourceIDs: []string{"r"}}); err != nil ||
		got[0].ErrorCode != "CBC.1 2" || got[0].ErrorMessage != "a [31mb" {
		t.Errorf("told oddly: %q, %v", got, err)
	}
	many := make([]string, 11)
	for i := range many {
		many[i] = strconv.Itoa(i)
	}
	fake := always(200, filled(t, "convert_to_on_demand_now"))
	c, _ := newTestClient(t, fake, WithSite(SiteChina))
	for _, ids := range [][]string{nil, {}, {""}, {"a", "a"}, many} {
		if _, err := c.ConvertToOnDemandNow(t.Context(), ConvertToOnDemandNowRequest{ResourceIDs: ids}); !NotDone(err) {
			t.Errorf("%q: %v", ids, err)
		}
	}
	for _, site := range []Site{SiteInternational, SiteEurope} {
		c, _ := newTestClient(t, fake, WithSite(site))
		_, err := c.ConvertToOnDemandNow(t.Context(), ConvertToOnDemandNowRequest{ResourceIDs: []string{"r"}})
		if !errors.Is(err, ErrNotOnSite) || !NotDone(err) || !errors.Is(c.CanConvertNow(t.Context()), ErrNotOnSite) {
			t.Errorf("%s: %v", site, err)
		}
	}
	if n := len(fake.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

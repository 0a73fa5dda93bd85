// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// server is a pay-per-use server for an hour.
func server(t *testing.T, id string) OnDemandProduct {
	t.Helper()

	return OnDemandProduct{
		PricedProduct: PricedProduct{
			ID: id, CloudServiceType: "hws.service.type.ec2", ResourceType: "hws.resource.type.vm", ResourceSpec: "s6.large.2.linux",
			Region: "ap-southeast-1",
		},
		UsageFactor: "Duration", UsageValue: mustDecimal(t, "1.50"), UsageMeasureID: 4, SubscriptionNum: 2,
	}
}

// disk is a yearly/monthly disk for a month.
func disk(id string) PeriodProduct {
	return PeriodProduct{
		PricedProduct: PricedProduct{
			ID: id, CloudServiceType: "hws.service.type.ebs", ResourceType: "hws.resource.type.volume", ResourceSpec: "SSD",
			Region: "ap-southeast-1", ResourceSize: 40, SizeMeasureID: 17,
		},
		PeriodType: PeriodTypeMonth, PeriodNum: 1, SubscriptionNum: 1,
	}
}

func TestGetOnDemandPrice(t *testing.T) {
	t.Parallel()
	fake := always(200, `{"amount":0.30,"currency":"USD","product_rating_results":[{"id":"a","amount":0.20},{"id":"b","amount":0.10}]}`)
	c, _ := newTestClient(t, fake)
	bandwidth := server(t, "b")
	bandwidth.ResourceSize, bandwidth.SizeMeasureID, bandwidth.AvailableZone = 5, 15, "az1"
	got, err := c.GetOnDemandPrice(t.Context(), GetOnDemandPriceRequest{
		ProjectID: "p1", InquiryPrecision: 1, ProductInfos: []OnDemandProduct{server(t, "a"), bandwidth},
	})
	if err != nil || got.Amount.String() != "0.30" || got.Currency != "USD" || got.ProductRatingResults[1].Amount.String() != "0.10" {
		t.Errorf("got %+v, %v", got, err)
	}
	const product = `"cloud_service_type":"hws.service.type.ec2","resource_type":"hws.resource.type.vm","resource_spec":"s6.large.2.linux","region":"ap-southeast-1"`
	const usage = `"usage_factor":"Duration","usage_value":1.50,"usage_measure_id":4,"subscription_num":2`
	want := `{"project_id":"p1","inquiry_precision":1,"product_infos":[{"id":"a",` + product + `,` + usage + `},` +
		`{"id":"b",` + product + `,"available_zone":"az1","resource_size":5,"size_measure_id":15,` + usage + `}]}`
	if body := fake.requests()[0].body; body != want {
		t.Errorf("body %s, want %s", body, want)
	}
}

func TestGetPeriodPrice(t *testing.T) {
	t.Parallel()
	fake := always(
		200,
		`{"official_website_rating_result":{"official_website_amount":12,"product_rating_results":[{"id":"a","official_website_amount":12}]},`+
			`"optional_discount_rating_results":[{"discount_id":"d1","amount":9.6,"best_offer":1},{"discount_id":"d2","amount":10,"best_offer":0},{"discount_id":"d3"}]}`,
	)
	c, _ := newTestClient(t, fake)
	got, err := c.GetPeriodPrice(t.Context(), GetPeriodPriceRequest{ProjectID: "p1", ProductInfos: []PeriodProduct{disk("a")}})
	if err != nil || got.OfficialWebsiteRatingResult.OfficialWebsiteAmount.String() != "12" || got.Currency != "" {
		t.Fatalf("got %+v, %v", got, err)
	}
	var best []*int
	for _, discount := range got.OptionalDiscountRatingResults {
		best = append(best, discount.BestOffer)
	}
	if diff := cmp.Diff([]*int{pointerTo(1), pointerTo(0), nil}, best); diff != "" {
		t.Error(diff)
	}
	const want = `{"project_id":"p1","product_infos":[{"id":"a","cloud_service_type":"hws.service.type.ebs","resource_type":"hws.resource.type.volume",` +
		`"resource_spec":"SSD","region":"ap-southeast-1","resource_size":40,"size_measure_id":17,"period_type":2,"period_num":1,"subscription_num":1}]}`
	if body := fake.requests()[0].body; body != want {
		t.Errorf("body %s, want %s", body, want)
	}
}

func TestPeriodOfADayIsSent(t *testing.T) {
	t.Parallel()
	fake := always(200, `{"official_website_rating_result":{"product_rating_results":[{"id":"a"}]}}`)
	c, _ := newTestClient(t, fake)
	product := disk("a")
	product.PeriodType = PeriodTypeDay
	if _, err := c.GetPeriodPrice(t.Context(), GetPeriodPriceRequest{ProjectID: "p1", ProductInfos: []PeriodProduct{product}}); err != nil {
		t.Fatal(err)
	}
	if body := fake.requests()[0].body; !strings.Contains(body, `"period_type":0`) {
		t.Errorf("body %s", body)
	}
}

// TestGetRenewalPrice has a price for one resource and, inside the same 200,
// one failure for each code that the vendor documents.
func TestGetRenewalPrice(t *testing.T) {
	t.Parallel()
	codes := []Code{
		CodePriceNotPrimary,
		CodePricePeriodNotOffered,
		CodePriceResourceGone,
		CodePriceOrderUnpaid,
		CodePriceResourceChanging,
		CodePriceNotRenewable,
	}
	ids, want, failures := []string{"r0"}, []FailedResource(nil), []string(nil)
	for i, number := range []int{7, 8, 9, 10, 11, 13} {
		id := fmt.Sprintf("r%d", number)
		ids = append(ids, id)
		failures = append(failures, fmt.Sprintf(`{"error_code":"CBC.300500%02d","error_msg":"no\n\u001b","resource_id":%q}`, number, id))
		want = append(want, FailedResource{ErrorCode: codes[i], ErrorMessage: "no", ResourceID: id})
	}
	fake := always(
		200,
		`{"currency":"USD","renew_inquiry_results":[{"resource_id":"r0","amount":"10.05"},{"resource_id":"associated","amount":"1"}],`+
			`"official_website_rating_result":{"official_website_amount":"11.05"},"fail_resource_infos":[`+strings.Join(failures, ",")+`]}`,
	)
	c, _ := newTestClient(t, fake)
	got, err := c.GetRenewalPrice(
		t.Context(),
		GetRenewalPriceRequest{ResourceIDs: ids, PeriodType: PeriodTypeYear, PeriodNum: 2, IncludeRelativeResources: true},
	)
	if err != nil || len(got.RenewInquiryResults) != 2 || got.RenewInquiryResults[0].Amount.String() != "10.05" ||
		got.OfficialWebsiteRatingResult.OfficialWebsiteAmount.String() != "11.05" {
		t.Fatalf("got %+v, %v", got, err)
	}
	if diff := cmp.Diff(want, got.FailResourceInfos); diff != "" {
		t.Error(diff)
	}
	const body = `{"resource_ids":["r0","r7","r8","r9","r10","r11","r13"],"period_type":3,"period_num":2,"include_relative_resources":true}`
	if sent := fake.requests()[0].body; sent != body {
		t.Errorf("body %s, want %s", sent, body)
	}
}

func TestPricesThatCannotBeMatchedAreNotAskedFor(t *testing.T) {
	t.Parallel()
	fake := always(200, `{}`)
	c, _ := newTestClient(t, fake)
	products := map[string]struct {
		project string
		ids     []string
	}{
		"no project":  {"", []string{"a"}},
		"no product":  {"p1", nil},
		"an empty id": {"p1", []string{"a", ""}},
		"an id twice": {"p1", []string{"a", "b", "a"}},
		"nothing":     {},
	}
	for name, test := range products {
		onDemand := GetOnDemandPriceRequest{ProjectID: test.project}
		period := GetPeriodPriceRequest{ProjectID: test.project}
		for _, id := range test.ids {
			onDemand.ProductInfos = append(onDemand.ProductInfos, server(t, id))
			period.ProductInfos = append(period.ProductInfos, disk(id))
		}
		if got, err := c.GetOnDemandPrice(t.Context(), onDemand); !errors.Is(err, ErrNotSent) || got != nil {
			t.Errorf("%s: on demand: %v, %v", name, got, err)
		}
		if got, err := c.GetPeriodPrice(t.Context(), period); !errors.Is(err, ErrNotSent) || got != nil {
			t.Errorf("%s: period: %v, %v", name, got, err)
		}
	}
	for name, ids := range map[string][]string{"no id": nil, "eleven": numbers(0, 11), "an empty id": {""}, "an id twice": {"r1", "r1"}} {
		got, err := c.GetRenewalPrice(t.Context(), GetRenewalPriceRequest{ResourceIDs: ids, PeriodType: PeriodTypeMonth, PeriodNum: 1})
		if !errors.Is(err, ErrNotSent) || got != nil {
			t.Errorf("%s: renewal: %v, %v", name, got, err)
		}
	}
	if n := len(fake.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// TestQuotesThatLeaveSomethingOut have a sum, which is too low.
func TestQuotesThatLeaveSomethingOut(t *testing.T) {
	t.Parallel()
	ask := map[string]func(*Client) error{
		"on demand": func(c *Client) error {
			_, err := c.GetOnDemandPrice(
				t.Context(),
				GetOnDemandPriceRequest{ProjectID: "p1", ProductInfos: []OnDemandProduct{server(t, "a"), server(t, "b")}},
			)

			return err
		},
		"period": func(c *Client) error {
			_, err := c.GetPeriodPrice(t.Context(), GetPeriodPriceRequest{ProjectID: "p1", ProductInfos: []PeriodProduct{disk("a"), disk("b")}})

			return err
		},
		"renewal": func(c *Client) error {
			_, err := c.GetRenewalPrice(
				t.Context(),
				GetRenewalPriceRequest{ResourceIDs: []string{"a", "b"}, PeriodType: PeriodTypeMonth, PeriodNum: 1},
			)

			return err
		},
	}
	tests := map[string][]string{
		"on demand": {
			`{"amount":1,"product_rating_results":[{"id":"a"}]}`,
			`{"product_rating_results":[{"id":"a"},{"id":"a"},{}]}`,
		},
		"period": {
			`{"official_website_rating_result":null}`, `{"official_website_rating_result":{"product_rating_results":[{"id":"b"}]}}`,
			`{"optional_discount_rating_results":[{"product_rating_results":[{"id":"a"},{"id":"b"}]}]}`,
		},
		"renewal": {
			`{"renew_inquiry_results":[{"resource_id":"a","amount":"1"}]}`,
			`{"renew_inquiry_results":[{"resource_id":"a","amount":"1"}],"fail_resource_infos":[{"resource_id":"a","error_code":"CBC.30050010"}]}`,
		},
	}
	for name, bodies := range tests {
		for _, body := range bodies {
			c, _ := newTestClient(t, always(200, body))
			if err := ask[name](c); !errors.Is(err, ErrIncomplete) {
				t.Errorf("%s: %s: %v", name, body, err)
			}
		}
	}
}

// TestAmountsDecodeAlike decodes the same quote with every way to write an
// amount.
func TestAmountsDecodeAlike(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		`12.3400`: "12.3400", `"12.3400"`: "12.3400",
		`0.00000000000000000001`: "0.00000000000000000001", `"0.00000000000000000001"`: "0.00000000000000000001",
		`-45678901234567.89`: "-45678901234567.89", `"-45678901234567.89"`: "-45678901234567.89",
		`1.5e-7`: "0.00000015", `"1.5E-7"`: "0.00000015", `-2E+3`: "-2000",
		`null`: "", `""`: "", `0`: "0", `"0.00"`: "0.00",
	} {
		answers := []string{
			`{"amount":%s,"product_rating_results":[{"id":"a","discount_rating_results":[{"amount":%[1]s}]}]}`,
			`{"official_website_rating_result":{"official_website_amount":%s,"installment_official_website_amount":%[1]s,"product_rating_results":[{"id":"a"}]}}`,
			`{"renew_inquiry_results":[{"resource_id":"a","amount":%s}],"optional_discount_rating_results":[{"amount":%[1]s}]}`,
			`{"total_count":1,"bill_sums":[{"consume_amount":%s}],"consume_amount":%[1]s}`,
		}
		fake := &network{answer: func(n int, _ sent) (*http.Response, error) {
			return reply(200, fmt.Sprintf(answers[n], written)), nil
		}}
		c, _ := newTestClient(t, fake)
		onDemand, err := c.GetOnDemandPrice(
			t.Context(),
			GetOnDemandPriceRequest{ProjectID: "p1", ProductInfos: []OnDemandProduct{server(t, "a")}},
		)
		if err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		period, err := c.GetPeriodPrice(t.Context(), GetPeriodPriceRequest{ProjectID: "p1", ProductInfos: []PeriodProduct{disk("a")}})
		if err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		renewal, err := c.GetRenewalPrice(
			t.Context(),
			GetRenewalPriceRequest{ResourceIDs: []string{"a"}, PeriodType: PeriodTypeMonth, PeriodNum: 1},
		)
		if err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		bill, err := c.GetMonthlySumBill(t.Context(), GetMonthlySumBillRequest{BillCycle: "2026-03"})
		if err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		rows, err := collect(t, bill.Rows)
		if err != nil || len(rows) != 1 {
			t.Fatalf("%s: %d rows, %v", written, len(rows), err)
		}
		for i, got := range []Decimal{
			onDemand.Amount, onDemand.ProductRatingResults[0].DiscountRatingResults[0].Amount,
			period.OfficialWebsiteRatingResult.OfficialWebsiteAmount, period.OfficialWebsiteRatingResult.InstallmentOfficialWebsiteAmount,
			renewal.RenewInquiryResults[0].Amount, renewal.OptionalDiscountRatingResults[0].Amount,
			bill.Totals.ConsumeAmount, rows[0].ConsumeAmount,
		} {
			if got.String() != want || got.IsNull() != (want == "") {
				t.Errorf("%s, place %d: got %q, want %q", written, i, got, want)
			}
		}
	}
}

func TestCodesOfPrices(t *testing.T) {
	t.Parallel()
	for text, code := range map[string]Code{
		"CBC.99006006": CodeProductUnknown, "CBC.99006016": CodeCouponLookupFailed, "CBC.99006017": CodeCustomerLookupFailed,
		"CBC.99006024": CodeProductLookupFailed, "CBC.99006050": CodeUsageUnitWrong, "CBC.99006055": CodePriceTooHigh,
		"CBC.99006066": CodeBillingLookupFailed, "CBC.99006073": CodeProjectUnknown, "CBC.99006074": CodeUsageFactorUnknown,
		"CBC.30050012": CodePriceResourceRepeated,
	} {
		fake := always(400, `{"error_code":"`+text+`","error_msg":"no"}`)
		c, _ := newTestClient(t, fake)
		_, err := c.GetRenewalPrice(t.Context(), GetRenewalPriceRequest{ResourceIDs: []string{"r1"}, PeriodType: PeriodTypeMonth, PeriodNum: 1})
		if !errors.Is(err, code) {
			t.Errorf("%s: %v", text, err)
		}
		repeats := errors.Is(err, ErrLookupFailed)
		if n := len(fake.requests()); (n > 1) != repeats {
			t.Errorf("%s: %d attempts", text, n)
		}
	}
}

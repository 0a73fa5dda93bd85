// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// costsOfMarch asks for the costs of days by service.
var costsOfMarch = ListCostsRequest{
	Granularity: CostByDay, Begin: "2026-03-01", End: "2026-03-31", CostType: CostOriginal, AmountType: CostPayable,
	GroupBy: []CostGroup{{Type: CostGroupDimension, Key: string(CostServiceType)}},
}

func TestListCosts(t *testing.T) {
	t.Parallel()
	fake := always(200, filled(t, "list_costs"))
	c, _ := newTestClient(t, fake, WithLanguage("en_US"))
	req := costsOfMarch
	req.CostType, req.AmountType = CostAmortized, CostPaid
	req.GroupBy = append(slices.Clone(req.GroupBy), CostGroup{Type: CostGroupTag, Key: "team"})
	req.Filters = []CostFilter{{Key: CostRegion, Values: []string{"r", "s"}}, {Key: CostChargeMode, Values: []string{"1"}, Exclude: true}}
	bill, err := c.ListCosts(t.Context(), req)
	if err != nil || bill.TotalCount != 1 || bill.Currency != "CNY" {
		t.Fatalf("got %+v, %v", bill, err)
	}
	rows, err := collect(t, bill.Rows)
	if err != nil || len(rows) != 1 || len(rows[0].Dimensions) != 1 || len(rows[0].Costs) != 1 {
		t.Errorf("got %+v, %v", rows, err)
	}
	const want = `{"time_condition":{"time_measure_id":1,"begin_time":"2026-03-01","end_time":"2026-03-31"},` +
		`"groupby":[{"type":"dimension","key":"CLOUD_SERVICE_TYPE"},{"type":"tag","key":"team"}],"cost_type":"AMORTIZED_COST",` +
		`"amount_type":"NET_AMOUNT","offset":0,"limit":1000,"filters":[{"operator":0,"filter_factor":{"key":"REGION_CODE","value":["r","s"]}},` +
		`{"operator":1,"filter_factor":{"key":"CHARGING_MODE","value":["1"]}}]}`
	if last := fake.requests()[0]; last.body != want || last.Method != http.MethodPost || last.Header.Get("X-Language") != "en_US" {
		t.Errorf("sent %s %s, want %s", last.Method, last.body, want)
	}
}

func TestListCostsRefuses(t *testing.T) {
	t.Parallel()
	tag := func(key string) CostGroup { return CostGroup{Type: CostGroupTag, Key: key} }
	for name, spoil := range map[string]func(*ListCostsRequest){
		"no granularity":    func(r *ListCostsRequest) { r.Granularity = 0 },
		"form of begin":     func(r *ListCostsRequest) { r.Begin = "2026-03" },
		"form of end":       func(r *ListCostsRequest) { r.Granularity, r.Begin = CostByMonth, "2026-03" },
		"end before begin":  func(r *ListCostsRequest) { r.End = "2026-02-01" },
		"no groups":         func(r *ListCostsRequest) { r.GroupBy = nil },
		"three groups":      func(r *ListCostsRequest) { r.GroupBy = slices.Repeat(r.GroupBy, 3) },
		"two tags":          func(r *ListCostsRequest) { r.GroupBy = []CostGroup{tag("a"), tag("b")} },
		"too many filters":  func(r *ListCostsRequest) { r.Filters = make([]CostFilter, MostCostFilters+1) },
		"filter of nothing": func(r *ListCostsRequest) { r.Filters = make([]CostFilter, 1) },
	} {
		fake := always(200, `{}`)
		c, _ := newTestClient(t, fake)
		req := costsOfMarch
		spoil(&req)
		if _, err := c.ListCosts(t.Context(), req); !errors.Is(err, ErrNotSent) || len(fake.requests()) > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// costPages is a server with rows whose pages have at most so many.
func costPages(rows, most int) *network {
	return &network{answer: func(_ int, req sent) (*http.Response, error) {
		_, after, _ := strings.Cut(req.body, `"offset":`)
		digits, _, _ := strings.Cut(after, ",")
		offset, err := strconv.Atoi(digits)
		if err != nil {
			return nil, err
		}
		var page []string
		for i := offset; i < min(rows, offset+most); i++ {
			page = append(page, fmt.Sprintf(`{"dimensions":[{"key":"CLOUD_SERVICE_TYPE","value":"s%d"}],"costs":`+
				`[{"time_dimension_value":"2026-03-01","amount":"0.5","official_amount":"1"}],"amount_by_costs":"0.50"}`, i))
		}

		return reply(200, fmt.Sprintf(`{"total_count":%d,"currency":"USD","cost_data":[%s]}`, rows, strings.Join(page, ","))), nil
	}}
}

// An answer that cannot be read to its end fails after one page; the last that can
// is read.
func TestTooManyCosts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ rows, most, want int }{
		{201_001, 1000, 201_000}, {201_000, 1000, 0}, {200_500, 400, 200_400}, {200_400, 400, 0}, {200_008, 7, 200_004},
	} {
		fake := costPages(test.rows, test.most)
		c, _ := newTestClient(t, fake)
		bill, err := c.ListCosts(t.Context(), costsOfMarch)
		var tooMany *TooManyRowsError
		switch {
		case test.want == 0 && err == nil:
			// The last page is at the greatest offset; what is in between is as everywhere.
			if most := opListCosts.lastOffset / test.most * test.most; most+test.most < test.rows || bill.TotalCount != test.rows {
				t.Errorf("%d rows: %+v", test.rows, bill)
			}
		case !errors.As(err, &tooMany) || tooMany.Total != test.rows || tooMany.Most != test.want || len(fake.requests()) != 1:
			t.Errorf("%d rows: %v after %d requests", test.rows, err, len(fake.requests()))
		}
	}
	if err := opListCosts.reachable(200_001); !errors.As(err, new(*TooManyRowsError)) {
		t.Errorf("a page behind the last: %v", err)
	}
}

func TestCostsInPages(t *testing.T) {
	t.Parallel()
	for _, most := range []int{1000, 400, 7} {
		c, _ := newTestClient(t, costPages(2500, most))
		bill, err := c.ListCosts(t.Context(), costsOfMarch)
		if err != nil {
			t.Fatal(err)
		}
		if rows, err := collect(t, bill.Rows); err != nil || len(rows) != 2500 {
			t.Errorf("pages of %d: %d rows, %v", most, len(rows), err)
		}
	}
}

// Rows that are not whole, or not what was asked for, are no rows.
func TestCostsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	row := func(costs, more string) string {
		return fmt.Sprintf(`{"dimensions":[{"key":"CLOUD_SERVICE_TYPE","value":"s"}],"costs":[%s]%s}`, costs, more)
	}
	const one = `{"time_dimension_value":"2026-03-01","amount":"1.00","official_amount":"2"}`
	for name, test := range map[string]struct {
		rows  string
		count int
		kind  error
	}{
		"whole":                 {row(one, `,"amount_by_costs":"1","official_amount_by_costs":2`), 1, nil},
		"no sums":               {row(one, ``), 1, nil},
		"a day is missing":      {row(one, `,"amount_by_costs":"1.01"`), 1, ErrIncomplete},
		"the list price":        {row(one, `,"official_amount_by_costs":"1"`), 1, ErrIncomplete},
		"no costs":              {row("", `,"amount_by_costs":"1"`), 1, ErrIncomplete},
		"another day":           {row(`{"time_dimension_value":"2026-04-01","amount":"1"}`, ``), 1, ErrIncomplete},
		"another granularity":   {row(`{"time_dimension_value":"2026-03-01","time_measure_id":2,"amount":"1"}`, ``), 1, ErrIncomplete},
		"a month":               {row(`{"time_dimension_value":"2026-03","amount":"1"}`, ``), 1, ErrIncomplete},
		"the same twice":        {row(one, ``) + "," + row(one, ``), 2, ErrIncomplete},
		"two days of one group": {row(one, ``) + "," + row(strings.Replace(one, "-01", "-02", 1), ``), 2, nil},
	} {
		c, _ := newTestClient(t, always(200, fmt.Sprintf(`{"total_count":%d,"cost_data":[%s]}`, test.count, test.rows)))
		bill, err := c.ListCosts(t.Context(), costsOfMarch)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := collect(t, bill.Rows)
		if !errors.Is(err, test.kind) || test.kind == nil && len(rows) != test.count {
			t.Errorf("%s: %d rows, %v", name, len(rows), err)
		}
	}
	c, _ := newTestClient(t, always(400, `{"error_code":"CBC.18000014","error_msg":"off"}`))
	if _, err := c.ListCosts(t.Context(), costsOfMarch); !errors.Is(err, CodeCostCenterOff) {
		t.Errorf("Cost Center is off: %v", err)
	}
}

func TestListMonthlyCostBreakdown(t *testing.T) {
	t.Parallel()
	fake := always(200, filled(t, "list_monthly_cost_breakdown"))
	c, _ := newTestClient(t, fake, WithSite(SiteChina))
	req := ListMonthlyCostBreakdownRequest{SharedMonth: "2026-03", ChargingMode: ChargeModePeriod, Method: BillMethodOneself}
	bill, err := c.ListMonthlyCostBreakdown(t.Context(), req)
	if err != nil || bill.TotalCount != 1 || bill.Currency != "CNY" {
		t.Fatalf("got %+v, %v", bill, err)
	}
	rows, err := collect(t, bill.Rows)
	if err != nil || len(rows) != 1 || len(rows[0].EffectiveTagPairs) != 1 || len(rows[0].CostUnitPairs) != 1 {
		t.Errorf("got %+v, %v", rows, err)
	}
	c, _ = newTestClient(t, fake, WithSite(SiteInternational))
	if _, err := c.ListMonthlyCostBreakdown(t.Context(), req); !errors.Is(err, ErrNotOnSite) || len(fake.requests()) != 1 {
		t.Errorf("another site: %v", err)
	}
	req.Method = BillMethodSubCustomer
	if _, err := c.ListMonthlyCostBreakdown(t.Context(), req); !errors.Is(err, ErrNotSent) {
		t.Errorf("no member: %v", err)
	}
}

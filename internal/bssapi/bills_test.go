// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi/clocktest"
)

// march asks for the detailed lines of a month.
var march = ListResourceRecordsRequest{Cycle: "2026-03", StatisticType: StatisticTypeDetail}

func TestGetMonthlySumBill(t *testing.T) {
	t.Parallel()
	fake := always(200, filledBut(t, "get_monthly_sum_bill", map[string]any{
		"bill_cycle": "2026-03", "service_type_code": "hws.service.type.ec2", "customer_id": "s1",
	}))
	c, _ := newTestClient(t, fake)
	bill, err := c.GetMonthlySumBill(t.Context(), GetMonthlySumBillRequest{
		BillCycle:           "2026-03",
		ServiceTypeCode:     "hws.service.type.ec2",
		EnterpriseProjectID: "-1",
		Method:              BillMethodSubCustomer,
		SubCustomerID:       "s1",
	})
	if err != nil || bill.TotalCount != 1 || bill.Currency == "" || bill.Currency != bill.Totals.Currency {
		t.Fatalf("got %+v, %v", bill, err)
	}
	for name, amount := range map[string]Decimal{
		"consume": bill.Totals.ConsumeAmount, "debt": bill.Totals.DebtAmount, "coupon": bill.Totals.CouponAmount,
		"flexi-purchase coupon": bill.Totals.FlexipurchaseCouponAmount, "stored-value card": bill.Totals.StoredValueCardAmount,
		"cash": bill.Totals.CashAmount, "credit": bill.Totals.CreditAmount, "write-off": bill.Totals.WriteoffAmount,
	} {
		if amount.IsNull() {
			t.Errorf("no %s amount", name)
		}
	}
	rows, err := collect(t, bill.Rows)
	if err != nil || len(rows) != 1 || rows[0].ConsumeAmount.IsNull() || rows[0].BillType == 0 {
		t.Errorf("got %+v, %v", rows, err)
	}
	want := url.Values{
		"bill_cycle": {"2026-03"}, "service_type_code": {"hws.service.type.ec2"}, "enterprise_project_id": {"-1"}, "method": {"sub_customer"},
		"sub_customer_id": {"s1"}, "limit": {"1000"}, "offset": {"0"},
	}
	requests := fake.requests()
	if diff := cmp.Diff(want, requests[0].URL.Query()); diff != "" || len(requests) != 1 {
		t.Errorf("%d requests %s", len(requests), diff)
	}
}

func TestListResourceRecords(t *testing.T) {
	t.Parallel()
	// What a row does not say tells nothing.
	fake := always(200, filledBut(t, "list_resource_records", map[string]any{
		"cycle": "", "charge_mode": nil, "bill_type": nil, "cloud_service_type": "", "resource_Type_code": "t", "region": nil,
		"res_instance_id": "", "enterprise_project_id": "", "customer_id": nil, "bill_date": nil,
	}))
	c, _ := newTestClient(t, fake, WithLanguage("en_US"))
	no := false
	for want, req := range map[string]ListResourceRecordsRequest{
		`{"cycle":"2026-03","offset":0,"limit":1000,"statistic_type":3,"query_type":"BILLCYCLE"}`: march,
		`{"cycle":"2026-02","charge_mode":3,"bill_type":5,"include_zero_record":false,"offset":0,"limit":1000,"method":"oneself","statistic_type":2,` +
			`"query_type":"DAILY","bill_cycle_begin":"2026-02-01","bill_cycle_end":"2026-02-28"}`: {
			Cycle: "2026-02", ChargeMode: ChargeModeOnDemand, BillType: BillTypeUse, IncludeZeroRecord: &no, Method: BillMethodOneself,
			StatisticType: StatisticTypeDay, BillCycleBegin: "2026-02-01", BillCycleEnd: "2026-02-28",
		},
		`{"cycle":"2026-03","cloud_service_type":"s","resource_type":"t","region":"r","res_instance_id":"i","enterprise_project_id":"null","offset":0,` +
			`"limit":1000,"method":"sub_customer","sub_customer_id":"m","statistic_type":1,"query_type":"BILLCYCLE","payer_account_id":"p"}`: {
			Cycle: "2026-03", CloudServiceType: "s", ResourceType: "t", Region: "r", ResInstanceID: "i", EnterpriseProjectID: "null",
			Method: BillMethodSubCustomer, SubCustomerID: "m", StatisticType: StatisticTypeCycle, PayerAccountID: "p",
		},
	} {
		bill, err := c.ListResourceRecords(t.Context(), req)
		if err != nil || bill.TotalCount != 1 || bill.Currency == "" {
			t.Fatalf("got %+v, %v", bill, err)
		}
		rows, err := collect(t, bill.Rows)
		if err != nil || len(rows) != 1 || rows[0].ResourceTypeCode == "" || len(rows[0].AZCodeInfos) != 1 ||
			len(rows[0].ExtendParams.RelationInfos) != 1 {
			t.Errorf("got %+v, %v", rows, err)
		}
		requests := fake.requests()
		last := requests[len(requests)-1]
		if last.body != want || last.Method != http.MethodPost || last.Header.Get("X-Language") != "en_US" {
			t.Errorf("sent %s %s, want %s", last.Method, last.body, want)
		}
	}
}

func TestListResourceFeeRecords(t *testing.T) {
	t.Parallel()
	fake := always(200, filledBut(t, "list_resource_fee_records", map[string]any{
		"charge_mode": "10", "bill_type": 15, "bill_date": "2026-03-31",
	}))
	c, _ := newTestClient(t, fake)
	yes := true
	bill, err := c.ListResourceFeeRecords(t.Context(), ListResourceFeeRecordsRequest{
		Cycle: "2026-03", ChargeMode: ChargeModeReservedInstance, BillType: BillTypeTax, IncludeZeroRecord: &yes, TradeID: "CS1",
		BillDateBegin: "2026-03-31", BillDateEnd: "2026-03-31", StatisticType: StatisticTypeDetail,
	})
	if err != nil || bill.TotalCount != 1 || bill.Currency == "" {
		t.Fatalf("got %+v, %v", bill, err)
	}
	rows, err := collect(t, bill.Rows)
	if err != nil || len(rows) != 1 || rows[0].ID == "" || rows[0].ChargeMode == "" || rows[0].PeriodType == "" || rows[0].Usage.IsNull() {
		t.Errorf("got %+v, %v", rows, err)
	}
	want := url.Values{
		"cycle": {"2026-03"}, "charge_mode": {"10"}, "bill_type": {"15"}, "include_zero_record": {"true"}, "trade_id": {"CS1"},
		"bill_date_begin": {"2026-03-31"}, "bill_date_end": {"2026-03-31"}, "statistic_type": {"3"}, "limit": {"1000"}, "offset": {"0"},
	}
	if diff := cmp.Diff(want, fake.requests()[0].URL.Query()); diff != "" {
		t.Error(diff)
	}
}

func TestListFeeRecords(t *testing.T) {
	t.Parallel()
	fake := always(200, filledBut(t, "list_fee_records", map[string]any{
		"provider_type": 2, "charging_mode": 1, "bill_type": 103, "status": 3,
	}))
	c, _ := newTestClient(t, fake, WithSite(SiteChina))
	req := ListFeeRecordsRequest{
		BillCycle: "2026-03", ProviderType: ProviderTypeMarketplace, ChargingMode: ChargeModePeriod, BillType: BillTypeYearlyPayment,
		Status: FeeRecordStatusNotBilled, IncludeZeroRecord: new(bool),
	}
	bill, err := c.ListFeeRecords(t.Context(), req)
	if err != nil || bill.TotalCount != 1 || bill.Currency == "" {
		t.Fatalf("got %+v, %v", bill, err)
	}
	rows, err := collect(t, bill.Rows)
	if err != nil || len(rows) != 1 || rows[0].Status == 0 || rows[0].EraseAmount.IsNull() {
		t.Errorf("got %+v, %v", rows, err)
	}
	want := url.Values{
		"bill_cycle": {"2026-03"}, "provider_type": {"2"}, "charging_mode": {"1"}, "bill_type": {"103"}, "status": {"3"},
		"include_zero_record": {"false"}, "limit": {"1000"}, "offset": {"0"},
	}
	if diff := cmp.Diff(want, fake.requests()[0].URL.Query()); diff != "" {
		t.Error(diff)
	}
	for _, site := range []Site{SiteInternational, SiteEurope} {
		fake := always(200, filled(t, "list_fee_records"))
		c, _ := newTestClient(t, fake, WithSite(site))
		if bill, err := c.ListFeeRecords(t.Context(), req); !errors.Is(err, ErrNotOnSite) || bill != nil || len(fake.requests()) != 0 {
			t.Errorf("%s: %v, %v", site, bill, err)
		}
	}
}

// TestBillsOfSomethingElseAreNotAskedFor has requests that the API would answer,
// with a bill that was not meant.
func TestBillsOfSomethingElseAreNotAskedFor(t *testing.T) {
	t.Parallel()
	fake := always(200, `{"total_count":0}`)
	c, _ := newTestClient(t, fake, WithSite(SiteChina))
	tests := map[string]struct{ cycle, method, member, begin, end string }{
		"no cycle":                     {},
		"a malformed cycle":            {cycle: "2026-3"},
		"a day for a cycle":            {cycle: "2026-03-01"},
		"a thirteenth month":           {cycle: "2026-13"},
		"a member without its method":  {cycle: "2026-03", member: "m"},
		"a member beside another":      {cycle: "2026-03", method: BillMethodAll, member: "m"},
		"the method without a member":  {cycle: "2026-03", method: BillMethodSubCustomer},
		"a first day alone":            {cycle: "2026-03", begin: "2026-03-01"},
		"a last day alone":             {cycle: "2026-03", end: "2026-03-31"},
		"a first day before the cycle": {cycle: "2026-03", begin: "2026-02-28", end: "2026-03-02"},
		"a last day after the cycle":   {cycle: "2026-03", begin: "2026-03-01", end: "2026-04-01"},
		"days the wrong way round":     {cycle: "2026-03", begin: "2026-03-02", end: "2026-03-01"},
		"a day that does not exist":    {cycle: "2026-02", begin: "2026-02-01", end: "2026-02-29"},
		"a malformed day":              {cycle: "2026-03", begin: "2026-03-1", end: "2026-03-02"},
	}
	refused := func(name string, err error) {
		t.Helper()
		if !errors.Is(err, ErrNotSent) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, test := range tests {
		if test.begin == "" && test.end == "" {
			_, err := c.GetMonthlySumBill(
				t.Context(),
				GetMonthlySumBillRequest{BillCycle: test.cycle, Method: test.method, SubCustomerID: test.member},
			)
			refused("monthly sums: "+name, err)
		}
		_, err := c.ListResourceRecords(t.Context(), ListResourceRecordsRequest{
			Cycle: test.cycle, Method: test.method, SubCustomerID: test.member, BillCycleBegin: test.begin, BillCycleEnd: test.end,
			StatisticType: StatisticTypeDay,
		})
		refused("lines: "+name, err)
		_, err = c.ListResourceFeeRecords(t.Context(), ListResourceFeeRecordsRequest{
			Cycle: test.cycle, Method: test.method, SubCustomerID: test.member, BillDateBegin: test.begin, BillDateEnd: test.end,
			StatisticType: StatisticTypeDetail,
		})
		refused("charges: "+name, err)
		_, err = c.ListFeeRecords(t.Context(), ListFeeRecordsRequest{
			BillCycle: test.cycle, Method: test.method, SubCustomerID: test.member, BillDateBegin: test.begin, BillDateEnd: test.end,
		})
		refused("transactions: "+name, err)
	}
	for name, req := range map[string]ListResourceRecordsRequest{
		"no statistic type":      {Cycle: "2026-03"},
		"unknown statistic type": {Cycle: "2026-03", StatisticType: 4},
		"days by cycle":          {Cycle: "2026-03", StatisticType: StatisticTypeCycle, BillCycleBegin: "2026-03-01", BillCycleEnd: "2026-03-02"},
	} {
		_, err := c.ListResourceRecords(t.Context(), req)
		refused("lines: "+name, err)
	}
	for name, req := range map[string]ListResourceFeeRecordsRequest{
		"no statistic type": {Cycle: "2026-03"},
		"by day":            {Cycle: "2026-03", StatisticType: StatisticTypeDay},
		"days by cycle":     {Cycle: "2026-03", StatisticType: StatisticTypeCycle, BillDateBegin: "2026-03-01", BillDateEnd: "2026-03-02"},
	} {
		_, err := c.ListResourceFeeRecords(t.Context(), req)
		refused("charges: "+name, err)
	}
	if n := len(fake.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// pagesOfABill answers with pages of rows; change may alter an answer's total
// and what stands beside the rows.
func pagesOfABill(total int, row func(i int) string, change func(offset, total int) (int, string)) *network {
	return &network{answer: func(_ int, req sent) (*http.Response, error) {
		offset := offsetOf(req)
		rows := make([]string, 0, billPageSize)
		for i := offset; i < min(total, offset+billPageSize); i++ {
			rows = append(rows, row(i))
		}
		count, beside := change(offset, total)

		return reply(
			200,
			fmt.Sprintf(
				`{"total_count":%d,%s,"monthly_records":[%s],"fee_records":[%[3]s],"bill_sums":[%[3]s]}`,
				count,
				beside,
				strings.Join(rows, ","),
			),
		), nil
	}}
}

// offsetOf returns the offset that a request asks for, in its query or body.
func offsetOf(req sent) int {
	text := req.URL.Query().Get("offset")
	if text == "" {
		_, text, _ = strings.Cut(req.body, `"offset":`)
		text, _, _ = strings.Cut(text, ",")
	}
	offset, _ := strconv.Atoi(text)

	return offset
}

func unchanged(_, total int) (int, string) { return total, `"currency":"USD"` }

// alike is a row of a bill, of which 700 in turn are alike: also on two pages, but no
// two pages are.
func alike(i int) string {
	return fmt.Sprintf(`{"id":"","trade_id":"t%d","consume_amount":0.00000001}`, i/700)
}

func TestBillRowsThatAreAlikeAllCount(t *testing.T) {
	t.Parallel()
	const total = 2500
	fake := pagesOfABill(total, alike, unchanged)
	c, _ := newTestClient(t, fake)
	bill, err := c.ListResourceRecords(t.Context(), march)
	if err != nil {
		t.Fatal(err)
	}
	var sum Decimal
	rows, err := collect(t, bill.Rows)
	for _, row := range rows {
		sum = sum.Add(row.ConsumeAmount)
	}
	if err != nil || bill.TotalCount != total || len(rows) != total || sum.String() != "0.00002500" {
		t.Errorf("%d rows of %d, sum %s, %v", len(rows), bill.TotalCount, sum, err)
	}
	if n := len(fake.requests()); n != 3 {
		t.Errorf("%d requests for 3 pages", n)
	}
}

func TestFeeRecordsAreToldApartByIDWhenDetailed(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		statistic  StatisticType
		row        func(i int) string
		incomplete bool
	}{
		"detailed":                        {StatisticTypeDetail, func(i int) string { return fmt.Sprintf(`{"id":"%d"}`, i) }, false},
		"detailed, a row comes again":     {StatisticTypeDetail, func(i int) string { return fmt.Sprintf(`{"id":"%d"}`, min(i, 1000)) }, true},
		"detailed, without ids":           {StatisticTypeDetail, alike, false},
		"by cycle":                        {StatisticTypeCycle, alike, false},
		"by cycle, ids that say nothing":  {StatisticTypeCycle, func(int) string { return `{"id":"0"}` }, false},
		"detailed, the first comes twice": {StatisticTypeDetail, func(i int) string { return fmt.Sprintf(`{"id":"%d"}`, i%1000) }, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := newTestClient(t, pagesOfABill(1500, test.row, unchanged))
			bill, err := c.ListResourceFeeRecords(t.Context(), ListResourceFeeRecordsRequest{Cycle: "2026-03", StatisticType: test.statistic})
			if err != nil {
				t.Fatal(err)
			}
			rows, err := collect(t, bill.Rows)
			if errors.Is(err, ErrIncomplete) != test.incomplete || err == nil && len(rows) != 1500 {
				t.Errorf("%d rows, %v", len(rows), err)
			}
		})
	}
}

// TestABillThatChangesWhileItIsRead must not pass for a whole one: rows that
// nothing tells apart may have moved from page to page.
func TestABillThatChangesWhileItIsRead(t *testing.T) {
	t.Parallel()
	changes := map[string]func(offset, total int) (int, string){
		"one row more": func(offset, total int) (int, string) {
			return total + min(offset/2000, 1), `"currency":"USD"`
		},
		"one row less": func(offset, total int) (int, string) {
			return total - min(offset/2000, 1), `"currency":"USD"`
		},
		"another currency": func(offset, total int) (int, string) {
			return total, fmt.Sprintf(`"currency":%q`, map[bool]string{false: "USD", true: "EUR"}[offset >= 2000])
		},
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := newTestClient(t, pagesOfABill(4000, alike, change))
			bill, err := c.ListResourceRecords(t.Context(), march)
			if err != nil {
				t.Fatal(err)
			}
			rows, err := collect(t, bill.Rows)
			if !errors.Is(err, ErrIncomplete) || len(rows) > 3000 {
				t.Errorf("%d rows, %v", len(rows), err)
			}
		})
	}
	t.Run("another sum", func(t *testing.T) {
		t.Parallel()
		c, _ := newTestClient(t, pagesOfABill(1001, alike, func(offset, total int) (int, string) {
			return total, fmt.Sprintf(`"consume_amount":%d`, offset)
		}))
		bill, err := c.GetMonthlySumBill(t.Context(), GetMonthlySumBillRequest{BillCycle: "2026-03"})
		if err != nil {
			t.Fatal(err)
		}
		if rows, err := collect(t, bill.Rows); !errors.Is(err, ErrIncomplete) || len(rows) != 1000 {
			t.Errorf("%d rows, %v", len(rows), err)
		}
	})
}

func TestABillIsReadAgainByAnotherLoop(t *testing.T) {
	t.Parallel()
	fake := pagesOfABill(1500, alike, unchanged)
	c, _ := newTestClient(t, fake)
	bill, err := c.ListResourceRecords(t.Context(), march)
	if err != nil || len(fake.requests()) != 1 {
		t.Fatalf("%d requests for what stands beside the rows, %v", len(fake.requests()), err)
	}
	for loop, requests := range []int{2, 4} {
		rows, err := collect(t, bill.Rows)
		if n := len(fake.requests()); err != nil || len(rows) != 1500 || n != requests {
			t.Errorf("loop %d: %d rows with %d requests, %v", loop, len(rows), n, err)
		}
	}
}

func TestBillsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for body, kind := range map[string]error{
		`{}`: ErrUnreadable,
		`{"monthly_records":[{"consume_amount":1}]}`:                  ErrIncomplete,
		`{"total_count":null,"monthly_records":[]}`:                   ErrIncomplete,
		`{"total_count":-1}`:                                          ErrIncomplete,
		`{"total_count":1,"monthly_records":[{"consume_amount":{}}]}`: ErrUnreadable,
		`{"error_code":"CBC.18000048","error_msg":"too many"}`:        CodeTooManyMembers,
	} {
		c, _ := newTestClient(t, always(200, body))
		if bill, err := c.ListResourceRecords(t.Context(), march); !errors.Is(err, kind) || bill != nil {
			t.Errorf("%s: %+v, %v", body, bill, err)
		}
	}
	c, _ := newTestClient(t, always(200, `{"total_count":2,"monthly_records":[{}]}`))
	bill, err := c.ListResourceRecords(t.Context(), march)
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := collect(t, bill.Rows); !errors.Is(err, ErrIncomplete) || len(rows) != 1 {
		t.Errorf("one row of two: %d, %v", len(rows), err)
	}
	c, _ = newTestClient(t, always(200, `{"total_count":0,"monthly_records":null,"currency":"USD"}`))
	if bill, err = c.ListResourceRecords(t.Context(), march); err != nil || bill.TotalCount != 0 {
		t.Fatalf("an empty bill: %+v, %v", bill, err)
	}
	if rows, err := collect(t, bill.Rows); err != nil || len(rows) != 0 {
		t.Errorf("an empty bill: %d rows, %v", len(rows), err)
	}
}

func TestAPageThatFailsFailsTheBill(t *testing.T) {
	t.Parallel()
	pages := pagesOfABill(5000, alike, unchanged)
	fake := &network{answer: func(n int, req sent) (*http.Response, error) {
		if offsetOf(req) == 3000 {
			return reply(400, `{"error_code":"CBC.0100","error_msg":"no"}`), nil
		}

		return pages.answer(n, req)
	}}
	c, _ := newTestClient(t, fake)
	bill, err := c.ListResourceRecords(t.Context(), march)
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := collect(t, bill.Rows); !errors.Is(err, CodeParameterInvalid) || len(rows) != 3000 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// TestBillsAreFetchedAhead reads pages that take 100 ms each, on the site with a
// published quota of 30 a second.
func TestBillsAreFetchedAhead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const pages = 30
		bill := pagesOfABill(pages*billPageSize, alike, unchanged)
		var mu sync.Mutex
		var arrivals []time.Time
		fake := &network{answer: func(n int, req sent) (*http.Response, error) {
			mu.Lock()
			arrivals = append(arrivals, SystemClock().Now())
			mu.Unlock()
			if err := SystemClock().Sleep(req.Context(), 100*time.Millisecond); err != nil {
				return nil, err
			}

			return bill.answer(n, req)
		}}
		c, _ := newTestClient(t, fake, WithClock(SystemClock()), WithSite(SiteChina))
		begin := SystemClock().Now()
		got, err := c.ListResourceRecords(t.Context(), march)
		if err != nil {
			t.Fatal(err)
		}
		count := 0
		for _, err := range got.Rows {
			if err != nil {
				t.Fatal(err)
			}
			count++
		}
		if count != pages*billPageSize || len(arrivals) != pages {
			t.Errorf("%d rows in %d pages", count, len(arrivals))
		}
		assertQuota(t, arrivals, 30, 0)
		if took := SystemClock().Now().Sub(begin); took > 1300*time.Millisecond {
			t.Errorf("%d pages at 30 a second took %v", pages, took)
		}
	})
}

// line is a line of a bill as the API writes it, with every field.
func line(b *testing.B) []byte {
	b.Helper()
	data, err := os.ReadFile("testdata/list_resource_records/filled.json")
	if err != nil {
		b.Fatal(err)
	}
	_, data, _ = bytes.Cut(data, []byte(`"monthly_records": [`))
	data = data[:bytes.LastIndexByte(data, ']')]

	return data
}

// billPage is an answer with a full page of lines.
func billPage(b *testing.B, total int) []byte {
	b.Helper()
	rows := bytes.TrimSuffix(bytes.Repeat(append(line(b), ','), billPageSize), []byte(","))

	return fmt.Appendf(nil, `{"monthly_records":[%s],"total_count":%d,"currency":"USD"}`, rows, total)
}

func BenchmarkReadBillPage(b *testing.B) {
	page := billPage(b, billPageSize)
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		var out listResourceRecordsResponse
		resp := reply(200, "")
		resp.Body = &answer{data: page}
		if err := (&attempts{op: opListResourceRecords}).read(resp, &out); err != nil || len(out.MonthlyRecords) != billPageSize {
			b.Fatal(err)
		}
	}
}

// BenchmarkSumBill sums up 100,000 lines and reports the most memory that was
// in use at once: it does not grow with the number of lines.
func BenchmarkSumBill(b *testing.B) {
	for _, lines := range []int{10_000, 100_000} {
		b.Run(strconv.Itoa(lines), func(b *testing.B) {
			page := string(billPage(b, lines))
			client, err := New(
				WithSite(SiteChina), WithCredentials(StaticCredentials(testKeys)), WithClock(clocktest.New(start)),
				WithTransport(always(200, page)),
			)
			if err != nil {
				b.Fatal(err)
			}
			var peak uint64
			for b.Loop() {
				bill, err := client.ListResourceRecords(b.Context(), march)
				if err != nil {
					b.Fatal(err)
				}
				var sum Decimal
				count := 0
				for row, err := range bill.Rows {
					if err != nil {
						b.Fatal(err)
					}
					sum = sum.Add(row.ConsumeAmount)
					if count++; count%billPageSize == 0 {
						var memory runtime.MemStats
						runtime.ReadMemStats(&memory)
						peak = max(peak, memory.HeapAlloc)
					}
				}
				if count != lines || sum.IsNull() {
					b.Fatalf("%d lines, sum %s", count, sum)
				}
			}
			b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
		})
	}
}

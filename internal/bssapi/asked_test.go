// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// TestRowsThatWereNotAskedFor: a row that does not pass a filter of its request is told
// from one that passes it, and from one that does not say.
func TestRowsThatWereNotAskedFor(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 3, 10, 12, 0, 0, 999, time.UTC)
	member := ListResourceRecordsRequest{Cycle: "2026-03", Method: BillMethodSubCustomer, SubCustomerID: "m"}
	days := ListResourceRecordsRequest{Cycle: "2026-03", BillCycleBegin: "2026-03-10", BillCycleEnd: "2026-03-11"}
	changes := ChangeFilter{TradeTimeBegin: "2026-03-10", TradeTimeEnd: "2026-03-11"}
	for name, test := range map[string]struct{ other, says string }{
		"orders": {ListOrdersRequest{Status: 6}.other(Order{Status: 5}), "the status completed, and pending_payment was asked for"},
		"orders of a type": {
			ListOrdersRequest{OrderType: 1}.other(Order{OrderType: 2}), "the type renewal, and new was asked for",
		},
		"orders before a time": {
			ListOrdersRequest{CreateTimeBegin: day}.other(Order{CreateTime: "2026-03-10T11:59:59Z"}), "2026-03-10T12:00:00Z or later was",
		},
		"orders paid after a time": {
			ListOrdersRequest{PaymentTimeEnd: day}.other(Order{PaymentTime: "2026-03-10T12:00:01Z"}), "2026-03-10T12:00:00Z or earlier was",
		},
		"orders at the times": {
			other: ListOrdersRequest{CreateTimeBegin: day, CreateTimeEnd: day}.other(Order{CreateTime: "2026-03-10T20:00:00+08:00"}),
		},
		"orders of a status that is not known": {other: ListOrdersRequest{Status: 6}.other(Order{Status: 99})},
		"orders that do not say": {
			other: ListOrdersRequest{Status: 6, OrderType: 1, CreateTimeBegin: day}.other(Order{CreateTime: "soon"}),
		},
		"resources": {
			ListResourcesRequest{StatusList: []ResourceStatus{2, 4}}.other(Resource{Status: 3}), "the status closed, and in_use or frozen was",
		},
		"resources of a service": {
			ListResourcesRequest{ServiceTypeCode: "a"}.other(Resource{ServiceTypeCode: "b"}), "the service b, and a was",
		},
		"resources that end later": {
			ListResourcesRequest{ExpireTimeEnd: day}.other(Resource{ExpireTime: "2026-04-01T00:00:00Z"}), "end of its term",
		},
		"attached resources": {
			ListResourcesRequest{OnlyMainResource: true}.other(Resource{IsMainResource: new(int)}), "the kind attached, and primary was",
		},
		"an attached resource by its id": {
			other: ListResourcesRequest{OnlyMainResource: true, ResourceIDs: []string{"r"}}.other(Resource{IsMainResource: new(int)}),
		},
		"attached resources of another service": {
			other: ListResourcesRequest{ServiceTypeCode: "a"}.other(Resource{IsMainResource: new(int), ServiceTypeCode: "b"}),
		},
		"coupons":     {ListCouponsRequest{CouponType: 1}.other(Coupon{CouponTerms: CouponTerms{CouponType: 2}}), "the type discount, and cash"},
		"a coupon":    {ListCouponsRequest{CouponID: "CP1"}.other(Coupon{CouponTerms: CouponTerms{CouponID: "CP2"}}), "the id CP2"},
		"cards":       {ListStoredValueCardsRequest{Status: 1}.other(StoredValueCard{Status: 2}), "the status used_up, and available"},
		"monthly sum": {GetMonthlySumBillRequest{BillCycle: "2026-03"}.other(MonthlySum{BillCycle: "2026-02"}), "the month 2026-02"},
		"fees":        {ListFeeRecordsRequest{Status: 1}.other(FeeRecord{Status: 3}), "the status not_billed, and paid"},
		"no project": {
			ListFeeRecordsRequest{EnterpriseProjectID: "null"}.other(FeeRecord{EnterpriseProjectID: "0"}), "project 0, and none was",
		},
		"no project at all": {other: ListFeeRecordsRequest{EnterpriseProjectID: "null"}.other(FeeRecord{})},
		"lines of a member": {
			member.other(ResourceRecord{ResourceCharge: ResourceCharge{CustomerID: "n"}}), "the account n, and m was",
		},
		"lines of days":        {days.other(ResourceRecord{ResourceCharge: ResourceCharge{BillDate: "2026-03-20"}}), "2026-03-10 to 2026-03-11"},
		"lines of a neighbour": {other: days.other(ResourceRecord{ResourceCharge: ResourceCharge{BillDate: "2026-03-12"}})},
		"charges": {
			ListResourceFeeRecordsRequest{ChargeMode: 3}.other(ResourceFeeRecord{ChargeMode: "1"}),
			"the charge mode yearly_monthly, and pay_per_use",
		},
		"shares": {
			ListMonthlyCostBreakdownRequest{SharedMonth: "2026-03"}.other(CostShare{SharedMonth: "2026-04"}), "the month 2026-04",
		},
		"changes":               {changes.other(ChangeRecord{TradeTime: "2026-03-01T00:00:00Z"}), "the time 2026-03-01T00:00:00Z"},
		"changes of a day":      {other: changes.other(ChangeRecord{TradeTime: "2026-03-09T16:00:00Z"})},
		"changes of an account": {ListAccountChangeRecordsRequest{PaymentChannelNo: "1"}.other(AccountChangeRecord{PaymentChannelNo: "2"}), "2"},
		"changes of a coupon":   {ListCouponChangeRecordsRequest{CouponID: "a"}.other(CouponChangeRecord{CouponID: "b"}), "the coupon b"},
		"packages": {
			ListPackagesRequest{Status: new(PackageStatus)}.other(Package{Status: pointerTo(PackageStatusUsedUp)}),
			"the status used_up, and not_effective",
		},
		"packages of a service": {
			ListPackagesRequest{ServiceTypeCodeList: []string{"a", "b"}}.other(Package{ServiceTypeCode: "c"}), "the service c, and a or b",
		},
		"package records": {
			ListPackageUsageRecordsRequest{FreeResourceID: "a"}.other(PackageUsageRecord{FreeResourceID: "b"}), "the package b, and a",
		},
	} {
		if test.says == "" && test.other != "" || !strings.Contains(test.other, test.says) {
			t.Errorf("%s: said %q, want %q", name, test.other, test.says)
		}
	}
}

// TestPagesThatWereNotAskedFor: one row that was not asked for is an error, on any page.
func TestPagesThatWereNotAskedFor(t *testing.T) {
	t.Parallel()
	fake := inTurn(
		gives(200, `{"total_count":2,"order_infos":[{"order_id":"CS1","status":6}]}`),
		gives(200, `{"total_count":2,"order_infos":[{"order_id":"CS2","status":5}]}`),
	)
	c, _ := newTestClient(t, fake)
	got, err := collect(t, c.ListOrders(t.Context(), ListOrdersRequest{Status: OrderStatusPendingPayment, Strict: true}))
	if !errors.Is(err, ErrNotAsked) || len(got) != 1 || len(fake.requests()) != 2 {
		t.Errorf("%d rows after %d calls, %v", len(got), len(fake.requests()), err)
	}
}

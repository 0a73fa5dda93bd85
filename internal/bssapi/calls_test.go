// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func filled(t *testing.T, operation string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + operation + "/filled.json")
	if err != nil {
		t.Fatal(err)
	}

	return string(data)
}

// filledBut is a filled answer, with these values in the fields of these names.
func filledBut(t *testing.T, operation string, values map[string]any) string {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(filled(t, operation)))
	decoder.UseNumber()
	var answer any
	if err := decoder.Decode(&answer); err != nil {
		t.Fatal(err)
	}
	set := map[string]bool{}
	var change func(value any)
	change = func(value any) {
		switch value := value.(type) {
		case map[string]any:
			for name, part := range value {
				if other, is := values[name]; is {
					value[name], set[name] = other, true
				} else {
					change(part)
				}
			}
		case []any:
			for _, part := range value {
				change(part)
			}
		}
	}
	if change(answer); len(set) != len(values) {
		t.Fatalf("of %v, the answer of %s has only %v", values, operation, set)
	}
	text, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}

	return string(text)
}

func TestListOrders(t *testing.T) {
	t.Parallel()
	fake := always(200, filledBut(t, "list_orders", map[string]any{"status": 6, "order_type": 2, "create_time": "2026-01-01T00:00:00Z"}))
	c, _ := newTestClient(t, fake)
	zone := time.FixedZone("", 8*3600)
	got, err := collect(t, c.ListOrders(t.Context(), ListOrdersRequest{
		OrderID:         "CS1",
		CreateTimeBegin: time.Date(2026, 1, 1, 8, 0, 0, 5, zone),
		Status:          OrderStatusPendingPayment,
		OrderType:       OrderTypeRenewal,
		OrderBy:         "-createTime",
	}))
	if err != nil || len(got) != 1 {
		t.Fatalf("%d orders, %v", len(got), err)
	}
	want := url.Values{
		"order_id": {"CS1"}, "create_time_begin": {"2026-01-01T00:00:00Z"}, "status": {"6"}, "order_type": {"2"},
		"order_by": {"-createTime"}, "limit": {"100"}, "offset": {"0"},
	}
	if diff := cmp.Diff(want, fake.requests()[0].URL.Query()); diff != "" {
		t.Error(diff)
	}
	order := got[0]
	if order.OrderID == "" || order.AgentPayInfo == nil || len(order.SubOrderInfos) != 1 || order.AmountInfo == nil ||
		order.AmountAfterDiscount.IsNull() {
		t.Errorf("got %+v", order)
	}
}

func TestAbsentIsZero(t *testing.T) {
	t.Parallel()
	const nulls = `{"total_count":2,"order_infos":[{"order_id":"a","status":null,"amount_info":null,"official_amount":"","sub_order_infos":null,"agent_pay_info":null,"new_field":{"x":1}},{"order_id":"b"}]}`
	c, _ := newTestClient(t, always(200, nulls))
	got, err := collect(t, c.ListOrders(t.Context(), ListOrdersRequest{}))
	if diff := cmp.Diff([]Order{{OrderID: "a"}, {OrderID: "b"}}, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
}

func TestGetOrderReadsAllLines(t *testing.T) {
	t.Parallel()
	const total = 250
	fake := &network{answer: func(_ int, req sent) (*http.Response, error) {
		offset, _ := strconv.Atoi(req.URL.Query().Get("offset"))
		var lines []string
		for i := offset; i < min(total, offset+100); i++ {
			lines = append(lines, fmt.Sprintf(`{"order_line_item_id":"CS1-%d","order_id":"CS1","amount_after_discount":0.10}`, i))
		}
		// The order changes while its lines are read: the first page counts.
		status := OrderStatusPendingPayment
		if offset > 0 {
			status = OrderStatusProcessing
		}

		return reply(
			200,
			fmt.Sprintf(
				`{"total_count":%d,"order_info":{"order_id":"CS1","status":%d,"pending_payment_end_time":"2026-01-08T00:00:00Z"},"order_line_items":[%s]}`,
				total,
				status,
				strings.Join(lines, ","),
			),
		), nil
	}}
	c, _ := newTestClient(t, fake)
	got, err := c.GetOrder(t.Context(), "CS1")
	if err != nil {
		t.Fatal(err)
	}
	var sum Decimal
	for i, line := range got.Lines {
		if line.OrderLineItemID != "CS1-"+strconv.Itoa(i) {
			t.Fatalf("line %d is %s", i, line.OrderLineItemID)
		}
		sum = sum.Add(line.AmountAfterDiscount)
	}
	if len(got.Lines) != total || sum.String() != "25.00" || got.OrderID != "CS1" || got.Status != OrderStatusPendingPayment ||
		got.PendingPaymentEndTime == "" {
		t.Errorf("%d lines, sum %s, order %+v", len(got.Lines), sum, got.Order)
	}
	if path := fake.requests()[0].URL.Path; path != "/v2/orders/customer-orders/details/CS1" {
		t.Errorf("path %s", path)
	}
}

func TestGetOrderWithoutOrder(t *testing.T) {
	t.Parallel()
	for body, kind := range map[string]error{
		`{"total_count":0}`:                         ErrNotFound,
		`{"total_count":0,"order_info":null}`:       ErrNotFound,
		`{"total_count":0,"order_info":{}}`:         ErrNotFound,
		`{}`:                                        ErrUnreadable,
		`{"total_count":1,"order_line_items":[{}]}`: ErrUnreadable,
		`{"order_info":{"order_id":"CS1"}}`:         ErrIncomplete,
		`{"total_count":2,"order_info":{"order_id":"CS1"},"order_line_items":[{"order_line_item_id":"a"}]}`: ErrIncomplete,
		`{"error_code":"CBC.30000010","error_msg":"no such order"}`:                                         ErrNotFound,
	} {
		c, _ := newTestClient(t, always(200, body))
		if got, err := c.GetOrder(t.Context(), "CS1"); !errors.Is(err, kind) || got != nil {
			t.Errorf("%s: got %v, %v", body, got, err)
		}
	}
}

func TestListOrderCoupons(t *testing.T) {
	t.Parallel()
	fake := always(200, filled(t, "list_order_coupons"))
	c, _ := newTestClient(t, fake, WithSite(SiteChina))
	got, err := c.ListOrderCoupons(t.Context(), "CS1")
	if err != nil || len(got.UserCoupons) != 1 || len(got.CouponMaxUseQuantity) != 1 || got.UserCoupons[0].CouponGroup == nil {
		t.Errorf("got %+v, %v", got, err)
	}
	if query := fake.requests()[0].URL.RawQuery; query != "order_id=CS1" {
		t.Errorf("query %s", query)
	}
	c, _ = newTestClient(t, always(200, `{"count":2,"user_coupons":[{"coupon_id":"a"}]}`), WithSite(SiteChina))
	if _, err := c.ListOrderCoupons(t.Context(), "CS1"); !errors.Is(err, ErrIncomplete) {
		t.Errorf("one of two coupons: %v", err)
	}
}

func TestListOrderDiscounts(t *testing.T) {
	t.Parallel()
	fake := always(200, filled(t, "list_order_discounts"))
	c, _ := newTestClient(t, fake)
	got, err := c.ListOrderDiscounts(t.Context(), "CS1")
	if err != nil || len(got) != 1 || got[0].DiscountType == nil || len(got[0].Orders) != 1 ||
		len(got[0].Orders[0].OrderLineItems[0].OrderLineItemIDs) != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestListCoupons(t *testing.T) {
	t.Parallel()
	fake := always(200, filledBut(t, "list_coupons", map[string]any{"status": 2, "coupon_type": 1}))
	c, _ := newTestClient(t, fake)
	got, err := collect(t, c.ListCoupons(t.Context(), ListCouponsRequest{Status: CouponStatusAvailable, CouponType: CouponTypeCash}))
	if err != nil || len(got) != 1 || got[0].CouponID == "" || len(got[0].UseLimits) != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
	want := url.Values{"status": {"2"}, "coupon_type": {"1"}, "limit": {"100"}, "offset": {"0"}}
	if diff := cmp.Diff(want, fake.requests()[0].URL.Query()); diff != "" {
		t.Error(diff)
	}
}

func TestListResources(t *testing.T) {
	t.Parallel()
	fake := always(200, filledBut(t, "list_resources", map[string]any{
		"is_main_resource": 1, "status": 2, "expire_time": "2026-01-02T03:04:05Z", "service_type_code": "hws.service.type.ec2",
	}))
	c, _ := newTestClient(t, fake)
	for want, req := range map[string]ListResourcesRequest{
		`{"resource_ids":["r1","r2"],"only_main_resource":0,"offset":0,"limit":500}`:                 {ResourceIDs: []string{"r1", "r2"}},
		`{"order_id":"CS1","only_main_resource":1,"status_list":[2,4],"offset":0,"limit":500}`:       {OrderID: "CS1", OnlyMainResource: true, StatusList: []ResourceStatus{ResourceStatusInUse, ResourceStatusFrozen}},
		`{"only_main_resource":0,"offset":0,"limit":500,"expire_time_end":"2026-01-02T03:04:05Z"}`:   {ExpireTimeEnd: start},
		`{"only_main_resource":0,"offset":0,"limit":500,"service_type_code":"hws.service.type.ec2"}`: {ServiceTypeCode: "hws.service.type.ec2"},
		`{"only_main_resource":0,"offset":0,"limit":500}`:                                            {AllResources: true},
	} {
		got, err := collect(t, c.ListResources(t.Context(), req))
		if err != nil || len(got) != 1 || got[0].ResourceID == "" || got[0].ExpirePolicy == nil || got[0].EnterpriseProject == nil {
			t.Errorf("got %+v, %v", got, err)
		}
		requests := fake.requests()
		if body := requests[len(requests)-1].body; body != want {
			t.Errorf("body %s, want %s", body, want)
		}
	}
}

func TestListResourcesRefusesToMeanEverything(t *testing.T) {
	t.Parallel()
	fake := always(200, filled(t, "list_resources"))
	c, _ := newTestClient(t, fake)
	for name, req := range map[string]ListResourcesRequest{
		"nothing":              {},
		"only primary ones":    {OnlyMainResource: true},
		"no ids":               {ResourceIDs: []string{}},
		"no ids with a filter": {ResourceIDs: []string{}, StatusList: []ResourceStatus{2}},
		"no ids, yet all":      {ResourceIDs: []string{}, AllResources: true},
		"an empty id":          {ResourceIDs: []string{"r1", ""}},
		"too many ids":         {ResourceIDs: numbers(0, 51)},
	} {
		got, err := collect(t, c.ListResources(t.Context(), req))
		if !errors.Is(err, ErrNotSent) || len(got) != 0 {
			t.Errorf("%s: %d rows, %v", name, len(got), err)
		}
	}
	if n := len(fake.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestGetAccountBalances(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient(t, always(200, filled(t, "get_account_balances")))
	got, err := c.GetAccountBalances(t.Context())
	if err != nil || len(got.AccountBalances) != 1 || got.AccountBalances[0].Amount.String() != "12345678901234.5678901234567890" ||
		got.Currency == "" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestPayOrder(t *testing.T) {
	t.Parallel()
	tests := map[string]PayOrderRequest{
		`{"order_id":"CS1","use_coupon":"NO","use_discount":"NO"}`: {OrderID: "CS1"},
		`{"order_id":"CS1","use_coupon":"YES","use_discount":"NO","coupon_infos":[{"id":"c1","type":301},{"id":"c2","type":300}]}`: {
			OrderID: "CS1", Coupons: []PayCoupon{{"c1", int(PayCouponTypeCash)}, {"c2", int(PayCouponTypeDiscount)}},
		},
		`{"order_id":"CS1","use_coupon":"NO","use_discount":"YES","discount_infos":[{"id":"d1","type":0}]}`: {
			OrderID: "CS1", Coupons: []PayCoupon{}, Discount: &PayDiscount{"d1", int(DiscountTypePromotion)},
		},
	}
	for want, req := range tests {
		fake := always(204, "")
		c, _ := newTestClient(t, fake)
		if err := c.PayOrder(t.Context(), req); err != nil {
			t.Error(err)
		}
		got := fake.requests()
		if len(got) != 1 || got[0].body != want || got[0].Method != http.MethodPost || got[0].URL.Path != "/v3/orders/customer-orders/pay" {
			t.Errorf("sent %s %s %s, want %s", got[0].Method, got[0].URL, got[0].body, want)
		}
		if got[0].Header.Get("Idempotency-Key") != "" || got[0].Header.Get("X-Idempotency-Key") != "" {
			t.Error("a header lets net/http repeat the payment")
		}
	}
	fake := always(204, "")
	c, _ := newTestClient(t, fake)
	if err := c.PayOrder(
		t.Context(),
		PayOrderRequest{OrderID: "CS1", Coupons: make([]PayCoupon, 4)},
	); !NotDone(err) ||
		len(fake.requests()) != 0 {
		t.Errorf("four coupons: %v", err)
	}
}

func TestMutationAnswers(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		status int
		body   string
		kind   error
	}{
		"204":                   {204, "", nil},
		"200 with an object":    {200, `{}`, ErrUnreadable},
		"200 with a word":       {200, `{"status":"UP"}`, ErrUnreadable},
		"200 with success code": {200, `{"error_code":"CBC.0000","error_msg":"success"}`, ErrUnreadable},
		"200 with a refusal":    {200, `{"error_code":"CBC.99005003"}`, ErrUnreadable},
		"201":                   {201, "", ErrUnreadable},
		"202 with an object":    {202, `{}`, ErrUnreadable},
		"200 without anything":  {200, "", ErrUnreadable},
		"200 with a login page": {200, "<html>", ErrUnreadable},
		"200 cut off":           {200, `{"error_code":"CBC.0`, ErrUnreadable},
	}
	for name, test := range tests {
		c, _ := newTestClient(t, always(test.status, test.body))
		for _, err := range []error{c.PayOrder(t.Context(), PayOrderRequest{OrderID: "CS1"}), c.CancelOrder(t.Context(), "CS1")} {
			if test.kind == nil && err != nil || test.kind != nil && !errors.Is(err, test.kind) {
				t.Errorf("%s: %v", name, err)
			}
			if errors.Is(err, ErrUnreadable) && NotDone(err) {
				t.Errorf("%s: %v is in doubt", name, err)
			}
		}
	}
}

// TestAnsweringMutations: a write that is answered with a body is done with HTTP
// 200 alone.
func TestAnsweringMutations(t *testing.T) {
	t.Parallel()
	body := `{"error_code":"CBC.0000","tradeNo":"T1","order_ids":["CS1"],"error_details":[]}`
	for status, kind := range map[int]error{200: nil, 201: ErrUnreadable, 202: ErrUnreadable, 204: ErrUnreadable, 206: ErrUnreadable} {
		c, _ := newTestClient(t, always(status, body))
		_, paid := c.PayOrderV1(t.Context(), PayOrderV1Request{DomainID: "d1", OrderID: "CS1"})
		_, renewed := c.RenewResources(t.Context(), RenewResourcesRequest{ResourceIDs: []string{"r"}, PeriodType: 2, PeriodNum: 1})
		_, unsubscribed := c.UnsubscribeResources(t.Context(), UnsubscribeResourcesRequest{ResourceIDs: []string{"r"}, Type: 1})
		for _, err := range []error{paid, renewed, unsubscribed} {
			if !errors.Is(err, kind) || NotDone(err) {
				t.Errorf("HTTP %d: %v, want %v", status, err, kind)
			}
		}
	}
}

// TestToOnDemandFailures: what an answer says of one resource is short, and on one line.
func TestToOnDemandFailures(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient(t, always(200, `{"error_details":[{"id":"r","error_code":"CBC.1\u001b2","error_msg":"a\n\u001b[31mb"},`+
		`{"id":"`+strings.Repeat("x", 5000)+`","error_code":"`+strings.Repeat("9", 5000)+`","error_msg":"`+strings.Repeat("é", 5000)+`"}]}`))
	got, err := c.SetToOnDemandOnExpiry(t.Context(), SetToOnDemandOnExpiryRequest{ResourceIDs: []string{"r"}, Operation: ToOnDemandSetUp})
	if err != nil || len(got) != 2 || got[0] != (ToOnDemandFailure{ID: "r", ErrorCode: "CBC.1 2", ErrorMessage: "a [31mb"}) {
		t.Fatalf("%q, %v", got, err)
	}
	if long := got[1]; len(long.ID) > 1010 || len(long.ErrorCode) > 110 || len(long.ErrorMessage) > 1010 {
		t.Errorf("%d bytes of id, %d of code, %d of message", len(long.ID), len(long.ErrorCode), len(long.ErrorMessage))
	}
}

func TestCancelOrder(t *testing.T) {
	t.Parallel()
	fake := always(204, "")
	c, _ := newTestClient(t, fake)
	if err := c.CancelOrder(t.Context(), "CS1"); err != nil {
		t.Fatal(err)
	}
	got := fake.requests()[0]
	if got.Method != http.MethodPut || got.body != `{"order_id":"CS1"}` {
		t.Errorf("sent %s %s", got.Method, got.body)
	}
}

func TestPayOrderV1(t *testing.T) {
	t.Parallel()
	fake := always(200, filled(t, "pay_order_v1"))
	c, _ := newTestClient(t, fake)
	got, err := c.PayOrderV1(t.Context(), PayOrderV1Request{DomainID: "d1", OrderID: "CS1"})
	if err != nil || got.TradeNo == "" || got.ErrorCode != CodeSuccess {
		t.Fatalf("got %+v, %v", got, err)
	}
	req := fake.requests()[0]
	if req.URL.Path != "/v1.0/d1/customer/order-mgr/order/pay" || req.body != `{"orderId":"CS1"}` {
		t.Errorf("sent %s %s", req.URL, req.body)
	}
	tests := map[string]struct {
		status  int
		body    string
		kind    error
		notDone bool
	}{
		"old code inside 200":      {200, `{"error_code":"CBC.3106","error_msg":"changed"}`, CodeOrderStatusChanged, false},
		"wrong account inside 200": {200, `{"error_code":"CBC.5023"}`, CodePayAccountType, true},
		"no such order":            {500, `{"error_code":"CBC.30000010"}`, ErrNotFound, false},
		"neither nor":              {200, `{"tradeNo":"1"}`, ErrUnreadable, false},
		"no content":               {204, ``, ErrUnreadable, false},
	}
	for name, test := range tests {
		c, _ := newTestClient(t, always(test.status, test.body))
		got, err := c.PayOrderV1(t.Context(), PayOrderV1Request{DomainID: "d1", OrderID: "CS1"})
		if !errors.Is(err, test.kind) || got != nil || NotDone(err) != test.notDone {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// FuzzReadOrders decodes arbitrary answers: whatever comes, the result is rows
// or an *Error, and no amount is changed by encoding it again.
func FuzzReadOrders(f *testing.F) {
	data, err := os.ReadFile("testdata/list_orders/filled.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(200, string(data))
	f.Add(400, `{"error_code":"CBC.99003141","quota_infos":[{"region_code":"x"}]}`)
	f.Add(200, `{"error_code":{}}`)
	f.Add(200, `{"total_count":1,"order_infos":[{"official_amount":1e-5}]}`)
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 200 || status > 599 {
			t.Skip()
		}
		var out listOrdersResponse
		resp := reply(status, "")
		resp.Body = &answer{data: []byte(body)}
		err := (&attempts{op: opListOrders}).read(resp, &out)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Status != status || len(e.Error()) > 3000 {
				t.Fatalf("got %v", err)
			}

			return
		}
		if status >= 300 {
			t.Fatalf("status %d is a success", status)
		}
		for _, order := range out.OrderInfos {
			again, err := ParseDecimal(order.OfficialAmount.String())
			if err != nil || !again.Equal(order.OfficialAmount) {
				t.Fatalf("%s, %v", again, err)
			}
		}
	})
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOtherTypesAreRead(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]Order{
		`{"total_count":"1","order_infos":[{"order_id":1}]}`:                                      {OrderID: "1"},
		`{"total_count":1.0,"order_infos":[{"order_id":12345678901234567890}]}`:                   {OrderID: "12345678901234567890"},
		`{"total_count":1e0,"order_infos":[{"order_id":true}]}`:                                   {OrderID: "true"},
		`{"total_count":1,"order_infos":[{"status":"6"}]}`:                                        {Status: 6},
		`{"total_count":1,"order_infos":[{"status":6.0}]}`:                                        {Status: 6},
		`{"total_count":1,"order_infos":[{"status":" 6.00 ","order_type":""}]}`:                   {Status: 6},
		`{"total_count":1,"order_infos":[{"status":"6","amount_after_discount":"1.50"}]}`:         {Status: 6, AmountAfterDiscount: Decimal{"1.50"}},
		`{"total_count":"1","order_infos":[{"measure_id":"3"}]}`:                                  {MeasureID: 3},
		`{"total_count":"1","order_infos":[{"agent_pay_info":"","sub_order_infos":""}]}`:          {},
		`{"total_count":"1","ORDER_INFOS":[{"Order_ID":7}]}`:                                      {OrderID: "7"},
		`{"total_count":1,"order_infos":[{"agent_pay_info":{"is_agent_pay":"True"}}]}`:            {AgentPayInfo: &AgentPayInfo{IsAgentPay: pointerTo(true)}},
		`{"total_count":1,"order_infos":[{"agent_pay_info":{"is_agent_pay":0}}]}`:                 {AgentPayInfo: &AgentPayInfo{IsAgentPay: pointerTo(false)}},
		`{"total_count":1,"order_infos":[{"order_type":"2","sub_order_infos":[{"status":"1"}]}]}`: {OrderType: 2, SubOrderInfos: []Order{{Status: 1}}},
		`{"total_count":1,"order_infos":[{"amount_info":{"discounts":[{"discount_type":605}]}}]}`: {
			AmountInfo: &AmountInfo{Discounts: []AppliedDiscount{{DiscountType: "605"}}},
		},
		"\ufeff" + `{"total_count":1,"order_infos":[{"order_id":"a"}]}`: {OrderID: "a"},
	} {
		fake := always(200, body)
		c, _ := newTestClient(t, fake)
		got, err := collect(t, c.ListOrders(t.Context(), ListOrdersRequest{}))
		if diff := cmp.Diff([]Order{want}, got, cmp.AllowUnexported(Decimal{})); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", body, err, diff)
		}
		if len(fake.requests()) != 1 {
			t.Errorf("%s: %d attempts", body, len(fake.requests()))
		}
	}
}

func TestWrongTypeNamesTheField(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"total_count":"one"}`: "field total_count of the answer is a text, not a whole number",
		`{"total_count":1.5}`:   "field total_count of the answer is the number 1.5, not a whole number",
		`{"total_count":true}`:  "field total_count of the answer is true, not a whole number",
		`{"total_count":1,"order_infos":[{"status":99999999999999999999}]}`: "field order_infos[0].status of the answer is the number 99999999999999999999",
		`{"total_count":1,"order_infos":[{},{"amount_after_discount":true}]}`: "field order_infos[1].amount_after_discount of the answer is true, " +
			"not an amount",
		`{"total_count":1,"order_infos":[{"amount_info":{"coupon_amount":"1 CNY"}}]}`: "field order_infos[0].amount_info.coupon_amount of the answer " +
			"is a text, not an amount",
		`{"total_count":1,"order_infos":{"order_id":"CS1"}}`:                              "field order_infos of the answer is an object, not a list",
		`{"total_count":1,"order_infos":[{"order_id":{}}]}`:                               "field order_infos[0].order_id of the answer is an object, not a text",
		`{"total_count":1,"order_infos":["CS1"]}`:                                         "field order_infos[0] of the answer is a text, not an object",
		`{"total_count":1,"order_infos":[{"agent_pay_info":{"is_agent_pay":"perhaps"}}]}`: "is_agent_pay of the answer is a text, not true or false",
		`{"total_count":1,"order_infos":[{"sub_order_infos":[{"official_amount":[]}]}]}`: "field order_infos[0].sub_order_infos[0].official_amount of " +
			"the answer is a list, not an amount",
	} {
		fake := always(200, body)
		c, _ := newTestClient(t, fake)
		_, err := collect(t, c.ListOrders(t.Context(), ListOrdersRequest{}))
		var wrongType *WrongTypeError
		if !errors.Is(err, ErrUnreadable) || !errors.As(err, &wrongType) || !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%s: %v does not say %s", body, err, want)
		}
		if len(fake.requests()) != 1 {
			t.Errorf("%s: %d attempts", body, len(fake.requests()))
		}
	}
}

// TestOtherTypesOfShortages: the two spellings of what is short are read as
// loosely as all else.
func TestOtherTypesOfShortages(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient(t, always(400, `{"error_code":"CBC.99003141","quota_infos":[{"auth_result":"1","region_code":7}]}`))
	err := c.CancelOrder(t.Context(), "CS1")
	var e *Error
	if !errors.As(err, &e) || len(e.Quotas) != 1 || e.Quotas[0].AuthResult != 1 || e.Quotas[0].RegionCode != "7" {
		t.Errorf("got %+v", e)
	}
}

// TestRepeatsAreNotMixed: what an attempt answered that failed is not in the
// answer of the next.
func TestRepeatsAreNotMixed(t *testing.T) {
	t.Parallel()
	fake := inTurn(gives(200, `{"error_code":"CBC.0999","account_balances":[{"amount":1}],"debt_amount":5}`), gives(200, noFunds))
	c, _ := newTestClient(t, fake)
	got, err := c.GetAccountBalances(t.Context())
	if err != nil || len(got.AccountBalances) != 0 || !got.DebtAmount.IsNull() {
		t.Errorf("got %+v, %v", got, err)
	}
}

// TestOtherAnswersThanTheAPIs gives every operation that answers something JSON
// objects of others, with HTTP 200.
func TestOtherAnswersThanTheAPIs(t *testing.T) {
	t.Parallel()
	for _, op := range rows {
		if len(op.answers) == 0 {
			continue
		}
		out := bindings()[op.name].response
		if out == nil {
			out = struct{}{}
		}
		for body, code := range map[string]Code{
			`{}`: "", `{"status":"UP"}`: "", `{"data2":{"total_count":1,"account_balances":[]}}`: "", `{"error_code":0}`: "", `{"error_code":""}`: "",
			`{"error":null}`: "", `{"error":"down"}`: "", `{"resultCode":"0"}`: "",
			`{"errorCode":"CBC.5023","errorMsg":"no"}`: "CBC.5023", `{"resultCode":"CBC.5023"}`: "CBC.5023", `{"error_code":"CBC.5023"}`: "CBC.5023",
			`{"errorcode":5023}`: "5023", `{"error":{"code":"APIGW.0301","message":"no"}}`: "APIGW.0301",
		} {
			if op.answers[0] == "error_code" && strings.HasPrefix(body, `{"error_code":`) && code == "" {
				continue // the call itself refuses these
			}
			resp := reply(200, "")
			resp.Body = &answer{data: []byte(body)}
			into := reflect.New(reflect.TypeOf(out))
			err := (&attempts{op: op}).read(resp, into.Interface())
			var e *Error
			if !errors.As(err, &e) || e.Code != code || code == "" && !errors.Is(err, ErrUnreadable) {
				t.Errorf("%s: %s: %v", op.name, body, err)
			}
		}
		// A code of success beside what was asked for is no failure.
		for _, success := range []string{`"error_code":0`, `"error_code":""`, `"error_code":"CBC.0000"`, `"errorCode":"0"`, `"error":null`} {
			if op.answers[0] == "error_code" {
				continue
			}
			resp := reply(200, "")
			resp.Body = &answer{data: []byte(`{` + success + `,"` + op.answers[0] + `":null}`)}
			if err := (&attempts{op: op}).read(resp, reflect.New(reflect.TypeOf(out)).Interface()); err != nil {
				t.Errorf("%s: with %s: %v", op.name, success, err)
			}
		}
	}
}

func TestFieldNames(t *testing.T) {
	t.Parallel()
	for object, want := range map[string][]string{
		`{}`:      nil,
		`{"a":1}`: {"a"},
		`{"a" : {"b":1,"c":["d",{"e":2}]},"f":"g","h\"":":","\u0069":[]}`: {"a", "f", `h"`, "i"},
		"{\n \"a\"\n:\"b\\\\\",\t\"c\":null}":                             {"a", "c"},
	} {
		if got := fieldNames([]byte(object)); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", object, got, want)
		}
	}
}

// FuzzRetype reads arbitrary JSON loosely: whatever strict reading takes is read
// the same, and the names of its fields are those that encoding/json finds.
func FuzzRetype(f *testing.F) {
	f.Add(`{"total_count":"1","order_infos":[{"order_id":7,"status":6.0,"amount_info":{"coupon_amount":"1.5"}}]}`)
	f.Add(`{"total_count":1e400}`)
	f.Add(`{"a\"b":{"c":[]},"\u00e9":""}`)
	f.Fuzz(func(t *testing.T, text string) {
		var values map[string]json.RawMessage
		if json.Unmarshal([]byte(text), &values) != nil || !strings.HasPrefix(strings.TrimSpace(text), "{") {
			t.Skip()
		}
		names := map[string]bool{}
		for _, name := range fieldNames([]byte(text)) {
			names[name] = true
		}
		if len(names) != len(values) {
			t.Fatalf("%v of %q", names, text)
		}
		var strict, loose listOrdersResponse
		if json.Unmarshal([]byte(text), &strict) != nil {
			_ = decode([]byte(text), &loose)

			return
		}
		if err := decode([]byte(text), &loose); err != nil || !cmp.Equal(strict, loose, cmp.AllowUnexported(Decimal{})) {
			t.Fatalf("%v, %+v, want %+v", err, loose, strict)
		}
	})
}

// TestSpacesInQueries: a space of a value is sent as %20, and signed as such.
func TestSpacesInQueries(t *testing.T) {
	t.Parallel()
	fake := always(200, `{"total_count":0,"order_infos":[]}`)
	c, _ := newTestClient(t, fake)
	for _, err := range c.ListOrders(t.Context(), ListOrdersRequest{ServiceTypeCode: "a b+c&d=~*é"}) {
		if err != nil {
			t.Fatal(err)
		}
	}
	got := fake.requests()[0].URL
	if want := "service_type_code=a%20b%2Bc%26d%3D~%2A%C3%A9"; !strings.Contains(got.RawQuery, want) {
		t.Errorf("query %s, want %s", got.RawQuery, want)
	}
	if got.RawQuery != canonicalQuery(got.Query()) {
		t.Errorf("sent %s, signed %s", got.RawQuery, canonicalQuery(got.Query()))
	}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

const (
	cash     = 301
	discount = 300
	flexi    = 302
)

// use is a payment that names coupons as "id:type" and at most one discount,
// likewise.
func use(order, discountInfo string, coupons ...string) string {
	list := func(items []string) string {
		var all []string
		for _, item := range items {
			id, kind, _ := strings.Cut(item, ":")
			all = append(all, fmt.Sprintf(`{"id":%q,"type":%s}`, id, kind))
		}

		return "[" + strings.Join(all, ",") + "]"
	}
	body := fmt.Sprintf(`{"order_id":%q,`, order)
	if len(coupons) > 0 {
		body += `"use_coupon":"YES","coupon_infos":` + list(coupons) + ","
	} else {
		body += `"use_coupon":"NO",`
	}
	if discountInfo != "" {
		return body + `"use_discount":"YES","discount_infos":` + list([]string{discountInfo}) + "}"
	}

	return body + `"use_discount":"NO"}`
}

func (c *client) coupon(t *testing.T, values map[string]any) string {
	t.Helper()

	return fmt.Sprint(c.act(t, "add_coupon", values)["coupon_id"])
}

func named(id string, kind int) string { return fmt.Sprintf("%s:%d", id, kind) }

func (c *client) payUsing(t *testing.T, order, discountInfo string, coupons ...string) reply {
	t.Helper()

	return c.must(t, http.MethodPost, payPath, use(order, discountInfo, coupons...))
}

func TestCoupons(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	single := c.coupon(t, map[string]any{"face_value": "10.00"})
	reusable := c.coupon(t, map[string]any{"face_value": "50.00", "version": 2})
	first, second := c.placeID(t, map[string]any{"amount": "40.00"}), c.placeID(t, map[string]any{"amount": "100.00"})
	c.payUsing(t, first, "", named(single, cash), named(reusable, cash)).want(t, http.StatusNoContent)
	details := c.get(t, ordersPath+"/details/"+first)
	same(t, "coupons took part", details.text("order_info", "amount_info", "coupon_amount"), "40.00")
	same(t, "amount is before coupons", details.text("order_info", "amount_after_discount"), "40.00")
	list := c.get(t, "/v2/promotions/benefits/coupons")
	same(t, "status", list.column("user_coupons", "status"), []string{"3", "2"})
	same(t, "balance", list.column("user_coupons", "balance"), []string{"", "20.00"})
	same(t, "used by", list.column("user_coupons", "order_id"), []string{first, first})
	c.payUsing(t, second, "", named(single, cash)).refused(t, http.StatusBadRequest, "CBC.99003112")
	c.payUsing(t, second, "", named(reusable, cash)).want(t, http.StatusNoContent)
	same(t, "charged", c.charged(), []string{first + " 0.00 40.00 api", second + " 80.00 20.00 api"})
	same(t, "used up", c.get(t, "/v2/promotions/benefits/coupons?status=3").text("count"), "2")
}

func TestCouponKinds(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina}).rich(t)
	tenOff := c.coupon(t, map[string]any{"type": 2, "face_value": "0.90"})
	flexiID := c.coupon(t, map[string]any{"type": 4, "face_value": "7.00"})
	first, second := c.placeID(t, map[string]any{"amount": "33.33"}), c.placeID(t, map[string]any{"amount": "10.00"})
	c.payUsing(t, first, "", named(tenOff, discount)).want(t, http.StatusNoContent)
	c.payUsing(t, second, "", named(flexiID, flexi)).want(t, http.StatusNoContent)
	same(t, "charged", c.charged(), []string{first + " 30.00 3.33 api", second + " 3.00 7.00 api"})
	same(t, "flexi", c.get(t, ordersPath+"/details/"+second).text("order_info", "amount_info", "flexipurchase_coupon_amount"), "7.00")
}

func TestCouponsRefused(t *testing.T) {
	t.Parallel()
	limits := func(key, value string) map[string]any {
		return map[string]any{"face_value": "5.00", "use_limits": []map[string]string{{"limit_key": key, "value1": value}}}
	}
	for _, test := range []struct {
		name     string
		coupons  []map[string]any
		kinds    []int
		discount int // type of the discount used, -1 for none
		settings map[string]string
		act      string // done with the first coupon before
		code     string // empty: paid
	}{
		{"list type 2 as cash", []map[string]any{{"type": 2, "face_value": "0.9"}}, []int{cash}, -1, nil, "", "CBC.0100"},
		{"product coupon", []map[string]any{{"type": 3, "face_value": "5"}}, []int{cash}, -1, nil, "", "CBC.0100"},
		{"frozen", []map[string]any{{"face_value": "5", "frozen": true}}, []int{cash}, -1, nil, "", "CBC.99003112"},
		{"not activated", []map[string]any{{"face_value": "5", "status": 1}}, []int{cash}, -1, nil, "", "CBC.99003112"},
		{"expired", []map[string]any{{"face_value": "5"}}, []int{cash}, -1, nil, "expire_coupon", "CBC.99003112"},
		{"locked", []map[string]any{{"face_value": "5"}}, []int{cash}, -1, nil, "lock_coupon", "CBC.99003112"},
		{"of another service", []map[string]any{limits("serviceType", "hws.service.type.obs")}, []int{cash}, -1, nil, "", "CBC.99003112"},
		{"of this service", []map[string]any{limits("serviceType", "hws.service.type.ec2")}, []int{cash}, -1, nil, "", ""},
		{
			"cash with discount coupon",
			[]map[string]any{{"face_value": "5"}, {"type": 2, "face_value": "0.9"}}, []int{cash, discount}, -1, nil, "", "CBC.99003147",
		},
		{
			"marketplace with dedicated",
			[]map[string]any{{"face_value": "5", "group": 1}, {"face_value": "5", "group": 2}}, []int{cash, cash}, -1, nil, "",
			"CBC.99003156",
		},
		{"general with dedicated", []map[string]any{{"face_value": "5"}, {"face_value": "5", "group": 2}}, []int{cash, cash}, -1, nil, "", ""},
		{
			"not with a commercial discount",
			[]map[string]any{limits("simultaneousUseWithContractDiscount", "0")}, []int{cash}, 2, nil, "", "CBC.99003116",
		},
		{"with a promotion though", []map[string]any{limits("simultaneousUseWithContractDiscount", "0")}, []int{cash}, 0, nil, "", ""},
		{"with none", []map[string]any{limits("simultaneousUseWithContractDiscount", "0")}, []int{cash}, -1, nil, "", ""},
		{"not with a promotion", []map[string]any{limits("simultaneousUseWithPromotionDiscount", "0")}, []int{cash}, 0, nil, "", "CBC.99003116"},
		{"not with a partner's", []map[string]any{limits("simultaneousUseWithEmpowerDiscount", "0")}, []int{cash}, 3, nil, "", "CBC.99003116"},
		{"allowed by 1", []map[string]any{limits("simultaneousUseWithEmpowerDiscount", "1")}, []int{cash}, 3, nil, "", ""},
		{
			"not with any", []map[string]any{limits("simultaneousUseWithEmpowerDiscount", "0")}, []int{cash}, 0,
			map[string]string{"coupon_exclusion": "any_discount"}, "", "CBC.99003116",
		},
		{"discount too deep", []map[string]any{limits("minConsumeDiscount", "0.95")}, []int{cash}, 2, nil, "", "CBC.99003117"},
		{"discount deep enough", []map[string]any{limits("minConsumeDiscount", "0.90")}, []int{cash}, 2, nil, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{Settings: test.settings}).rich(t)
			order := c.place(t, map[string]any{"amount": "100.00", "discounts": []map[string]any{
				{"id": "d2", "type": 2, "amount": "10.00"}, {"id": "d0", "type": 0, "amount": "10.00"}, {"id": "d3", "type": 3, "amount": "10.00"},
			}})
			id := fmt.Sprint(order["order_id"])
			var coupons []string
			for i, values := range test.coupons {
				coupons = append(coupons, named(c.coupon(t, values), test.kinds[i]))
			}
			first, _, _ := strings.Cut(coupons[0], ":")
			switch test.act {
			case "expire_coupon":
				c.act(t, test.act, map[string]any{"coupon_id": first})
			case "lock_coupon":
				c.act(t, test.act, map[string]any{"coupon_id": first, "order_id": "another"})
			}
			info := ""
			if test.discount >= 0 {
				info = fmt.Sprintf("d%d:%d", test.discount, test.discount)
			}
			answer := c.payUsing(t, id, info, coupons...)
			if test.code == "" {
				answer.want(t, http.StatusNoContent)

				return
			}
			answer.refused(t, http.StatusBadRequest, test.code)
			same(t, "nothing charged", c.charged(), []string{})
			same(t, "still unpaid", c.status(t, id), "6")
		})
	}
}

func TestCouponFlags(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	id, coupon := c.placeID(t, map[string]any{"amount": "10.00"}), c.coupon(t, map[string]any{"face_value": "1"})
	for name, body := range map[string]string{
		"YES without a list":     `{"order_id":"` + id + `","use_coupon":"YES","use_discount":"NO"}`,
		"YES with an empty list": `{"order_id":"` + id + `","use_coupon":"YES","use_discount":"NO","coupon_infos":[]}`,
		"NO with a list":         `{"order_id":"` + id + `","use_coupon":"NO","use_discount":"NO","coupon_infos":[{"id":"` + coupon + `","type":301}]}`,
		"NO with discounts":      `{"order_id":"` + id + `","use_coupon":"NO","use_discount":"NO","discount_infos":[{"id":"d","type":0}]}`,
		"twice":                  use(id, "", named(coupon, cash), named(coupon, cash)),
		"unknown":                use(id, "", "nothing:301"),
	} {
		if answer := c.must(t, http.MethodPost, payPath, body); answer.text("error_code") != "CBC.0100" {
			t.Errorf("%s: %s", name, answer.raw)
		}
	}
	most := c.placeID(t, map[string]any{"amount": "10.00", "coupon_max": 1})
	other := c.coupon(t, map[string]any{"face_value": "1"})
	c.payUsing(t, most, "", named(coupon, cash), named(other, cash)).refused(t, http.StatusBadRequest, "CBC.0100")
	same(t, "nothing charged", c.charged(), []string{})
}

func TestOrderCoupons(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina}).rich(t)
	bound := c.place(t, map[string]any{"amount": "10.00", "coupon_max": 2, "coupons": []map[string]any{{"face_value": "3.00"}}})
	id := fmt.Sprint(bound["order_id"])
	other := c.placeID(t, map[string]any{"amount": "10.00"})
	anyOrder := c.coupon(t, map[string]any{"face_value": "1.00", "version": 2})
	path := ordersPath + "/order-coupons?order_id="
	list := c.get(t, path+id)
	same(t, "count", list.text("count"), "2")
	same(t, "face values", list.column("user_coupons", "face_value"), []string{"3.00", "1.00"})
	same(t, "most", list.text("coupon_max_use_quantity", 0, "use_quantity_value"), "2")
	same(t, "not of the order", c.get(t, path+other).column("user_coupons", "coupon_id"), []string{anyOrder})
	c.act(t, "lock_coupon", map[string]any{"coupon_id": anyOrder, "order_id": id})
	same(t, "locked by the other", c.get(t, path+other).text("count"), "0")
	same(t, "locked by itself", c.get(t, path+id).text("count"), "2")
	same(t, "lock shows", c.get(t, "/v2/promotions/benefits/coupons?coupon_id="+anyOrder).text("user_coupons", 0, "lock_order_id"), id)
	c.must(t, http.MethodPut, cancelPath, `{"order_id":"`+id+`"}`).want(t, http.StatusNoContent)
	same(t, "freed", c.get(t, path+other).text("count"), "1")
	same(t, "canceled", c.get(t, path+id).text("count"), "0")
}

func TestCouponList(t *testing.T) {
	t.Parallel()
	const path = "/v2/promotions/benefits/coupons"
	c := start(t, Options{})
	for range 12 {
		c.coupon(t, map[string]any{"face_value": "1.00", "expire_time": "24h"})
	}
	flexiID := c.coupon(t, map[string]any{"type": 4, "face_value": "1.00"})
	same(t, "page", len(c.get(t, path).column("user_coupons", "coupon_id")), 10)
	same(t, "type", c.get(t, path+"?coupon_type=4").column("user_coupons", "coupon_id"), []string{flexiID})
	same(t, "empty text is no filter", c.get(t, path+"?coupon_id=").text("count"), "13")
	c.get(t, path+"?offset=1")
	c.Advance(24 * time.Hour)
	same(t, "expired", c.get(t, path+"?status=4").text("count"), "12")
	china := start(t, Options{Site: SiteChina})
	china.coupon(t, map[string]any{"face_value": "1.00"})
	same(t, "empty text on china", china.get(t, path+"?coupon_id=").text("count"), "0")
	china.must(t, http.MethodGet, path+"?offset=1", "").refused(t, http.StatusBadRequest, "CBC.0100")
	china.get(t, path+"?offset=1&limit=10")
}

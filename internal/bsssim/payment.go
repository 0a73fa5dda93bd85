// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// payment is a request to pay, from the API or the console.
type payment struct {
	coupons  []couponUse
	discount *discountUse
	by       string
	// automatic says that the call that placed the order pays it: a master
	// account pays it without being asked.
	automatic bool
}

type couponUse struct {
	id   string
	kind int64
}

type discountUse struct {
	id   string
	kind int64
}

// payOrder is the current payment call.
func payOrder(w *world, c *call) (answer, error) {
	request := payment{by: "api"}
	coupons, err := c.choices("use_coupon", "coupon_infos")
	if err != nil {
		return answer{}, err
	}
	for _, chosen := range coupons {
		request.coupons = append(request.coupons, couponUse(chosen))
	}
	discounts, err := c.choices("use_discount", "discount_infos")
	if err != nil {
		return answer{}, err
	}
	for _, chosen := range discounts {
		use := discountUse(chosen)
		request.discount = &use
	}
	if err := w.pay(c.text("order_id"), request); err != nil {
		return answer{}, err
	}

	return answer{status: http.StatusNoContent}, nil
}

type choice struct {
	id   string
	kind int64
}

// choices reads a list that must be there with YES and absent with NO.
func (c *call) choices(flag, list string) ([]choice, error) {
	switch {
	case c.text(flag) == "NO" && c.has(list):
		return nil, badParameter(list, "must be absent when %s is NO", flag)
	case c.text(flag) == "NO":
		return nil, nil
	}
	items, _ := c.values[list].([]any)
	if len(items) == 0 {
		return nil, badParameter(list, "required when %s is YES", flag)
	}
	all := make([]choice, 0, len(items))
	for _, item := range items {
		fields, _ := item.(map[string]any)
		id, _ := fields["id"].(string)
		kind, _ := fields["type"].(int64)
		all = append(all, choice{id: id, kind: kind})
	}

	return all, nil
}

// pay charges an order, or says why not.
func (w *world) pay(id string, request payment) error {
	o := w.orders[id]
	if o == nil {
		return rejected("CBC.30000010")
	}
	if o.ParentID != "" {
		return rejected("CBC.99000089")
	}
	again, err := w.payable(o)
	if err != nil {
		return err
	}
	discount, coupons := (*Discount)(nil), []*Coupon(nil)
	if !again {
		if discount, err = o.discountFor(request.discount); err != nil {
			return err
		}
		if coupons, err = w.couponsFor(o, request.coupons, discount); err != nil {
			return err
		}
		if w.delegates(o, request) {
			return nil
		}
	}
	if err := o.provisionable(); err != nil {
		return err
	}
	price := w.priceWith(o, discount)
	left := price
	for _, c := range coupons {
		left = left.minus(c.worth(left))
	}
	from, err := w.charge(left)
	if err != nil {
		return err
	}
	if again {
		w.record(o, left, "", from, request.by)

		return nil
	}
	w.settlePayment(o, request, discount, coupons, price, from)

	return nil
}

// payable says whether an order takes a payment; again means that it is already
// paid and the server allows another payment.
func (w *world) payable(o *Order) (again bool, err error) {
	switch {
	case o.DeadlinePassed:
		return false, rejected("CBC.99003110")
	case o.OrderType == orderUnsubscribe:
		return false, rejected("CBC.99003106")
	case o.Status == orderUnpaid:
		return false, nil
	case w.setting("server_locks") == "off" && (o.Status == orderProcessing || o.Status == orderCompleted):
		return true, nil
	case o.Status == orderProcessing:
		return false, rejected(w.setting("repeat_while_processing"))
	default:
		return false, rejected("CBC.99003106")
	}
}

// delegates leaves the order to the master account when the customer is under
// its financial custody.
func (w *world) delegates(o *Order, request payment) bool {
	if request.by != "api" || request.automatic || !o.AgentPay && w.setting("custody") == "off" {
		return false
	}
	if !o.AgentPay {
		w.changeOrder(o)
		o.AgentPay = true
		w.acted = true
	}

	return true
}

// provisionable refuses an order that could not be provided.
func (o *Order) provisionable() error {
	if o.QuotaShort {
		refusal := rejected("CBC.99003141")
		refusal.extra = map[string]any{"quota_infos": []map[string]any{{
			"region_code": "ap-southeast-3", "cloud_service_type": o.ServiceTypeCode,
			"resource_type": resourceType(o.ServiceTypeCode), "resource_spec_code": specOf(o.ServiceTypeCode, resourceType(o.ServiceTypeCode)),
			"auth_result": 1, "available_zone_id": "ap-southeast-3a",
		}}}

		return refusal
	}
	if o.ProjectFundsShort {
		project := EnterpriseProject{ID: "0", Name: "default"}
		if len(o.EnterpriseProjects) > 0 {
			project = o.EnterpriseProjects[0]
		}
		refusal := rejected("CBC.99003155")
		refusal.extra = map[string]any{"enterprise_project_auth_result": []map[string]any{{
			"enterprise_project_id": project.ID, "enterprise_project_name": project.Name, "auth_status": 10,
		}}}

		return refusal
	}

	return nil
}

// worth is what the coupon would take off an amount.
func (c *Coupon) worth(amount Amount) Amount {
	if c.Type == couponDiscount {
		return amount.minus(amount.times(c.FaceValue.rat()))
	}

	return smaller(c.remaining(), amount)
}

// funds say when a charge was made, how much of it the credit pays, and how much
// is owed until the end of the month.
type funds struct {
	at           time.Time
	credit, debt Amount
}

// charge takes an amount from the balance, and the rest from the credit.
// Monthly settlement postpones it.
func (w *world) charge(amount Amount) (funds, error) {
	from := funds{at: w.clock.now()}
	if w.setting("monthly_settlement") == "on" {
		from.debt = amount

		return from, nil
	}
	missing := amount
	var taken []func()
	for _, kind := range []int{accountBalance, accountCredit} {
		for _, b := range w.Balances {
			if b.Type != kind || !missing.positive() {
				continue
			}
			part := smaller(b.Amount, missing)
			missing = missing.minus(part)
			if kind == accountCredit {
				from.credit = from.credit.plus(part)
			}
			taken = append(taken, func() { b.Amount = b.Amount.minus(part) })
		}
	}
	if missing.positive() {
		return funds{}, rejected("CBC.99005003")
	}
	for _, take := range taken {
		take()
	}
	w.dirty = true

	return from, nil
}

// affords says whether an amount could be charged.
func (w *world) affords(amount Amount) bool {
	if w.setting("monthly_settlement") == "on" {
		return true
	}
	for _, b := range w.Balances {
		if b.Type == accountBalance || b.Type == accountCredit {
			amount = amount.minus(b.Amount)
		}
	}

	return !amount.positive()
}

func (w *world) record(o *Order, amount, coupons Amount, from funds, by string) {
	w.Payments = append(w.Payments, Payment{
		OrderID: o.OrderID, Amount: amount.plus("0"), CouponAmount: coupons.plus("0"), Currency: o.Currency,
		CreditAmount: from.credit, DebtAmount: from.debt, At: from.at, By: by,
	})
	cash := amount.minus(from.credit).minus(from.debt)
	w.bookBalance(accountBalance, tradeExpense, Amount("0").minus(cash), o)
	w.bookBalance(accountCredit, tradeExpense, Amount("0").minus(from.credit), o)
	w.acted, w.dirty, w.books = true, true, nil
}

// settlePayment books a payment that has been charged.
func (w *world) settlePayment(o *Order, request payment, discount *Discount, coupons []*Coupon, price Amount, from funds) {
	w.setStatus(o, orderProcessing)
	left, info := w.spendCoupons(o, price, coupons)
	switch {
	case discount != nil:
		o.UsedDiscount = discount.ID
		info.Discounts = []AppliedDiscount{discount.applied()}
	case price.cmp(o.AmountAfterDiscount) == 0:
		info.Discounts = o.AmountInfo.Discounts
	}
	o.AmountInfo = info
	if w.setting("discount_changes_amount") == "on" {
		o.setAmount(price)
	}
	for _, member := range w.members(o) {
		member.PaymentTime = from.at
		if w.setting("deadline_after_payment") == "drop" {
			member.Deadline = time.Time{}
		}
	}
	o.shareInfo()
	w.record(o, left, price.minus(left), from, request.by)
	o.Processing = newStage(w.processing, from.at)
	w.settleOrder(o, from.at)
}

// setAmount changes the amount of an order and shares it among the lines.
func (o *Order) setAmount(amount Amount) {
	if o.AmountAfterDiscount.cmp(amount) == 0 {
		return
	}
	o.AmountAfterDiscount = amount
	for i, part := range amount.split(len(o.Lines)) {
		o.Lines[i].AmountAfterDiscount = part
	}
}

// shareInfo shares what took part in the payment among the lines.
func (o *Order) shareInfo() {
	coupons := o.AmountInfo.CouponAmount.split(len(o.Lines))
	flexi := o.AmountInfo.FlexiAmount.split(len(o.Lines))
	for i := range o.Lines {
		o.Lines[i].AmountInfo = AmountInfo{CouponAmount: coupons[i], FlexiAmount: flexi[i]}
	}
	for _, applied := range o.AmountInfo.Discounts {
		for i, part := range applied.Amount.split(len(o.Lines)) {
			o.Lines[i].AmountInfo.Discounts = append(o.Lines[i].AmountInfo.Discounts, AppliedDiscount{Type: applied.Type, Amount: part})
		}
	}
}

// payAgentBudget is the payment account of a partner's reseller customers.
const payAgentBudget = 2

// legacy maps refusals to the codes of the old payment call, with the status
// that goes with each.
var legacy = map[string]struct {
	code   string
	status int
}{
	"CBC.30000010": {"CBC.30000010", http.StatusInternalServerError},
	"CBC.99003106": {"CBC.3106", http.StatusOK},
	"CBC.99003110": {"CBC.3106", http.StatusOK},
	"CBC.99003112": {"CBC.3112", http.StatusOK},
	"CBC.99003141": {"CBC.3141", http.StatusBadRequest},
	"CBC.99003155": {"CBC.3155", http.StatusBadRequest},
	"CBC.99005003": {"CBC.5003", http.StatusBadRequest},
}

// legacyNames are the camel case names of the old call's details.
var legacyNames = map[string]string{
	"quota_infos": "quotaInfos", "region_code": "regionCode", "cloud_service_type": "cloudServiceType",
	"resource_type": "resourceType", "resource_spec_code": "resourceSpecCode", "auth_result": "authResult",
	"available_zone_id": "availableZoneId", "enterprise_project_auth_result": "enterpriseProjectAuthResult",
	"enterprise_project_id": "enterpriseProjectId", "enterprise_project_name": "enterpriseProjectName",
	"auth_status": "authStatus",
}

// payOrderV1 is the old payment call: camel case, HTTP 200 with a code, no
// coupons, no discounts.
func payOrderV1(w *world, c *call) (answer, error) {
	if w.Site == SiteEurope && w.setting("pay_v1_on_europe") == "off" {
		return answer{}, notPublished()
	}
	if err := w.ownDomain(c); err != nil {
		return answer{}, err
	}
	if c.has("couponIds") {
		if ids, _ := c.values["couponIds"].([]any); len(ids) > 0 {
			return answer{}, badParameter("couponIds", "reserved")
		}
	}
	var err error
	if c.number("payAccountType", 1) == payAgentBudget {
		err = refuse(http.StatusOK, "CBC.5023", messages["CBC.5023"])
	} else {
		err = w.pay(c.text("orderId"), payment{by: "api"})
	}
	if err != nil {
		return answer{}, w.legacyRefusal(err)
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"error_code": "CBC.0000", "error_msg": "success", "tradeNo": tradeNumber(w.next("trade")),
		"quotaInfos": []any{}, "enterpriseProjectAuthResult": []any{},
	}}, nil
}

func tradeNumber(n int) string { return fmt.Sprintf("TR%010d", n) }

// legacyRefusal is a refusal as the old call words it.
func (w *world) legacyRefusal(err error) error {
	var refusal *failure
	if !errors.As(err, &refusal) {
		return err
	}
	old := *refusal
	if known, ok := legacy[refusal.code]; ok {
		old.code, old.status = known.code, known.status
	}
	if w.setting("v1_error_status") == "200" {
		old.status = http.StatusOK
	}
	if refusal.extra != nil {
		renamed, _ := camel(refusal.extra).(map[string]any)
		old.extra = renamed
	}

	return &old
}

func camel(value any) any {
	switch value := value.(type) {
	case map[string]any:
		renamed := make(map[string]any, len(value))
		for name, inner := range value {
			renamed[legacyNames[name]] = camel(inner)
		}

		return renamed
	case []map[string]any:
		renamed := make([]any, len(value))
		for i, inner := range value {
			renamed[i] = camel(inner)
		}

		return renamed
	default:
		return value
	}
}

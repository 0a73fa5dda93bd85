// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
)

// wireTime is the API's form of an instant, always UTC.
const wireTime = "2006-01-02T15:04:05Z"

// World is all state of the simulator, as in GET /_sim/world, the state file
// and seed files.
type World struct {
	Site       string            `json:"site"`
	Now        time.Time         `json:"now"`
	CustomerID string            `json:"customer_id"`
	Counters   map[string]int    `json:"counters"`
	Settings   map[string]string `json:"settings"`
	Payments   []Payment         `json:"payments"`
	Orders     []*Order          `json:"orders"`
	Resources  []*Resource       `json:"resources"`
	Coupons    []*Coupon         `json:"coupons"`
	Balances   []*Balance        `json:"balances"`
	Refunds    []Refund          `json:"refunds"`
	// Changes are those of the balance, the credit and the cash coupons, in the
	// order of time.
	Changes          []Change          `json:"changes,omitempty"`
	Cards            []*Card           `json:"stored_value_cards,omitempty"`
	ExpenditureQuota *ExpenditureQuota `json:"expenditure_quota,omitempty"`
	Usage            []*Usage          `json:"usage,omitempty"`
	Packages         []*Package        `json:"packages,omitempty"`
	Bandwidths       []*Bandwidth      `json:"bandwidths,omitempty"`
	Invoices         []*Invoice        `json:"invoices,omitempty"`
	// DeductionDaysSince is when the day of the first deduction was last set.
	DeductionDaysSince time.Time `json:"deduction_days_since,omitzero"`
	// Enterprise is what the customer is the master of.
	Enterprise *Enterprise `json:"enterprise,omitempty"`
	// Codes are the verification codes that were sent to phones.
	Codes []*PhoneCode `json:"codes,omitempty"`
	// EnterpriseProjectsOpen says whether the account has enterprise projects.
	EnterpriseProjectsOpen bool `json:"enterprise_projects_open,omitempty"`
	// Transfers are those between the customer and its members, in the order of time,
	// and UsedTransIDs what the server knows of ids that were sent.
	Transfers    []Transfer    `json:"transfers,omitempty"`
	UsedTransIDs []UsedTransID `json:"used_trans_ids,omitempty"`
	// TransferHeldUntil is until when another transfer runs.
	TransferHeldUntil time.Time `json:"transfer_held_until,omitzero"`
	// Identity is what the identity service knows, and Issued what it has given.
	Identity *Identity     `json:"identity,omitempty"`
	Issued   []*IssuedKeys `json:"issued,omitempty"`
	// Generated are invented lines of bills.
	Generated *GeneratedBills `json:"generated_bills,omitempty"`
	// Ledger adds up the lines of all bills. It follows from the rest, so it is
	// not read from a world file.
	Ledger []LedgerEntry `json:"ledger"`
}

// Order is the order of the id, nil where there is none.
func (w World) Order(id string) *Order {
	return found(w.Orders, func(o *Order) bool { return o.OrderID == id })
}

// Resource is the resource of the id, nil where there is none.
func (w World) Resource(id string) *Resource {
	return found(w.Resources, func(r *Resource) bool { return r.ResourceID == id })
}

func found[T any](all []*T, is func(*T) bool) *T {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i]
	}

	return nil
}

// Payment is one charge. Amount is what the account paid, after discounts and
// coupons; CouponAmount is what coupons paid on top. By is api, console or
// system.
type Payment struct {
	OrderID      string `json:"order_id"`
	Amount       Amount `json:"amount"`
	CouponAmount Amount `json:"coupon_amount"`
	// CreditAmount is the part of Amount that the credit paid, and DebtAmount
	// the part to be settled at the end of the month.
	CreditAmount Amount    `json:"credit_amount,omitempty"`
	DebtAmount   Amount    `json:"debt_amount,omitempty"`
	Currency     string    `json:"currency"`
	At           time.Time `json:"at"`
	By           string    `json:"by"`
}

// Refund is money given back by an unsubscription order.
type Refund struct {
	OrderID     string   `json:"order_id"`
	ResourceIDs []string `json:"resource_ids,omitempty"`
	// RenewalsOnly says that the resources stay.
	RenewalsOnly bool      `json:"renewals_only,omitempty"`
	Amount       Amount    `json:"amount"`
	Currency     string    `json:"currency"`
	At           time.Time `json:"at"`
}

// Balance is an account of the customer: type 1 is the balance, 2 the credit
// with its limit in CreditLimit.
type Balance struct {
	AccountID   string `json:"account_id"`
	Type        int    `json:"account_type"`
	Amount      Amount `json:"amount"`
	CreditLimit Amount `json:"credit_limit,omitempty"`
	// ExpireTime is when the credit ends; zero if it does not.
	ExpireTime time.Time `json:"expire_time,omitzero"`
}

// world is the state and the rules around it. All of it is guarded by the
// server's mutex.
type world struct {
	World
	clock      clock
	processing Transition
	orderLag   lagged[Order]
	resLag     lagged[Resource]
	orders     map[string]*Order
	newest     []*Order
	resources  map[string]*Resource
	positions  map[string]int         // in Resources, by id
	attached   map[string][]*Resource // by the id of the primary resource
	coupons    map[string]*Coupon
	// membersByID are those of the enterprise.
	membersByID map[string]*Member
	// books are made when bills are asked for; generated are the invented lines.
	books     *books
	generated map[string][]*billLine
	// quietUntil is until when nothing happens to resources by itself; zero if
	// that is unknown.
	quietUntil time.Time
	// acted is set by a call that changed what it was asked to change; dirty by
	// any change at all.
	acted, dirty bool
}

func newWorld(options Options) *world {
	w := &world{
		clock:      startClock(options.Now, options.realTime()),
		processing: options.Processing,
	}
	w.adopt(World{Site: options.Site})

	return w
}

// adopt takes over a loaded world.
func (w *world) adopt(loaded World) {
	settings := initialSettings()
	for name, value := range loaded.Settings {
		settings[name] = value
	}
	loaded.Settings = settings
	if loaded.Counters == nil {
		loaded.Counters = map[string]int{}
	}
	if loaded.CustomerID == "" {
		loaded.CustomerID = domainID
	}
	loaded.Payments = orEmpty(loaded.Payments)
	loaded.Orders = orEmpty(loaded.Orders)
	loaded.Resources = orEmpty(loaded.Resources)
	loaded.Coupons = orEmpty(loaded.Coupons)
	loaded.Refunds = orEmpty(loaded.Refunds)
	if len(loaded.Balances) == 0 {
		loaded.Balances = []*Balance{{AccountID: "BA0000000001", Type: accountBalance, Amount: "0.00"}}
	}
	w.World, w.newest, w.books, w.generated = loaded, nil, nil, nil
	w.indexMembers()
	if w.Generated != nil {
		w.generated = w.Generated.lines(w.CustomerID, w.Site, w.generatedMembers())
	}
	w.orders = map[string]*Order{}
	for _, o := range w.Orders {
		w.orders[o.OrderID] = o
	}
	w.resources, w.positions = map[string]*Resource{}, map[string]int{}
	w.attached, w.quietUntil = map[string][]*Resource{}, time.Time{}
	for position := range w.Resources {
		w.index(position)
	}
	w.coupons = map[string]*Coupon{}
	for _, c := range w.Coupons {
		w.coupons[c.CouponID] = c
	}
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}

	return list
}

// readWorld decodes a world file, refusing what it does not know.
func readWorld(data []byte) (World, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	var loaded World
	if err := decoder.Decode(&loaded); err != nil {
		return World{}, fmt.Errorf("world: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return World{}, errors.New("world: more than one JSON value")
	}
	for name, value := range loaded.Settings {
		if err := checkSetting(name, value); err != nil {
			return World{}, err
		}
	}
	if slices.Contains(loaded.Orders, nil) || slices.Contains(loaded.Resources, nil) ||
		slices.Contains(loaded.Coupons, nil) || slices.Contains(loaded.Balances, nil) || slices.Contains(loaded.Usage, nil) ||
		slices.Contains(loaded.Codes, nil) || slices.Contains(loaded.Cards, nil) || slices.Contains(loaded.Packages, nil) ||
		slices.Contains(loaded.Bandwidths, nil) || slices.Contains(loaded.Invoices, nil) || loaded.Enterprise.holdsNull() {
		return World{}, errors.New("world: null where an object belongs")
	}

	return loaded, nil
}

// encode writes the world as it is now.
func (w *world) encode() ([]byte, error) {
	w.Now, w.Ledger = w.clock.now(), w.accounts().totals()
	data, err := json.MarshalIndent(w.World, "", " ")
	if err != nil {
		return nil, fmt.Errorf("world: %w", err)
	}

	return data, nil
}

// next counts up: ids depend only on the order of events.
func (w *world) next(kind string) int {
	w.Counters[kind]++
	w.dirty = true

	return w.Counters[kind]
}

func (w *world) setting(name string) string { return w.Settings[name] }

func (w *world) currency() string { return currencyOf(w.Site) }

// settle applies everything that is due at the simulated time.
func (w *world) settle() {
	now := w.clock.now()
	for _, o := range w.Orders {
		if o.ParentID == "" {
			w.settleOrder(o, now)
		}
	}
	for _, c := range w.Coupons {
		if c.Status == couponAvailable && !c.ExpireTime.After(now) {
			c.Status = couponExpired
			w.bookCoupon(c, tradeExpired, "EXPIRECLEAR", Amount("0").minus(c.remaining()), "0.00", nil)
			w.dirty = true
		}
	}
	w.expireCredits(now)
	w.settleMembers(now)
	w.settleResources()
}

// enumerated objects.
const (
	accountBalance = 1
	accountCredit  = 2

	couponInactive  = 1
	couponAvailable = 2
	couponUsed      = 3
	couponExpired   = 4

	resourceInUse   = 2
	resourceClosed  = 3
	resourceFrozen  = 4
	resourceExpired = 5

	orderApproval   = 1
	orderRefunding  = 2
	orderProcessing = 3
	orderCanceled   = 4
	orderCompleted  = 5
	orderUnpaid     = 6

	orderNew         = 1
	orderRenewal     = 2
	orderUnsubscribe = 4
	orderToOnDemand  = 10
)

func wireInstant(t time.Time) string {
	if t.IsZero() {
		return ""
	}

	return t.UTC().Format(wireTime)
}

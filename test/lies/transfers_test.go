// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package lies_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/transfer"
)

const lyingMember = "member-1"

// master is a master account with a member, and what moves money between them.
func master(t *testing.T) (a *account, money, coupon func() error) {
	t.Helper()

	driven := simtest.Drive(t, time.Date(2026, 12, 1, 4, 0, 0, 0, time.UTC), bsssim.Options{
		Site: "china", Settings: map[string]string{"transfer_records": "trans_id"},
	})
	driven.Do("set_balance", map[string]any{"amount": "100.00"})
	driven.Do("add_member", map[string]any{"id": lyingMember, "amount": "40.00"})

	driven.Do("add_coupon", map[string]any{"id": "CP1", "face_value": "50.00", "version": 2})

	machine := transfer.New(driven.Client, act.Conditions{Clock: driven.Clock, Timing: act.DefaultTiming(), Locks: &act.Locks{}})
	move := func(balance bssapi.BalanceType, coupon string) func() error {
		return func() error {
			_, _, err := machine.Move(t.Context(), transfer.Request{
				AccountID: "master", MemberID: lyingMember, Direction: transfer.ToMember, Balance: balance, CouponID: coupon,
				Amount: simtest.Decimal(t, "30"), Key: "key",
			})

			return err
		}
	}

	return &account{Driven: driven}, move(bssapi.BalanceTypeDebit, ""), move("", "CP1")
}

// TestTransferReadLies: what may not be believed of what can be moved ends in an error
// that names it, and nothing is sent.
func TestTransferReadLies(t *testing.T) {
	t.Parallel()

	const own, theirs, records = "/transfer-amount", "/retrieve-amount", "/account-change-records"

	funds := func(field string, value any) func(*account, *simtest.Reply) {
		return sets("amount_infos", field, value)
	}

	for name, one := range map[string]lie{
		"own: less than that": {
			call: own, tell: funds("avail_transfer_amount", json.Number("29.99")), says: "More than can be transferred",
		},
		"own: a negative amount":    {call: own, tell: funds("avail_transfer_amount", json.Number("-30")), says: "More than can be transferred"},
		"own: no amount":            {call: own, tell: funds("avail_transfer_amount", nil), says: "More than can be transferred"},
		"own: another unit":         {call: own, tell: funds("measure_id", 3), says: "unit 3"},
		"own: more than there are":  {call: own, tell: sets("", "total_count", 7), says: "rows came of 7"},
		"own: none":                 {call: own, tell: says(http.StatusOK, `{"total_count":0,"amount_infos":[]}`), says: "nothing can be transferred"},
		"own: of a health check":    {call: own, tell: says(http.StatusOK, `{"status":"UP"}`), says: "none of this call"},
		"theirs: another unit":      {call: theirs, tell: funds("measure_id", 3), says: "unit 3"},
		"theirs: nothing":           {call: theirs, tell: says(http.StatusOK, `{}`), says: "none of this call"},
		"records: another amount":   {call: records, tell: says(http.StatusOK, recordOf("1.00", "EXPENSE")), says: "Another amount was moved"},
		"records: of a login page":  {call: records, tell: says(http.StatusOK, `<html>`), says: "unreadable answer"},
		"records: more than are it": {call: records, tell: says(http.StatusOK, `{"total_count":7,"records":[]}`), says: "incomplete answer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a, move, _ := master(t)
			a.tells(one.call, one.tell)

			err := move()
			if sent, _ := a.Calls("transfer_amount"); err == nil || sent != 0 || !strings.Contains(fmt.Sprint(err), one.says) {
				t.Errorf("sent %d times, want an error that says %q: %v", sent, one.says, err)
			}
		})
	}
}

func recordOf(amount, direction string) string {
	return fmt.Sprintf(`{"total_count":1,"currency":"CNY","records":[{"account_change_id":"1","change_amount":%q,"revenue_expense_type":%q}]}`,
		amount, direction)
}

// TestTransferWriteLies: what is no documented success is none, and nothing moves twice,
// whatever the answers to all attempts say; the next run ends with it moved once.
func TestTransferWriteLies(t *testing.T) {
	t.Parallel()

	for name, tell := range anything() {
		for _, arrives := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s/arrives %t", name, arrives), func(t *testing.T) {
				t.Parallel()

				a, _, move := master(t)
				lying := true

				// The list of coupons has another path.
				a.Wire.On("/transfer-coupon", func(_ int, deliver func() simtest.Reply) simtest.Reply {
					if !lying {
						return deliver()
					}

					reply := simtest.Reply{Header: http.Header{}}
					if arrives {
						reply = deliver()
					}

					tell(a, &reply)

					return reply
				})

				err := move()
				if err == nil && !arrives {
					t.Error("nothing was done, and there is no error")
				}

				lying = false

				if again := move(); again != nil || len(a.World().Transfers) != 1 {
					t.Errorf("moved %d times: %v", len(a.World().Transfers), again)
				}
			})
		}
	}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package transfer_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
	"github.com/bss-community/terraform-provider-bss/internal/transfer"
)

// The ends of the paths of calls. What can be moved is asked for at that of the
// transfer of it: the first call of a run there is a look, the second one sends.
const (
	callTransfer = "/transfer-amount"
	callRetrieve = "/retrieve-amount"

	member = "member-1"
	coupon = "CP1"
)

// account is a master account with 100.00 and a coupon of 50.00, and a member with 40.00.
type account struct {
	*simtest.Driven

	t       *testing.T
	machine *transfer.Machine
}

func newAccount(t *testing.T, settings map[string]string, change ...func(*act.Conditions)) *account {
	t.Helper()

	driven := simtest.Drive(t, time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), bsssim.Options{Site: "china", Settings: settings})
	conditions := act.Conditions{Clock: driven.Clock, Timing: act.DefaultTiming(), Locks: &act.Locks{}}

	for _, apply := range change {
		apply(&conditions)
	}

	a := &account{Driven: driven, t: t, machine: transfer.New(driven.Client, conditions)}
	a.Do("set_balance", map[string]any{"amount": "100.00"})
	a.Do("add_member", map[string]any{"id": member, "amount": "40.00"})
	a.Do("add_coupon", map[string]any{"id": coupon, "face_value": "50.00", "version": 2})

	return a
}

func (a *account) cash() transfer.Request {
	return transfer.Request{
		AccountID: "master", MemberID: member, Direction: transfer.ToMember, Balance: bssapi.BalanceTypeDebit,
		Amount: simtest.Decimal(a.t, "30"), Key: "key",
	}
}

func (a *account) part() transfer.Request {
	return transfer.Request{
		AccountID: "master", MemberID: member, Direction: transfer.ToMember, CouponID: coupon, Amount: simtest.Decimal(a.t, "30"), Key: "key",
	}
}

// wants makes the transfer and holds its status, or the start of its error, and how
// often it was moved against what is wanted.
func (a *account) wants(req transfer.Request, status string, moved int) transfer.Receipt {
	a.t.Helper()

	receipt, warnings, err := a.machine.Move(a.t.Context(), req)

	got := receipt.Status
	if err != nil {
		got = err.Error()
	}

	made := 0

	for _, one := range a.World().Transfers {
		if one.By == "api" {
			made++
		}
	}

	if !strings.HasPrefix(got, status) || made != moved {
		a.t.Errorf("%q, moved %d times, want %q and %d: %v", got, made, status, moved, warnings)
	}

	return receipt
}

func TestTransID(t *testing.T) {
	t.Parallel()

	base := transfer.Request{AccountID: "a", MemberID: "m", Direction: transfer.ToMember, Balance: bssapi.BalanceTypeDebit, Key: "k"}
	seen := map[string]string{}

	for name, change := range map[string]func(*transfer.Request){
		"base":      func(*transfer.Request) {},
		"account":   func(r *transfer.Request) { r.AccountID = "b" },
		"member":    func(r *transfer.Request) { r.MemberID = "n" },
		"direction": func(r *transfer.Request) { r.Direction = transfer.FromMember },
		"kind":      func(r *transfer.Request) { r.Balance = bssapi.BalanceTypeCredit },
		"coupon":    func(r *transfer.Request) { r.Balance, r.CouponID = "", "c" },
		"other":     func(r *transfer.Request) { r.Balance, r.CouponID = "", "d" },
		"part":      func(r *transfer.Request) { r.Balance, r.CouponID, r.SubCouponID = "", "c", "s" },
		"key":       func(r *transfer.Request) { r.Key = "l" },
		"joined":    func(r *transfer.Request) { r.AccountID, r.MemberID = `a" "m`, "" },
	} {
		req := base
		change(&req)

		id := req.TransID()
		if other, taken := seen[id]; taken || len(id) != bssapi.MaxTransIDLength || strings.Trim(id, "0123456789abcdef") != "" {
			t.Errorf("%s: %s, which is %q", name, id, other)
		}

		seen[id] = name

		// Neither the amount nor what it is taken from belongs to it.
		req.Amount, req.ExpireTime = simtest.Decimal(t, "1.50"), transfer.NoExpiry
		if req.TransID() != id {
			t.Errorf("%s: the amount is in the id", name)
		}
	}

	if got := base.TransID(); got != "cdc84090ac38fb98f9b9df17c1425496" {
		t.Errorf("the id of earlier releases was another one: %s", got)
	}
}

// TestLostAnswer: what both accounts hold shows it, so that nothing is sent again, even
// where the server forgets ids at once.
func TestLostAnswer(t *testing.T) {
	t.Parallel()

	for _, kind := range []string{bsssim.FaultDropAfter, bsssim.FaultGarbage, bsssim.FaultStatusAfter, bsssim.FaultTruncate} {
		a := newAccount(t, map[string]string{"trans_id_kept_for": "1ns"})
		a.Fault(bsssim.Fault{Operation: "transfer_amount", Kind: kind})
		a.wants(a.cash(), "transferred", 1)

		a.Fault(bsssim.Fault{Operation: "transfer_coupon", Kind: kind})

		if got := a.wants(a.part(), "transferred", 2); got.SubCouponID != coupon+"-T1" {
			t.Errorf("the part is %q", got.SubCouponID)
		}

		a.Fault(bsssim.Fault{Operation: "retrieve_amount", Kind: kind})

		back := a.cash()
		back.Direction = transfer.FromMember
		a.wants(back, "retrieved", 3)

		a.Fault(bsssim.Fault{Operation: "retrieve_coupon", Kind: kind})

		part := a.part()
		part.Direction, part.SubCouponID, part.Amount = transfer.FromMember, coupon+"-T1", bssapi.Decimal{}

		if got := a.wants(part, "retrieved", 4); got.Amount.String() != "30.00" {
			t.Errorf("retrieved %q", got.Amount)
		}
	}
}

// TestUndocumentedSuccess: a success that the vendor does not document is none, and what
// both accounts hold tells.
func TestUndocumentedSuccess(t *testing.T) {
	t.Parallel()

	a := newAccount(t, map[string]string{"retrieve_amount_status": "200", "trans_id_kept_for": "1ns"})
	req := a.cash()
	req.Direction = transfer.FromMember
	a.wants(req, "retrieved", 1)
}

// TestThrottled: too many requests may be said after the act.
func TestThrottled(t *testing.T) {
	t.Parallel()

	for _, kind := range []string{bsssim.FaultStatusBefore, bsssim.FaultStatusAfter} {
		a := newAccount(t, map[string]string{"trans_id_kept_for": "1ns"})
		a.Fault(bsssim.Fault{Operation: "transfer_amount", Kind: kind, Status: 429, Code: "APIG.0308"})
		a.wants(a.cash(), "transferred", 1)
	}
}

// TestLostRequest: a request that is lost is sent again under its id, also where one
// account alone changes by as much.
func TestLostRequest(t *testing.T) {
	t.Parallel()

	for name, change := range map[string]map[string]any{
		"nothing else":   nil,
		"as much is out": {"amount": "70.00"},
		"as much is in":  {"amount": "70.00", "member_id": member},
	} {
		a := newAccount(t, nil)
		a.Wire.On(callTransfer, func(n int, deliver func() simtest.Reply) simtest.Reply {
			if n != 1 {
				return deliver()
			}

			if change != nil {
				a.Do("set_balance", change)
			}

			return simtest.Reply{Err: io.ErrUnexpectedEOF}
		})

		if a.wants(a.cash(), "transferred", 1); t.Failed() {
			t.Fatal(name)
		}
	}
}

// TestUsedBefore: what the server took before is recorded as that; a record that names
// the id tells how much it was.
func TestUsedBefore(t *testing.T) {
	t.Parallel()

	for records, want := range map[string]string{"own_id": "used_before", "none": "used_before", "trans_id": "transferred"} {
		a := newAccount(t, map[string]string{"transfer_records": records})
		a.wants(a.cash(), "transferred", 1)
		a.wants(a.cash(), want, 1)

		other := a.cash()
		other.Amount = simtest.Decimal(t, "1")

		if records == "trans_id" {
			want = "Another amount was moved with this key"
		}

		a.wants(other, want, 1)

		if sent, _ := a.Calls("transfer_amount"); records == "trans_id" && sent != 1 {
			t.Errorf("sent %d times", sent)
		}
	}
}

// TestRecordsOfOthers: a record that names another id, which a server gives that ignores
// the filter, is not of the transfer; the one after it is.
func TestRecordsOfOthers(t *testing.T) {
	t.Parallel()

	for name, amount := range map[string]string{"the same amount": "30.00", "another amount": "7.00"} {
		a := newAccount(t, map[string]string{"transfer_records": "trans_id"})
		other := map[string]any{"trade_id": "another", "change_amount": amount, "revenue_expense_type": "EXPENSE"}
		a.Edit("/account-change-records", func(answer map[string]any) {
			records, _ := answer["records"].([]any)
			answer["records"], answer["total_count"] = append([]any{other}, records...), len(records)+1
		})

		for range 2 {
			a.wants(a.cash(), "transferred", 1)
		}

		a.wants(a.part(), "transferred", 2)

		if sent, _ := a.Calls("transfer_amount"); sent != 1 {
			t.Errorf("%s: sent %d times", name, sent)
		}
	}
}

// TestUnconfirmed: the server says that it took what was lost, and nothing shows it.
func TestUnconfirmed(t *testing.T) {
	t.Parallel()

	a := newAccount(t, nil)
	a.Fault(bsssim.Fault{Operation: "transfer_amount", Kind: bsssim.FaultDropBefore})
	a.Fault(bsssim.Fault{Operation: "transfer_amount", Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99007009"})
	a.wants(a.cash(), "unconfirmed", 0)
}

// TestRefusedAfterDoubt: a refusal of the second request says nothing about the first.
func TestRefusedAfterDoubt(t *testing.T) {
	t.Parallel()

	a := newAccount(t, nil)
	a.Fault(bsssim.Fault{Operation: "transfer_amount", Kind: bsssim.FaultDropBefore})
	a.Fault(bsssim.Fault{Operation: "transfer_amount", Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99005003"})

	_, _, err := a.machine.Move(t.Context(), a.cash())

	var doubt *act.Doubt
	if !errors.As(err, &doubt) || doubt.Subject != act.Transfer(a.cash().TransID()) || !errors.Is(err, bssapi.ErrNoAnswer) {
		t.Error(err)
	}
}

// TestRefused: what cannot be moved is refused, before it is sent where that shows.
func TestRefused(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		change func(*account, *transfer.Request)
		says   string
		sent   int
	}{
		"too much":    {func(a *account, r *transfer.Request) { r.Amount = simtest.Decimal(a.t, "100.01") }, "More than can be transferred", 0},
		"no credit":   {func(_ *account, r *transfer.Request) { r.Balance = bssapi.BalanceTypeCredit }, "More than can be transferred", 0},
		"other unit":  {func(a *account, _ *transfer.Request) { a.Edit(callRetrieve, inUnit(7)) }, "reading what member", 0},
		"no member":   {func(_ *account, r *transfer.Request) { r.MemberID = "nobody" }, "reading what member", 0},
		"the server":  {func(a *account, _ *transfer.Request) { a.refuses("CBC.99007004", 1) }, "Transfer was refused", 1},
		"in progress": {func(a *account, _ *transfer.Request) { a.refuses("CBC.99007461", -1) }, "Another transfer is running", 0},
	} {
		a := newAccount(t, nil)
		req := a.cash()
		test.change(a, &req)
		a.wants(req, test.says, 0)

		if sent, _ := a.Calls("transfer_amount"); test.sent != sent && name != "in progress" {
			t.Errorf("%s: sent %d times", name, sent)
		}
	}
}

func (a *account) refuses(code string, times int) {
	a.Fault(bsssim.Fault{Operation: "transfer_amount", Kind: bsssim.FaultStatusBefore, Status: 400, Code: code, Times: times})
}

func inUnit(unit int) func(map[string]any) {
	return func(answer map[string]any) {
		for _, row := range simtest.Rows(answer, "amount_infos") {
			row["measure_id"] = unit
		}
	}
}

// TestCredits: of several credits none is guessed.
func TestCredits(t *testing.T) {
	t.Parallel()

	a := newAccount(t, nil)
	for _, expiry := range []string{"2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z"} {
		a.Do("add_credit", map[string]any{"amount": "35.00", "expire_time": expiry})
	}

	req := a.cash()
	req.Balance = bssapi.BalanceTypeCredit
	a.wants(req, "Several credits", 0)

	req.ExpireTime = "2031-01-01T00:00:00Z"
	a.wants(req, "transferred", 1)

	if got := a.World().Transfers[0].ExpireTime.Year(); got != 2031 {
		t.Errorf("it ends in %d", got)
	}
}

// TestWaits: a transfer waits until another one is over, and that counts as no attempt.
func TestWaits(t *testing.T) {
	t.Parallel()

	a := newAccount(t, nil)
	a.Do("hold_transfer", map[string]any{"for": "100s"})
	a.wants(a.cash(), "transferred", 1)

	if sent, _ := a.Calls("transfer_amount"); sent <= act.DefaultTiming().Attempts {
		t.Errorf("sent %d times", sent)
	}
}

// TestLostAfterWaiting: what another transfer moved while this one waited for it is not
// taken for this one's.
func TestLostAfterWaiting(t *testing.T) {
	t.Parallel()

	a := newAccount(t, nil)
	a.refuses("CBC.99007461", 1)
	a.Wire.On(callTransfer, func(n int, deliver func() simtest.Reply) simtest.Reply {
		switch n {
		case 1:
			defer a.Do("transfer", map[string]any{"member_id": member, "amount": "30.00"})

			return deliver()
		case 3:
			return simtest.Reply{Err: io.ErrUnexpectedEOF}
		default:
			return deliver()
		}
	})
	a.wants(a.cash(), "transferred", 1)
}

// TestSameCredit: where a later look does not show the credit that the first one did, no
// other one is taken for it.
func TestSameCredit(t *testing.T) {
	t.Parallel()

	a := newAccount(t, nil)
	a.Do("add_credit", map[string]any{"amount": "35.00", "expire_time": "2030-01-01T00:00:00Z"})
	a.refuses("CBC.99007461", 1)
	a.Wire.On(callTransfer, func(n int, deliver func() simtest.Reply) simtest.Reply {
		reply := deliver()
		if n != 2 {
			return reply
		}

		return simtest.Edited(t, reply, func(answer map[string]any) { answer["amount_infos"], answer["total_count"] = []any{}, 0 })
	})

	req := a.cash()
	req.Balance = bssapi.BalanceTypeCredit
	a.wants(req, "transferred", 1)

	for _, moved := range a.World().Transfers {
		if got := moved.ExpireTime.Year(); got != 2030 {
			t.Errorf("it ends in %d", got)
		}
	}
}

// TestSpending: what goes out is counted, until it is certain that it did not.
func TestSpending(t *testing.T) {
	t.Parallel()

	bounded := func(c *act.Conditions) {
		most, _ := bssapi.ParseDecimal("59.99")
		c.Spending = spending.New(spending.Policy{MaxPerApply: most})
	}

	a := newAccount(t, nil, bounded)
	a.refuses("CBC.99005003", 1)
	a.wants(a.cash(), "Transfer was refused", 0)
	a.wants(a.cash(), "transferred", 1)

	other := a.cash()
	other.Key = "other"
	a.wants(other, "Spending is above max_per_apply", 1)

	other.Direction = transfer.FromMember
	a.wants(other, "retrieved", 2)

	// What is in doubt stays counted.
	a = newAccount(t, nil, bounded)
	a.Fault(bsssim.Fault{Operation: "transfer_amount", Kind: bsssim.FaultDropBefore, Times: act.DefaultTiming().Attempts})
	a.wants(a.cash(), "the transfer of transfer ", 0)

	other.Direction = transfer.ToMember
	a.wants(other, "Spending is above max_per_apply", 0)
}

// TestAccount: nothing is looked at or moved of an account that is not allowed.
func TestAccount(t *testing.T) {
	t.Parallel()

	a := newAccount(t, nil, func(c *act.Conditions) {
		c.Account = func(context.Context, string) error { return errors.New("not this one") }
	})

	a.wants(a.cash(), "Account is not allowed", 0)

	if _, err := a.machine.Quote(t.Context(), a.cash()); err == nil || len(a.Requests()) != 0 {
		t.Errorf("%v after %d calls", err, len(a.Requests()))
	}
}

// TestOneAtATime: another transfer of the run has its turn when the first is settled.
func TestOneAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var (
			locks act.Locks
			other sync.WaitGroup
			calls int
		)

		a := newAccount(t, nil, func(c *act.Conditions) { c.Locks = &locks })
		a.Wire.On(callTransfer, func(n int, deliver func() simtest.Reply) simtest.Reply {
			if n != 1 {
				return deliver()
			}

			other.Go(func() {
				defer locks.Lock(act.Sending("transfer"))()

				calls = len(a.Requests())
			})
			synctest.Wait()
			deliver()

			return simtest.Reply{Err: io.ErrUnexpectedEOF}
		})

		a.wants(a.cash(), "transferred", 1)
		other.Wait()

		if all := len(a.Requests()); calls != all {
			t.Errorf("another one had its turn after %d of %d calls", calls, all)
		}
	})
}

// TestQuote: a plan is told what would be moved, and never acts.
func TestQuote(t *testing.T) {
	t.Parallel()

	a := newAccount(t, map[string]string{"transfer_records": "trans_id"})

	quote, err := a.machine.Quote(t.Context(), a.cash())
	if got := fmt.Sprint(quote.Made, quote.Currency, quote.ExpireTime, err); got != "false CNY  <nil>" && got != "falseCNY<nil>" {
		t.Error(got)
	}

	a.wants(a.cash(), "transferred", 1)

	if quote, err = a.machine.Quote(t.Context(), a.cash()); err != nil || !quote.Made || len(quote.Warnings) != 1 {
		t.Errorf("%+v, %v", quote, err)
	}

	other := a.cash()
	other.Amount = simtest.Decimal(t, "1")

	if _, err = a.machine.Quote(t.Context(), other); err == nil || len(a.World().Transfers) != 1 {
		t.Error(err)
	}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// testAmount is the amount of a text that is one.
func testAmount(text string) Decimal {
	amount, err := ParseDecimal(text)
	if err != nil {
		panic(err)
	}

	return amount
}

func anAmount() MoveAmountRequest {
	return MoveAmountRequest{MemberID: "m", Amount: testAmount("1.5"), TransID: "t", BalanceType: BalanceTypeDebit}
}

// TestTransfersAreSentOnce: nothing of a transfer is ever repeated, and what is no
// documented success is none.
func TestTransfersAreSentOnce(t *testing.T) {
	t.Parallel()
	calls := map[string]func(*Client) error{
		"transfer": func(c *Client) error { return c.TransferAmount(t.Context(), anAmount()) },
		"retrieve": func(c *Client) error { return c.RetrieveAmount(t.Context(), anAmount()) },
		"coupon": func(c *Client) error {
			sub, err := c.TransferCoupon(t.Context(), TransferCouponRequest{MemberID: "m", CouponID: "c", Amount: testAmount("1"), TransID: "t"})
			if err == nil && sub != "s" {
				t.Errorf("sub coupon %q", sub)
			}

			return err
		},
		"coupon back": func(c *Client) error {
			amount, err := c.RetrieveCoupon(t.Context(), RetrieveCouponRequest{MemberID: "m", CouponID: "c", SubCouponID: "s", TransID: "t"})
			if err == nil && amount.String() != "12.5" {
				t.Errorf("retrieved %s", amount)
			}

			return err
		},
	}
	for name, test := range map[string]struct {
		status int
		body   string
		taken  []string
	}{
		"204":       {204, "", []string{"transfer", "retrieve"}},
		"200":       {200, "", nil},
		"200 {}":    {200, "{}", nil},
		"202":       {202, "", nil},
		"coupon":    {200, `{"sub_coupon_id":"s"}`, []string{"coupon"}},
		"retrieval": {200, `{"real_retrieve_amout":"12.5"}`, []string{"coupon back"}},
		"a page":    {200, "<html>", nil},
		"an error":  {200, `{"error_code":"CBC.0999"}`, nil},
		"500":       {500, `{"error_code":"CBC.0999"}`, nil},
		"429":       {429, `{"error_code":"APIGW.0308"}`, nil},
	} {
		for operation, call := range calls {
			fake := always(test.status, test.body)
			c, _ := newTestClient(t, fake, WithSite(SiteChina))
			err := call(c)
			if want := strings.Contains(strings.Join(test.taken, ","), operation) &&
				(operation != "coupon" || name != "retrieval"); (err == nil) != want {
				t.Errorf("%s, %s: %v", operation, name, err)
			}
			if n := len(fake.requests()); n != 1 {
				t.Errorf("%s, %s: %d requests", operation, name, n)
			}
		}
	}
}

// TestTransferBody: credit that does not end has no expiry in its request.
func TestTransferBody(t *testing.T) {
	t.Parallel()
	for expiry, want := range map[string]string{
		"": `{"customer_id":"m","amount":"1.50","trans_id":"t","balance_type":"BALANCE_TYPE_CREDIT"}`,
		"2030-01-01T00:00:00Z": `{"customer_id":"m","amount":"1.50","trans_id":"t","balance_type":"BALANCE_TYPE_CREDIT",` +
			`"expire_time":"2030-01-01T00:00:00Z"}`,
	} {
		fake := always(204, "")
		c, _ := newTestClient(t, fake, WithSite(SiteChina))
		request := anAmount()
		request.BalanceType, request.ExpireTime = BalanceTypeCredit, expiry
		if err := c.TransferAmount(t.Context(), request); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, fake.requests()[0].body); diff != "" {
			t.Error(diff)
		}
	}
}

// TestTransfersThatAreNotSent are refused before they could move anything.
func TestTransfersThatAreNotSent(t *testing.T) {
	t.Parallel()
	fake := always(204, "")
	c, _ := newTestClient(t, fake, WithSite(SiteChina))
	abroad, _ := newTestClient(t, fake)
	for name, change := range map[string]func(*MoveAmountRequest){
		"nobody":          func(r *MoveAmountRequest) { r.MemberID = "" },
		"no id":           func(r *MoveAmountRequest) { r.TransID = "" },
		"a long id":       func(r *MoveAmountRequest) { r.TransID = strings.Repeat("x", 33) },
		"nothing":         func(r *MoveAmountRequest) { r.Amount = testAmount("0.00") },
		"less than that":  func(r *MoveAmountRequest) { r.Amount = testAmount("-1") },
		"three decimals":  func(r *MoveAmountRequest) { r.Amount = testAmount("1.005") },
		"no amount":       func(r *MoveAmountRequest) { r.Amount = Decimal{} },
		"a bonus":         func(r *MoveAmountRequest) { r.BalanceType = "BONUS" },
		"cash that ends":  func(r *MoveAmountRequest) { r.ExpireTime = "2030-01-01T00:00:00Z" },
		"no account type": func(r *MoveAmountRequest) { r.BalanceType = "" },
	} {
		request := anAmount()
		change(&request)
		if err := c.TransferAmount(t.Context(), request); !errors.Is(err, ErrNotSent) || !NotDone(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := abroad.RetrieveAmount(t.Context(), anAmount()); !errors.Is(err, ErrNotOnSite) {
		t.Error(err)
	}
	if _, err := c.TransferCoupon(
		t.Context(),
		TransferCouponRequest{MemberID: "m", Amount: testAmount("1"), TransID: "t"},
	); !errors.Is(
		err,
		ErrNotSent,
	) {
		t.Error(err)
	}
	if _, err := c.RetrieveCoupon(
		t.Context(),
		RetrieveCouponRequest{MemberID: "m", CouponID: "c", TransID: "t"},
	); !errors.Is(
		err,
		ErrNotSent,
	) {
		t.Error(err)
	}
	if n := len(fake.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
	for text, want := range map[string]bool{"0.01": true, "1.500": true, "1e3": true, "0": false, "0.001": false, "-3": false, "0.010": true} {
		if Movable(testAmount(text)) != want {
			t.Errorf("%s: %t", text, !want)
		}
	}
	for text, want := range map[string]string{"1": "1.00", "1.5": "1.50", "0.010": "0.01", "1e3": "1000.00", "12.34": "12.34"} {
		if got := movedText(testAmount(text)); got != want {
			t.Errorf("%s is sent as %s", text, got)
		}
	}
}

// TestTransferCodes: what says that nothing was moved, and what says nothing.
func TestTransferCodes(t *testing.T) {
	t.Parallel()
	for code, want := range map[Code]bool{
		CodeTransferRunning: true, CodeChecksFailed: true, CodeCreditEnded: true, CodeBalanceShort: true,
		CodeTransIDUsed: false, CodeTransferFailed: false,
	} {
		if got := NotDone(&Error{Status: 400, Code: code}); got != want {
			t.Errorf("%s: %t", code, got)
		}
	}
}

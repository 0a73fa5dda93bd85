// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
)

// AccountBalances are the account's funds.
type AccountBalances struct {
	AccountBalances []AccountBalance `json:"account_balances"`
	// DebtAmount is the total that is owed.
	DebtAmount Decimal `json:"debt_amount"`
	MeasureID  int     `json:"measure_id"`
	Currency   string  `json:"currency"`
}

// AccountType is the kind of an account's fund.
type AccountType int

// The kinds.
const (
	AccountTypeBalance AccountType = 1
	AccountTypeCredit  AccountType = 2
	AccountTypeBonus   AccountType = 5
	AccountTypeDeposit AccountType = 7
)

// AccountBalance is one fund.
type AccountBalance struct {
	AccountID        string      `json:"account_id"`
	AccountType      AccountType `json:"account_type"`
	Amount           Decimal     `json:"amount"`
	Currency         string      `json:"currency"`
	DesignatedAmount Decimal     `json:"designated_amount"`
	// CreditAmount is the credit line, for a credit account only.
	CreditAmount Decimal `json:"credit_amount"`
	MeasureID    int     `json:"measure_id"`
}

// Spendable is what orders in a currency can be paid with: the balance and the
// credit. A bonus and a deposit are bound to purposes of their own, and coupons are no
// funds. What is in another currency or unit, or has no amount, does not count.
func (b *AccountBalances) Spendable(currency string) Decimal {
	funds := Decimal{text: "0"}

	for _, account := range b.AccountBalances {
		counts := account.AccountType == AccountTypeBalance || account.AccountType == AccountTypeCredit
		if counts && !account.Amount.IsNull() && InCurrency(account.MeasureID) && (account.Currency == "" || account.Currency == currency) {
			funds = funds.Add(account.Amount)
		}
	}

	return funds
}

// GetAccountBalances returns the account's funds.
//
// Permission: bss:balance:view.
func (c *Client) GetAccountBalances(ctx context.Context) (*AccountBalances, error) {
	var out AccountBalances
	if err := c.do(ctx, call{op: opGetAccountBalances, out: &out}); err != nil {
		return nil, err
	}

	return &out, nil
}

type listAuthDomainsResponse struct {
	Domains []Account `json:"domains"`
}

// Account is an account as the identity service names it.
type Account struct {
	// ID is the domain id.
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Accounts returns the accounts of the credentials, as the identity service
// names them: one.
func (c *Client) Accounts(ctx context.Context) ([]Account, error) {
	var out listAuthDomainsResponse
	if err := c.askIdentity(ctx, call{op: opListAuthDomains, out: &out}); err != nil {
		return nil, err
	}

	return slices.DeleteFunc(out.Domains, func(account Account) bool { return account.ID == "" }), nil
}

// Site returns the account's site. If it was not set, each site gets one cheap
// call until one does not answer that the account lives elsewhere. A site that
// was found is kept; after a failure, the next call asks again.
func (c *Client) Site(ctx context.Context) (Site, error) {
	if site := c.found.Load(); site != nil {
		return *site, nil
	}
	select {
	case c.probing <- struct{}{}:
		defer func() { <-c.probing }()
	case <-ctx.Done():
		return "", opListServiceTypes.refuse(ctx.Err())
	}
	if site := c.found.Load(); site != nil {
		return *site, nil
	}
	find := c.probe
	if c.config.endpoint != nil {
		find = c.siteOfEndpoint
	}
	site, err := find(ctx)
	if err != nil {
		return "", err
	}
	c.found.Store(&site)

	return site, nil
}

func (c *Client) probe(ctx context.Context) (Site, error) {
	var err error
	for _, site := range allSites {
		var base *url.URL
		if base, err = url.Parse(site.endpoint()); err != nil {
			return "", err
		}
		err = c.send(ctx, base, site, call{
			op: opListServiceTypes, query: params{"limit": {"1"}}, out: &listServiceTypesResponse{},
		})
		if err == nil {
			return site, nil
		}
		if !errors.Is(err, ErrWrongSite) {
			return "", fmt.Errorf("finding out the site: %w", err)
		}
	}

	return "", fmt.Errorf("finding out the site: %w", err)
}

// siteOfEndpoint finds out which site is behind an address that is not a site's
// own: by its host, else by the currency of the account.
func (c *Client) siteOfEndpoint(ctx context.Context) (Site, error) {
	for _, site := range allSites {
		if site.endpoint() == "https://"+c.config.endpoint.Host {
			return site, nil
		}
	}
	balances, err := c.GetAccountBalances(ctx)
	if err != nil {
		return "", fmt.Errorf("finding out the site by the account's currency: %w", err)
	}
	switch balances.Currency {
	case "CNY":
		return SiteChina, nil
	case "USD":
		return SiteInternational, nil
	case "EUR":
		return SiteEurope, nil
	}

	return "", &Error{
		Operation: opGetAccountBalances.name,
		Err:       fmt.Errorf("the account's currency %q does not tell the site", balances.Currency),
	}
}

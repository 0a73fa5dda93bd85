// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Identity is what the identity service knows beside the fixed keys.
type Identity struct {
	Agencies  []*Agency           `json:"agencies"`
	Users     []*User             `json:"users"`
	Providers []*IdentityProvider `json:"identity_providers"`
}

// Agency is what an account delegates to others.
type Agency struct {
	Name       string `json:"name"`
	DomainID   string `json:"domain_id"`
	DomainName string `json:"domain_name"`
	// Trusts are the accounts that may take it on.
	Trusts []string `json:"trusts"`
}

// User is a user of an account.
type User struct {
	Name       string `json:"name"`
	Password   string `json:"password"`
	DomainID   string `json:"domain_id"`
	DomainName string `json:"domain_name"`
}

// IdentityProvider is one outside of the vendor's, with the token that it vouches with.
type IdentityProvider struct {
	ID       string `json:"id"`
	DomainID string `json:"domain_id"`
	IDToken  string `json:"id_token"`
	// ExpiresAt is when the token ends; never, if zero.
	ExpiresAt time.Time `json:"expires_at,omitzero"`
}

// IssuedKeys are keys, or a token, that the identity service has given.
type IssuedKeys struct {
	AccessKey     string `json:"access_key,omitempty"`
	SecretKey     string `json:"secret_key,omitempty"`
	SecurityToken string `json:"security_token,omitempty"`
	Token         string `json:"token,omitempty"`
	// Unscoped says that the token is good for keys alone.
	Unscoped  bool      `json:"unscoped,omitempty"`
	DomainID  string    `json:"domain_id"`
	ExpiresAt time.Time `json:"expires_at"`
}

// issuedNow is what was issued, and whether it has ended.
type issuedNow struct {
	IssuedKeys

	ended bool
}

func (w *world) issuedNow() []issuedNow {
	all := make([]issuedNow, 0, len(w.Issued))
	for _, issued := range w.Issued {
		all = append(all, issuedNow{*issued, !w.clock.now().Before(issued.ExpiresAt)})
	}

	return all
}

// identity is what a world knows that says nothing: the agency billing of the customer
// for the operator and for itself, the agency relay of the operator for the customer,
// one user, and one identity provider.
func (w *world) identity() *Identity {
	if w.Identity == nil {
		fixed := simulatedCredentials(w.CustomerID)
		w.Identity = &Identity{
			Agencies: []*Agency{
				{Name: "billing", DomainID: w.CustomerID, DomainName: domainName, Trusts: []string{operatorID, w.CustomerID}},
				{Name: "relay", DomainID: operatorID, DomainName: "demo-operator", Trusts: []string{w.CustomerID}},
			},
			Users:     []*User{{Name: fixed.UserName, Password: fixed.Password, DomainID: w.CustomerID, DomainName: domainName}},
			Providers: []*IdentityProvider{{ID: fixed.IdpID, DomainID: w.CustomerID, IDToken: fixed.IDToken}},
		}
		w.dirty = true
	}

	return w.Identity
}

// agency is one that a caller may take on.
func (w *world) agency(name, domainID, domainName, caller string) (*Agency, error) {
	domain := namedDomain{ID: domainID, Name: domainName}
	agency := found(w.identity().Agencies, func(a *Agency) bool { return a.Name == name && domain.of(a.DomainID, a.DomainName) })
	switch {
	case agency == nil:
		return nil, identityRefusal(http.StatusNotFound, "Could not find agency: %s.", name)
	case !slices.Contains(agency.Trusts, caller):
		return nil, identityRefusal(
			http.StatusForbidden,
			"You are not authorized to perform the requested action: the agency is not delegated to you.",
		)
	}

	return agency, nil
}

// issueKeys gives keys of an account for so many seconds, a quarter of an hour if nothing says.
func (w *world) issueKeys(domain string, seconds *int) (answer, error) {
	life := shortestKeys
	if seconds != nil {
		life = *seconds
	}
	if life < shortestKeys || life > longestKeys {
		return answer{}, identityRefusal(http.StatusBadRequest, "duration_seconds must be from %d to %d.", shortestKeys, longestKeys)
	}
	n := w.next("issued_keys")
	issued := &IssuedKeys{
		AccessKey: fmt.Sprintf("SIMULATORISSUED%05d", n), SecretKey: fmt.Sprintf("simulator-issued-key-of-no-worth-%07d", n),
		SecurityToken: fmt.Sprintf("simulator-issued-security-token-of-no-worth-%07d", n),
		DomainID:      domain, ExpiresAt: w.clock.now().Add(time.Duration(life) * time.Second),
	}
	w.Issued = append(w.Issued, issued)

	return answer{status: http.StatusCreated, body: map[string]any{"credential": map[string]any{
		"access": issued.AccessKey, "secret": issued.SecretKey, "securitytoken": issued.SecurityToken,
		"expires_at": identityTime(issued.ExpiresAt),
	}}}, nil
}

func (w *world) issueToken(domain string, unscoped bool) (answer, error) {
	issued := &IssuedKeys{
		Token: fmt.Sprintf("simulator-issued-token-of-no-worth-%07d", w.next("issued_keys")), Unscoped: unscoped,
		DomainID: domain, ExpiresAt: w.clock.now().Add(tokenLife),
	}
	w.Issued = append(w.Issued, issued)

	return answer{
		status: http.StatusCreated, header: map[string]string{"X-Subject-Token": issued.Token},
		body: map[string]any{"token": map[string]any{
			"expires_at": identityTime(issued.ExpiresAt), "issued_at": identityTime(w.clock.now()), "methods": []string{"password"},
		}},
	}, nil
}

// identityTime is the identity service's form of an instant.
func identityTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }

func addAgency(w *world, data []byte) (map[string]any, error) {
	var agency Agency
	if err := decodeStrictly(data, &agency); err != nil {
		return nil, err
	}
	if agency.Name == "" {
		return nil, errors.New("name is required")
	}
	agency.DomainID, agency.DomainName = cmp.Or(agency.DomainID, w.CustomerID), cmp.Or(agency.DomainName, domainName)
	identity := w.identity()
	identity.Agencies = append(identity.Agencies, &agency)
	w.dirty = true

	return map[string]any{}, nil
}

func setPassword(w *world, data []byte) (map[string]any, error) {
	var spec struct {
		UserName string `json:"user_name"`
		Password string `json:"password"`
	}
	if err := decodeStrictly(data, &spec); err != nil {
		return nil, err
	}
	user := found(w.identity().Users, func(u *User) bool { return u.Name == spec.UserName })
	if user == nil {
		return nil, fmt.Errorf("no user %q", spec.UserName)
	}
	user.Password, w.dirty = spec.Password, true

	return map[string]any{}, nil
}

func setIDToken(w *world, data []byte) (map[string]any, error) {
	var spec struct {
		ID        string    `json:"id"`
		IDToken   string    `json:"id_token"`
		ExpiresAt time.Time `json:"expires_at"`
	}
	if err := decodeStrictly(data, &spec); err != nil {
		return nil, err
	}
	provider := found(w.identity().Providers, func(p *IdentityProvider) bool { return p.ID == spec.ID })
	if provider == nil {
		return nil, fmt.Errorf("no identity provider %q", spec.ID)
	}
	provider.IDToken, provider.ExpiresAt, w.dirty = spec.IDToken, spec.ExpiresAt, true

	return map[string]any{}, nil
}

// endKeys ends all keys and tokens that the identity service has given.
func endKeys(w *world, data []byte) (map[string]any, error) {
	var none struct{}
	if err := decodeStrictly(data, &none); err != nil {
		return nil, err
	}
	for _, issued := range w.Issued {
		issued.ExpiresAt, w.dirty = w.clock.now(), true
	}

	return map[string]any{}, nil
}

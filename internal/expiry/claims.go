// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package expiry

import (
	"strings"
	"sync"
)

// Aspect is what of a resource or of an order somebody manages.
type Aspect int

// The aspects.
const (
	// AspectExpiry: what happens when the paid term ends.
	AspectExpiry Aspect = iota
	// AspectTerm: how long the resource is paid.
	AspectTerm
	// AspectEnd: that the resource ends.
	AspectEnd
	// AspectPayment: that an order is paid, or canceled.
	AspectPayment
	// AspectRenewalSettings: those of all renewals of the account.
	AspectRenewalSettings
	// AspectMember: a member account of an enterprise.
	AspectMember
	// AspectProjectAuthority: that the account has enterprise projects.
	AspectProjectAuthority
	// AspectTransfer: that a transfer between accounts is made. The ID is that which it
	// is sent under.
	AspectTransfer
)

// spelled is the same for all spellings of one id: the case of an order id does not
// tell orders apart.
func (a Aspect) spelled(id string) string {
	if a == AspectPayment {
		return strings.ToUpper(id)
	}

	return id
}

// Claim says that an object of Terraform manages an aspect of an id.
type Claim struct {
	// ID is that of a resource, of an order, or of a transfer.
	ID     string
	Aspect Aspect
	// Type is the type of the object.
	Type string
	// Mark tells the object from others.
	Mark string
}

// against says whether two objects stand in each other's way: both manage the
// same of one id, or one ends what the other keeps.
func (c Claim) against(other Claim) bool {
	if c.Mark == other.Mark {
		return false
	}

	return c.Aspect == other.Aspect || c.ends(other) || other.ends(c)
}

func (c Claim) ends(other Claim) bool {
	return c.Aspect == AspectEnd && (other.Aspect == AspectExpiry || other.Aspect == AspectTerm)
}

// Claims remembers, for one run, which object manages what of which id. It sees
// what is planned in this run with a known id, and nothing else.
type Claims struct {
	mu   sync.Mutex
	byID map[string][]Claim
	// keeping are the objects that exist and keep something on, ending those whose
	// destruction turns it off.
	keeping, ending []Claim
}

// Keep notes that an object that exists keeps on what its claim is about, and
// returns one whose destruction in this run would turn that off, if there is any.
func (c *Claims) Keep(claim Claim) (ending Claim, conflict bool) {
	c.mu.Lock()
	defer c.mu.Unlock()

	c.keeping = append(c.keeping, claim)

	return standing(c.ending, claim)
}

// End notes that the destruction of an object turns off what its claim is about, and
// returns one that exists and keeps that on, if there is any.
func (c *Claims) End(claim Claim) (keeping Claim, conflict bool) {
	c.mu.Lock()
	defer c.mu.Unlock()

	c.ending = append(c.ending, claim)

	return standing(c.keeping, claim)
}

// standing is a claim of another object to the same aspect of the id.
func standing(claims []Claim, claim Claim) (Claim, bool) {
	for _, other := range claims {
		if other.ID == claim.ID && other.Aspect == claim.Aspect && other.Mark != claim.Mark {
			return other, true
		}
	}

	return Claim{}, false
}

// Claim notes the claim, and returns one of another object that stands against
// it, if there is any.
func (c *Claims) Claim(claim Claim) (other Claim, taken bool) {
	c.mu.Lock()
	defer c.mu.Unlock()

	if c.byID == nil {
		c.byID = map[string][]Claim{}
	}

	id := claim.Aspect.spelled(claim.ID)

	for _, earlier := range c.byID[id] {
		if earlier.against(claim) {
			return earlier, true
		}
	}

	c.byID[id] = append(c.byID[id], claim)

	return Claim{}, false
}

// Claimed says whether an object of this run manages the aspect of the id.
func (c *Claims) Claimed(id string, aspect Aspect) bool {
	c.mu.Lock()
	defer c.mu.Unlock()

	for _, claim := range c.byID[aspect.spelled(id)] {
		if claim.Aspect == aspect {
			return true
		}
	}

	return false
}

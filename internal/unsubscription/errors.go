// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package unsubscription

import "strings"

// Doubt is an unsubscription that may or may not have been made, after looking
// did not settle it. It was sent once, and is not sent again by the run that
// sent it.
type Doubt struct {
	ResourceID string
	// Err is the answer that left the doubt.
	Err error
	// LookErr is why looking failed, nil if it worked and showed no effect.
	LookErr error
	// Orders are recent unsubscriptions, of which one may be this.
	Orders []string
}

func (d *Doubt) Error() string {
	text := "the unsubscription of resource " + d.ResourceID + " was sent once, and its answer leaves open whether it was made: " +
		"" + d.Err.Error()
	if d.LookErr != nil {
		text += "; looking at the resource failed too: " + d.LookErr.Error()
	}

	if len(d.Orders) > 0 {
		text += "; it may be " + strings.Join(d.Orders, " or ")
	}

	return text
}

func (d *Doubt) Unwrap() []error { return []error{d.Err, d.LookErr} }

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
)

// autorenewals remembers, for one run, the states of bss_autorenew by their resource:
// a number of renewals that a new object takes over must not start again.
type autorenewals struct {
	mu sync.Mutex
	// before are the states of what this run plans to change or has destroyed. What it
	// creates of the same resource replaces them.
	before map[string]autorenewModel
	// ending are the objects whose destruction is planned, and creating those whose
	// creation is.
	ending, creating map[string]autorenewModel
}

func newAutorenewals() *autorenewals {
	return &autorenewals{
		before: map[string]autorenewModel{}, ending: map[string]autorenewModel{}, creating: map[string]autorenewModel{},
	}
}

// note remembers the state of an object.
func (a *autorenewals) note(state *autorenewModel) {
	a.mu.Lock()
	defer a.mu.Unlock()

	a.before[state.ResourceID.ValueString()] = *state
}

// replaced is the state that a new object replaces, an empty one for none.
func (a *autorenewals) replaced(resourceID string) *autorenewModel {
	a.mu.Lock()
	defer a.mu.Unlock()

	state := a.before[resourceID]

	return &state
}

// ends notes that an object is to be destroyed, and creates that one is to be created.
// They refuse the second one of a pair that has the same number of renewals, where that
// may be used: which of the two acts first is not certain, and the new one alone does not
// know of the other.
func (a *autorenewals) ends(state *autorenewModel) diag.Diagnostics {
	a.mu.Lock()
	defer a.mu.Unlock()

	id := state.ResourceID.ValueString()
	a.ending[id] = *state
	created, found := a.creating[id]

	return startsAgain(state, &created, found)
}

func (a *autorenewals) creates(plan *autorenewModel) diag.Diagnostics {
	a.mu.Lock()
	defer a.mu.Unlock()

	id := plan.ResourceID.ValueString()
	a.creating[id] = *plan
	ended, found := a.ending[id]

	return startsAgain(&ended, plan, found)
}

func startsAgain(ends, created *autorenewModel, both bool) diag.Diagnostics {
	if !both || !ends.used() || !created.Enabled.ValueBool() || !created.Times.Equal(ends.Times) {
		return nil
	}

	id := ends.ResourceID.ValueString()

	return diag.Diagnostics{
		diag.NewAttributeErrorDiagnostic(
			path.Root("times"),
			"The number of renewals of resource "+id+" would start again",
			fmt.Sprintf(
				"A bss_autorenew of resource %s is to be destroyed, and another one to be created with the same times = %d. The first one may "+
					"have renewed by now, and the second one would send the number anew. If it was renamed, say so in a moved block, or with terraform "+
					"state mv. If it is a deposed object, take the resource out with terraform state rm and import it again. To have the number start "+
					"again, change times.",
				id,
				ends.Times.ValueInt64(),
			),
		),
	}
}

// used says whether some or all of the number of renewals may be used.
func (m *autorenewModel) used() bool {
	return m.Enabled.ValueBool() && m.Times.ValueInt64() > 0 &&
		(m.Exhausted.ValueBool() || inDoubt(m.Status) || !m.ExpireTime.Equal(m.ExpiresAtEnabling))
}

// staysOff says whether what replaces a state leaves automatic renewal off: its number of
// renewals is used up, or may be, and is not a new one.
func (m *autorenewModel) staysOff(replaced *autorenewModel, found bssapi.Resource) bool {
	doubtful := inDoubt(replaced.Status) && replaced.Times.ValueInt64() > 0 &&
		!expiry.Settles(found, replaced.ExpiresAtEnabling.ValueString())

	return m.Enabled.ValueBool() && !m.newTimes(replaced) && !expiry.WantAutoRenew.Met(found) && (replaced.Exhausted.ValueBool() || doubtful)
}

// offAgain warns that what replaces something exhausted is not turned on.
func offAgain(resourceID string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(
		path.Root("times"),
		"Automatic renewal of resource "+resourceID+" stays off",
		fmt.Sprintf(
			"What is replaced has renewed resource %s as often as times says, or may have. It is recorded as exhausted, and not turned on "+
				"again until times changes.",
			resourceID,
		),
	)
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import "slices"

// acts are all that can cost money.
var acts = []*money{
	paying, renewing, unsubscribing, converting, enabling, enablingOnce, disabling, canceling, transferring, retrieving, givingCoupon,
}

// alone is one pipeline with so many departures.
func alone(a *money, departures int) []cell {
	return withLocks(cell{act: a, pipelines: 1, applies: 3, departures: departures})
}

// together are two pipelines that are told the same.
func together(a *money, applies, departures int) []cell {
	return withLocks(cell{act: a, pipelines: 2, applies: applies, departures: departures})
}

// withLocks is the cell with the locks of the server on and off, where they matter.
func withLocks(c cell) []cell {
	locked := c
	locked.locks = true

	if c.act.locked {
		return []cell{locked, c}
	}

	return []cell{c}
}

// small are the cells that run with every change.
func small() []cell {
	var cells []cell
	for _, a := range acts {
		cells = append(cells, alone(a, 1)...)
	}

	cells = append(cells, withLocks(cell{act: underReview, pipelines: 1, applies: 2, departures: 1})...)

	return slices.Concat(cells, together(paying, 1, 0), together(transferring, 1, 0))
}

// quick are the cells that tell best whether a guard is broken: without the locks of
// the server, which hide that.
func quick() []cell {
	var cells []cell

	for _, a := range append(slices.Clone(acts), underReview) {
		cells = append(cells, cell{act: a, pipelines: 1, applies: 2, departures: 1})
	}

	return cells
}

// large are the cells that take many minutes, the smaller ones first.
func large() []cell {
	cells := small()

	for _, a := range acts {
		cells = append(cells, together(a, 2, 0)...)
	}

	for _, a := range slices.Backward(acts) {
		cells = append(cells, alone(a, 2)...)
	}

	cells = append(cells, alone(underReview, 1)...)
	cells = append(cells, together(brieflyReviewed, 2, 0)...)
	cells = append(cells, together(paying, 1, 1)...)
	cells = append(cells, alone(paying, 3)...)

	return append(cells, together(renewing, 1, 1)...)
}

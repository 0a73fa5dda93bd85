// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import "slices"

// unsubscribing is about a resource that is given back, or terms of it.
func unsubscribing(v values, row *Row) {
	id := v.text("resource_id")
	row.Withheld = v.mentions("resource_id", "scope", "deletes", "expire_time", "planned_expire_time")
	row.Subject = optional(id)
	row.becomes(sectionDeleted, "unsubscribes", "Unsubscribes resource "+called(v, "resource_id"))

	if row.Ends = optional(v.text("planned_expire_time")); row.Ends == nil {
		row.Ends = optional(v.text("expire_time"))
	}

	// Only of a resource that is closed does a plan know the outcome.
	if v.state("status") == known {
		row.recorded("done_already", "Resource "+called(v, "resource_id")+": that is done already")

		return
	}

	if v.text("scope") == "renewals_only" {
		row.becomes(sectionShortened, "unsubscribes_renewals", "Gives back the renewed terms of resource "+called(v, "resource_id")+
			" that have not started")

		return
	}

	row.alongside(v, "deletes", id)

	if row.Ends != nil && row.Section == sectionDeleted {
		row.says += ", whose term ends on " + day(*row.Ends)
	}
}

// alongside names what goes with a resource. A plan of a resource says that nothing is
// left to do by a list that is null; an action has no list.
func (r *Row) alongside(v values, attribute, id string) {
	switch is := v.state(attribute); {
	case is == absent && r.By == byResource:
		r.recorded("done_already", "Resource "+called(v, "resource_id")+": that is done already")

		return
	case is != known:
		r.says += " and whatever is attached to it"

		return
	}

	r.With = slices.DeleteFunc(v.texts(attribute), func(one string) bool { return one == id })

	if len(r.With) > 0 {
		r.says += " with " + counts(len(r.With), "attached resource") + ": " + names(r.With)
	}
}

// widening is about an unsubscription in state, which unsubscribes again only to take
// the resource after its renewals.
func widening(c change, row *Row) {
	if c.before.text("scope") == "renewals_only" && c.after.text("scope") != "renewals_only" {
		unsubscribing(c.after, row)

		return
	}

	row.recorded("records_arguments", "Arguments are recorded, or something unfinished is waited for")
}

// converting is about a resource that turns pay-per-use at once.
func converting(v values, row *Row) {
	id := v.text("resource_id")
	row.Withheld = v.mentions("resource_id", "converts", "expire_time")
	row.Subject, row.Ends = optional(id), optional(v.text("expire_time"))
	row.becomes(sectionConverted, "turns_pay_per_use", "Turns resource "+called(v, "resource_id"))
	row.alongside(v, "converts", id)

	if row.Section == sectionConverted {
		row.says += " to pay-per-use: charges by use begin, and it cannot be undone"
	}
}

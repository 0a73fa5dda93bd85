// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"bytes"
	"maps"
	"slices"
)

// kind says what a type of resource does: when it is made, when it is changed, and when
// it is no longer managed. What has no function of its own is only recorded, and
// touches nothing when it ends.
type kind struct {
	creates func(values, *Row)
	updates func(c change, row *Row)
	ends    func(c change, row *Row)
	goesOn  func(values) string // the section of what stays set
}

// resources are all types of the provider.
var resources = map[string]kind{
	"bss_order_payment":      {creates: paying},
	"bss_renewal":            {creates: renewing, updates: renewingMore},
	"bss_order_cancellation": {creates: canceling},

	"bss_autorenew":        {creates: settingRenewal, updates: resetting(settingRenewal), ends: endingPolicy, goesOn: renewalSection},
	"bss_expiry_policy":    {creates: settingPolicy, updates: resetting(settingPolicy), ends: endingPolicy, goesOn: policySection},
	"bss_renewal_settings": {creates: settingAccount, updates: resettingAccount},

	"bss_unsubscription":       {creates: unsubscribing, updates: widening},
	"bss_on_demand_conversion": {creates: converting},

	"bss_enterprise_transfer":          {creates: transferring},
	"bss_enterprise_coupon_transfer":   {creates: transferringCoupon},
	"bss_enterprise_member":            {creates: addingMember},
	"bss_enterprise_project_authority": {creates: openingProjects},
}

// Resources are the types of resources that a report knows.
func Resources() []string { return slices.Sorted(maps.Keys(resources)) }

// Actions are the types of actions that a report knows.
func Actions() []string { return slices.Sorted(maps.Keys(actions)) }

// rows say what a change does. Managed are the resources whose setting the run manages.
func (c change) rows(managed map[string]bool) []Row {
	if !c.ours() {
		if row, charged := otherRow(c); charged {
			return []Row{row}
		}

		return nil
	}

	does, is := resources[c.Type]
	row := c.row()

	switch {
	case !is:
		row.becomes(sectionUnclassified, "unknown", "Not known to this report")
	case c.creates:
		does.creates(c.after, &row)
		row.atOnce(c.planned)
	case c.updates && does.updates != nil:
		does.updates(c, &row)
		row.atOnce(c.planned)
	case c.updates:
		row.recorded("records_arguments", "Arguments are recorded, or something unfinished is waited for")
	case c.deletes || c.forgets:
		return []Row{c.ending(does, managed)}
	default:
		row.recorded("imports", "Imported as it is")
	}

	rows := []Row{row}

	// What is replaced ends, which matters where another resource was set.
	if c.creates && c.deletes && does.ends != nil && c.before.text("resource_id") != c.after.text("resource_id") {
		if ended := c.ending(does, managed); ended.Section != sectionUnmanaged {
			rows = append(rows, ended)
		}
	}

	return rows
}

// ending says what happens when an object is no longer managed.
func (c change) ending(does kind, managed map[string]bool) Row {
	row := c.row()
	row.Subject = optional(subjectOf(c.before))
	row.Withheld = c.before.mentions(subjects...)
	row.becomes(sectionUnmanaged, "stops_managing", "No longer managed"+about(row, "record of ")+": stays as it is")

	if does.ends != nil && !c.forgets && !managed[c.before.text("resource_id")] {
		does.ends(c, &row)
	}

	return row
}

func (r *Row) recorded(does, says string) { r.becomes(sectionRecorded, does, says) }

// goesOn is the section of what the plan leaves as it is.
func (c change) goesOn() string {
	if does := resources[c.Type]; does.goesOn != nil {
		return does.goesOn(c.after)
	}

	return ""
}

// subjects are the attributes that say what an act is about.
var subjects = []string{"order_id", "resource_id", "member_id", "name"}

// subjectOf is the id that an object is about. A name is none: it may be a person's.
func subjectOf(v values) string {
	for _, attribute := range subjects[:3] {
		if id := v.text(attribute); id != "" {
			return id
		}
	}

	return ""
}

// drifted says what was changed elsewhere, by the names of its attributes.
func (c change) drifted() Row {
	row := c.row()
	row.Subject = optional(subjectOf(c.before))

	if c.deletes {
		row.becomes(sectionDrifted, "gone", "Gone: billing does not know it any more")

		return row
	}

	for _, attribute := range slices.Sorted(maps.Keys(c.before.attributes)) {
		if !bytes.Equal(c.before.attributes[attribute], c.after.attributes[attribute]) {
			row.Changed = append(row.Changed, attribute)
		}
	}

	row.becomes(sectionDrifted, "changed_elsewhere", "Differs from the state: "+names(row.Changed))

	return row
}

// managed are the resources whose setting stays managed, under whatever address.
func (p plan) managed() map[string]bool {
	ids := map[string]bool{}

	for _, c := range p.changes {
		if resources[c.Type].goesOn == nil {
			continue
		}

		if id := c.after.text("resource_id"); id != "" {
			ids[id] = true
		}
	}

	return ids
}

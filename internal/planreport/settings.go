// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"bytes"
	"strings"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// chargesAtOnce is how close to expiry turning on automatic renewal can charge at once.
const chargesAtOnce = 8 * 24 * time.Hour

// settingRenewal is about automatic renewal that is turned on or off.
func settingRenewal(v values, row *Row) {
	row.setting(v, renewalSection(v))

	if row.Section != sectionRenews {
		return
	}

	if unit := unitOf(v, ""); unit != "" {
		row.says += ", by the " + unit
	}

	var times int

	switch is := v.read("times", &times); {
	case is == known && times == 0:
		row.says += ", without end"
	case is == known:
		row.says += ", " + counts(times, "time")
	}
}

// settingPolicy is about what is to happen when a term ends.
func settingPolicy(v values, row *Row) { row.setting(v, policySection(v)) }

// renewalSection is what automatic renewal means. One that is not known yet may be on.
func renewalSection(v values) string {
	if v.state("enabled") == known && !v.truth("enabled") {
		return sectionLapses
	}

	return sectionRenews
}

// policySection is what a policy means. One that is not known yet may renew.
func policySection(v values) string {
	switch v.text("policy") {
	case "manual":
		return sectionLapses
	case "pay_per_use":
		return sectionPayPerUse
	default:
		return sectionRenews
	}
}

func (r *Row) setting(v values, section string) {
	r.Withheld = v.mentions("resource_id", "enabled", "policy", "times", "period_unit", "expires_at_enabling")
	r.Subject, r.Ends = optional(v.text("resource_id")), optional(v.text("expires_at_enabling"))
	r.becomes(section, map[string]string{
		sectionRenews: "renews_automatically", sectionLapses: "lapses", sectionPayPerUse: "turns_pay_per_use_at_expiry",
	}[section], "Resource "+called(v, "resource_id"))

	for _, attribute := range []string{"enabled", "policy"} {
		if is := v.state(attribute); is == unknown || is == sensitive {
			r.says += ", unless the apply turns out to set something else"
		}
	}

	if r.Ends != nil {
		r.says += ", whose term ends on " + day(*r.Ends)
	}
}

// resetting is about a setting in state. A plan that acts does not know the status that
// comes of it.
func resetting(set func(values, *Row)) func(change, *Row) {
	return func(c change, row *Row) {
		set(c.after, row)

		if c.after.state("status") != unknown && c.after.state("status") != sensitive {
			row.recorded("records_arguments", "Arguments are recorded: nothing is set")
		}
	}
}

// endingPolicy is about a setting that is no longer managed.
func endingPolicy(c change, row *Row) {
	if c.before.text("on_destroy") == "disable" && (c.before.state("policy") != known || c.before.text("policy") != "manual") {
		row.becomes(sectionLapses, "disables_on_destroy", "Resource "+called(c.before, "resource_id")+
			": the destroy turns its setting off, unless another resource of the run manages it")
	}
}

// settingAccount is about settings of the whole account.
func settingAccount(v values, row *Row) {
	row.Withheld = v.mentions("deduction_days_before", "expiry_day")
	row.becomes(sectionSettings, "sets_account", "All automatic renewals of the account")

	var (
		days int
		says []string
	)

	if v.read("deduction_days_before", &days) == known {
		says = append(says, counts(days, "day")+" before a term ends they are charged, and at once if it ends sooner")
	}

	if v.state("expiry_day") == known {
		says = append(says, "terms end on day "+name(v.text("expiry_day"))+" of a month, and the added days are paid for")
	}

	if len(says) > 0 {
		row.says += ": " + strings.Join(says, "; ")
	}
}

func resettingAccount(c change, row *Row) {
	settingAccount(c.after, row)

	for _, attribute := range []string{"deduction_days_before", "expiry_day"} {
		if is := c.after.state(attribute); is != absent && (is != known ||
			!bytes.Equal(c.before.attributes[attribute], c.after.attributes[attribute])) {
			return
		}
	}

	row.recorded("records_arguments", "Arguments are recorded: nothing is set")
}

// atOnce says whether turning on automatic renewal can charge at once, by the time at
// which the plan was made.
func (r *Row) atOnce(planned string) {
	if r.Section != sectionRenews || r.Ends == nil {
		return
	}

	now, err := bssapi.ParseTime(planned)
	ends, failed := bssapi.ParseTime(*r.Ends)

	if err != nil || failed != nil {
		return
	}

	soon := ends.Sub(now) < chargesAtOnce
	r.AtOnce = &soon

	if soon {
		r.says += ": **can be charged at once**"
	}
}

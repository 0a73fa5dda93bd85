// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

func TestRefused(t *testing.T) {
	t.Parallel()

	plan := planOf(nil, created("bss_order_payment.a", payment))

	for name, test := range map[string]struct{ text, says string }{
		"nothing":         {"", "the text is empty"},
		"spaces":          {" \n", "the text is empty"},
		"a mark":          {"\ufeff", "the text is empty"},
		"words":           {"Terraform will perform", "not JSON from byte"},
		"a list":          {"[]", "no object"},
		"a part":          {plan[:len(plan)/2], "is cut off after"},
		"its begin":       {plan[:1], "is cut off after"},
		"more":            {plan + plan, "something follows"},
		"a state":         {`{"format_version":"1.0","values":{"root_module":{}}}`, "but a state"},
		"an empty state":  {`{"format_version":"1.0"}`, "neither planned_values nor resource_changes"},
		"a log":           {`{"@level":"info"}` + "\n" + `{"@level":"info"}`, "the log of a run"},
		"an object":       {`{}`, "no format_version"},
		"of tomorrow":     {`{"format_version":"2.0","resource_changes":[]}`, "format_version `2.0`, and only 1.x is known"},
		"no list":         {`{"format_version":"1.2","resource_changes":{}}`, "resource_changes is no list"},
		"another type":    {`{"format_version":1,"resource_changes":[]}`, "another type"},
		"a text for all":  {planOf(nil, changing(created("bss_autorenew.a", nil), object{"after": "x"})), "no object"},
		"an unknown verb": {planOf(nil, changed("bss_autorenew.a", []string{"explode"}, nil, nil, nil)), "does `explode` with `bss_autorenew.a`"},
	} {
		if _, err := Read(strings.NewReader(test.text)); err == nil || !strings.Contains(fmt.Sprint(err), test.says) {
			t.Errorf("%s: %v, want %q", name, err, test.says)
		}
	}
}

// TestNotComplete: what a plan leaves out is said.
func TestNotComplete(t *testing.T) {
	t.Parallel()

	deferral := []object{{"reason": "provider_config_unknown", "resource_change": created("bss_autorenew.z", setting)}}
	act := []object{{"action_invocation": object{"type": "x_y"}}}
	forecast := object{
		"address": "data.bss_renewal_forecast.a", "mode": "data", "type": forecastType, "provider_name": ourProvider,
		"change": object{"actions": []string{"read"}},
	}

	for name, test := range map[string]struct{ text, says string }{
		"all there":  {planOf(nil, created("bss_order_payment.a", payment)), ""},
		"OpenTofu's": {`{"format_version":"1.2","planned_values":{},"errored":false}`, ""},
		"marked":     {"\ufeff" + planOf(nil, created("bss_order_payment.a", payment)), ""},
		"errored":    {planOf(object{"errored": true, "complete": false}), "The plan failed"},
		"a part":     {planOf(object{"complete": false}), "The plan is not complete"},
		"deferred":   {planOf(object{"deferred_changes": deferral}), "1 change of this provider is deferred"},
		"an action":  {planOf(object{"deferred_action_invocations": act}), "1 change of other providers is deferred"},
		"a forecast": {planOf(nil, forecast), "1 forecast read during the apply"},
		"tomorrow":   {planOf(nil, created("bss_tomorrow.a", nil)), "1 row is of a type that this version"},
		"a secret":   {planOf(nil, marked(created("bss_order_payment.a", payment), "order_id")), "left out of 1 row"},
	} {
		report, text := reported(t, test.text)

		if complete := strings.Contains(text, `"complete":true`); complete != (test.says == "") {
			t.Errorf("%s: %s", name, text)
		}

		if markdown := report.Markdown(); !strings.Contains(strings.Join(report.missing, "; "), test.says) ||
			strings.Contains(markdown, "**This report is not complete:**") != (test.says != "") {
			t.Errorf("%s: %s", name, markdown)
		}
	}
}

// counting counts what is read of a text.
type counting struct {
	io.Reader

	read int
}

func (c *counting) Read(into []byte) (int, error) {
	n, err := c.Reader.Read(into)
	c.read += n

	return n, err
}

// largePlan has settings, resources of others that look like real ones, and the state
// and values that a plan repeats.
func largePlan(resources int) string {
	long := strings.Repeat("x", 200)

	var changes, state []object

	for i := range resources {
		changes = append(
			changes,
			others([]string{"create"}, nil, object{"charging_mode": "postPaid", "user_data": long, "tags": object{"a": long}}),
		)

		if i%2 == 0 {
			changes[i] = created(fmt.Sprintf("bss_autorenew.a[%d]", i), with(setting, object{"resource_id": fmt.Sprint(i)}))
		}

		state = append(state, object{"address": fmt.Sprint(i), "mode": "managed", "type": "x", "values": object{"a": long, "b": long, "c": long}})
	}

	return planOf(object{
		"planned_values": object{
			"root_module": object{"resources": state},
		},
		"prior_state": object{"values": object{"root_module": object{"resources": state}}},
	}, changes...)
}

// TestWork: a plan of 10,000 resources is read once.
func TestWork(t *testing.T) {
	t.Parallel()

	text := largePlan(10_000)
	counted := &counting{Reader: strings.NewReader(text)}

	report, err := Read(counted)
	if err != nil {
		t.Fatal(err)
	}

	if counted.read != len(text) || len(text) < 15e6 {
		t.Errorf("%d bytes are read of %d", counted.read, len(text))
	}

	// Others' resources are not kept, and the report is one screen.
	if len(report.plan.changes) != 5000 || len(report.rows) != 5000 || strings.Count(report.Markdown(), "\n") > screen {
		t.Errorf("%d changes are kept, of which %d rows come: %s", len(report.plan.changes), len(report.rows), report.Markdown())
	}
}

func BenchmarkReport(b *testing.B) {
	text := largePlan(10_000)
	b.SetBytes(int64(len(text)))

	for b.Loop() {
		report, err := Read(strings.NewReader(text))
		if err != nil {
			b.Fatal(err)
		}

		if _, err := report.JSON(); err != nil || report.Markdown() == "" {
			b.Fatal(err)
		}
	}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package simtest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/act"
)

// Refused fails the test unless err is a refusal at the argument that says so.
func Refused(tb testing.TB, err error, field act.Field, words ...string) {
	tb.Helper()

	var refusal *act.Refusal

	if !errors.As(err, &refusal) {
		tb.Errorf("got %v, want a refusal that says %q", err, words)

		return
	}

	if refusal.Field != field {
		tb.Errorf("refused at %q, want %q: %v", refusal.Field, field, err)
	}

	for _, word := range words {
		if !strings.Contains(fmt.Sprint(err), word) {
			tb.Errorf("the refusal does not say %q: %v", word, err)
		}
	}
}

// Warned fails the test unless the warnings have these summaries, in this order.
func Warned(tb testing.TB, warnings []act.Warning, summaries ...string) {
	tb.Helper()

	got := make([]string, len(warnings))
	for i, warning := range warnings {
		got[i] = warning.Summary
	}

	if strings.Join(got, "|") != strings.Join(summaries, "|") {
		tb.Errorf("warnings: %+v, want %q", warnings, summaries)
	}
}

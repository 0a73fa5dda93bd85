// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"strings"
	"testing"
	"time"
)

func TestExplore(t *testing.T) {
	t.Parallel()

	for _, locks := range []bool{true, false} {
		s := explore(t, cell{act: paying, pipelines: 1, applies: 3, departures: 1, locks: locks}, false, time.Minute)
		t.Log(s)

		for _, b := range s.irreducible() {
			t.Logf("%d x %s\n\t%s", b.times, b, strings.Join(b.story, "\n\t"))
		}

		for end, n := range s.ends {
			t.Logf("%d x %s", n, end)
		}
	}
}

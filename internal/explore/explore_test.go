// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"strings"
	"testing"
	"time"
)

var acts = []*money{paying, renewing, unsubscribing, enabling, enablingOnce, disabling, canceling}

func TestExplore(t *testing.T) {
	t.Parallel()

	for _, a := range acts {
		for _, locks := range []bool{true, false} {
			c := cell{act: a, pipelines: 1, applies: 3, departures: 1, locks: locks}

			t.Run(c.String(), func(t *testing.T) {
				t.Parallel()

				s := explore(t, c, false, time.Minute)
				t.Log(s)

				for _, b := range s.irreducible() {
					t.Logf("%d x %s\n\t%s", b.times, b, strings.Join(b.story, "\n\t"))
				}

				for end, n := range s.ends {
					t.Logf("%d x %s", n, end)
				}
			})
		}
	}
}

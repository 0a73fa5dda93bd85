// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package act

import (
	"cmp"
	"strings"
)

// Listed names what an act is about, in a sentence.
func Listed(ids []string) string { return cmp.Or(strings.Join(ids, ", "), "nothing") }

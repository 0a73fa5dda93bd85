// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import "testing"

// TestEveryOperationIsAnswered: nothing of the description is left out.
func TestEveryOperationIsAnswered(t *testing.T) {
	t.Parallel()

	server, err := New(Options{InProcess: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range server.operations {
		if handlers[op.Name] == nil {
			t.Errorf("%s has no answer", op.Name)
		}
	}
}

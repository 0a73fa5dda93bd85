// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import "fmt"

// TooManyRowsError says that an answer has more rows than can be read: an operation
// takes offsets up to a limit. No part of the answer is given.
type TooManyRowsError struct {
	// Total is how many rows there are, 0 if the server does not tell.
	Total int
	// Most is how many of them can be read.
	Most int
}

func (e *TooManyRowsError) Error() string {
	if e.Total == 0 {
		return fmt.Sprintf("the answer has more than %d rows, the most that can be read", e.Most)
	}

	return fmt.Sprintf("the answer has %d rows, and the most that can be read are %d", e.Total, e.Most)
}

// readable refuses an answer whose last page begins behind the last offset that the
// operation takes. The pages have as many rows as the first.
func (op *operation) readable(total, rows int) error {
	if op.lastOffset == 0 || rows == 0 {
		return nil
	}
	if most := op.lastOffset/rows*rows + rows; total > most {
		return &Error{Operation: op.name, Err: &TooManyRowsError{Total: total, Most: most}}
	}

	return nil
}

// reachable refuses a page behind the last offset.
func (op *operation) reachable(offset int) error {
	if op.lastOffset != 0 && offset > op.lastOffset {
		return &Error{Operation: op.name, Err: &TooManyRowsError{Most: offset}}
	}

	return nil
}

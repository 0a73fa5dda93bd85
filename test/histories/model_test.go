// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package histories_test

import (
	"fmt"

	"github.com/anishathalye/porcupine"
)

// operation is what a worker asked for.
type operation struct {
	subject string
	act     string
}

// The acts.
const (
	actPay         = "pay"
	actCancel      = "cancel"
	actRenew       = "renew"
	actUnsubscribe = "unsubscribe"
	actLook        = "look"
)

// outcome is what the worker was told.
type outcome struct {
	// said is done, refused (it was certainly not done) or doubt.
	said string
	// seen is what a look showed.
	seen condition
}

// The words of an outcome.
const (
	saidDone    = "done"
	saidRefused = "refused"
	saidDoubt   = "doubt"
)

// condition is that of an order or a resource.
type condition struct {
	// paid says of an order that it is paid, of a resource that it is renewed.
	paid bool
	// over says of an order that it is canceled, of a resource that it is closed.
	over bool
}

// after is the condition once the act is done, and whether it can be.
func (c condition) after(act string) (condition, bool) {
	switch act {
	case actPay:
		return condition{paid: true}, !c.over
	case actCancel:
		return condition{over: true}, !c.paid
	case actRenew:
		// Of one that was renewed nothing is bought, whatever became of it since.
		return condition{paid: true, over: c.over}, c.paid || !c.over
	case actUnsubscribe:
		return condition{paid: c.paid, over: true}, true
	default:
		return c, true
	}
}

// model is one order or resource, on which acts take turns. What is in doubt may have
// been done or not.
func model() porcupine.NondeterministicModel {
	return porcupine.NondeterministicModel{
		Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
			parts := map[string][]porcupine.Operation{}

			for _, one := range history {
				if asked, ok := one.Input.(operation); ok {
					parts[asked.subject] = append(parts[asked.subject], one)
				}
			}

			var all [][]porcupine.Operation
			for _, part := range parts {
				all = append(all, part)
			}

			return all
		},
		Init: func() []any { return []any{condition{}} },
		Step: func(state, input, output any) []any {
			before, _ := state.(condition)
			asked, _ := input.(operation)
			told, _ := output.(outcome)
			after, possible := before.after(asked.act)

			switch {
			case asked.act == actLook && told.said == saidDone && told.seen != before:
				return nil
			case told.said == saidDone && !possible:
				return nil
			case told.said == saidDone:
				return []any{after}
			case told.said == saidDoubt && possible:
				return []any{before, after}
			default:
				return []any{before}
			}
		},
		DescribeOperation: func(input, output any) string { return fmt.Sprintf("%+v: %+v", input, output) },
		DescribeState:     func(state any) string { return fmt.Sprintf("%+v", state) },
	}
}

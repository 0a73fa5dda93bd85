// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import "net/http"

// cancelOrder ends an unpaid order.
func cancelOrder(w *world, c *call) (answer, error) {
	if err := w.cancel(c.text("order_id")); err != nil {
		return answer{}, err
	}

	return answer{status: http.StatusNoContent}, nil
}

func (w *world) cancel(id string) error {
	o := w.orders[id]
	switch {
	case o == nil:
		return rejected("CBC.30000010")
	case o.ParentID != "":
		return rejected("CBC.99000089")
	case o.Status != orderUnpaid:
		return rejected("CBC.99005010")
	}
	w.setStatus(o, orderCanceled)
	w.releaseCoupons(o)
	w.acted = true

	return nil
}

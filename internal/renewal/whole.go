// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"fmt"
	"strconv"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// foreign says which part of an order is not the resource's, empty where all of
// it may be: a line of its product, and of no product more than the resource
// and what is attached to it have. Paying the order would pay that part too.
//
// A line or a resource of which the API does not tell the product may be of any.
func foreign(lines []bssapi.OrderLine, tree subscription.Tree) string {
	rows := map[string][]bssapi.Resource{}
	// spare is how many more resources there are than the order is about.
	spare := 0

	for _, row := range tree.All() {
		if !subscription.Closed(row) || row.ResourceID == tree.Resource.ResourceID {
			rows[row.ProductID] = append(rows[row.ProductID], row)
			spare++
		}
	}

	for _, line := range lines {
		spare -= units(line, rows[line.ProductID])
	}

	if len(ownLines(lines, tree.Resource)) == 0 {
		return "it has no line of the resource's product"
	}

	for _, line := range lines {
		product := line.ProductID
		if len(rows[product]) == 0 {
			product = ""
		}

		for range units(line, rows[product]) {
			switch {
			case len(rows[product]) > 0:
				rows[product] = rows[product][1:]
			case len(rows[""]) > 0:
				rows[""] = rows[""][1:]
			case line.ProductID == "" && spare >= 0:
				return "a line of it does not say its product, so it cannot be told whether all of it is the resource's"
			case line.ProductID == "":
				return "it has more lines than the resource and what is attached to it"
			default:
				return fmt.Sprintf("it orders more of product %s than the resource and what is attached to it have", line.ProductID)
			}
		}
	}

	return ""
}

// units is how many resources a line is about. No source says what the number of
// a line is that is sold by size: one that equals the size of the resource is its
// size.
func units(line bssapi.OrderLine, rows []bssapi.Resource) int {
	number, err := bssapi.ParseDecimal(strconv.Itoa(line.SubscriptionNum))

	for _, row := range rows {
		if err == nil && !row.SpecSize.IsNull() && row.SpecSize.Cmp(number) == 0 {
			return 1
		}
	}

	return max(1, line.SubscriptionNum)
}

// ownLines are the lines of an order that may be the resource's own.
func ownLines(lines []bssapi.OrderLine, resource bssapi.Resource) []bssapi.OrderLine {
	var own []bssapi.OrderLine

	for _, line := range lines {
		if line.ProductID == resource.ProductID || line.ProductID == "" || resource.ProductID == "" {
			own = append(own, line)
		}
	}

	return own
}

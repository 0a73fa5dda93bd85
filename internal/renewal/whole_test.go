// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// row is a resource of a product.
func row(id, product string) bssapi.Resource {
	return bssapi.Resource{ResourceID: id, ProductID: product, Status: bssapi.ResourceStatusInUse}
}

// sized is a resource that is sold by size.
func sized(t *testing.T, id, product, size string) bssapi.Resource {
	t.Helper()

	r := row(id, product)

	var err error
	if r.SpecSize, err = bssapi.ParseDecimal(size); err != nil {
		t.Fatal(err)
	}

	return r
}

func closed(r bssapi.Resource) bssapi.Resource {
	r.Status = bssapi.ResourceStatusClosed

	return r
}

// lines are of products, each for a number of resources.
func lines(number int, products ...string) []bssapi.OrderLine {
	var all []bssapi.OrderLine
	for _, product := range products {
		all = append(all, bssapi.OrderLine{OrderedProduct: bssapi.OrderedProduct{ProductID: product}, SubscriptionNum: number})
	}

	return all
}

// TestForeign: an order is the resource's if all of it is: at least one line of its
// product, and of no product more than there is of it.
func TestForeign(t *testing.T) {
	t.Parallel()

	const (
		none = "it has no line of the resource's product"
		more = "it has more lines than"
		mute = "a line of it does not say its product, so it cannot be told whether all of it is the resource's"
	)

	server, unnamed := row("server", "s"), row("server", "")

	for name, test := range map[string]struct {
		lines    []bssapi.OrderLine
		resource bssapi.Resource
		attached []bssapi.Resource
		says     string
	}{
		"its line":                     {lines(1, "s"), server, nil, ""},
		"no line":                      {nil, server, nil, none},
		"a line of another product":    {lines(1, "d"), server, nil, none},
		"two lines":                    {lines(1, "s", "s"), server, nil, "more of product s than"},
		"number 2":                     {lines(2, "s"), server, nil, "more of product s than"},
		"number 0":                     {lines(0, "s"), server, nil, ""},
		"its line and another's":       {lines(1, "s", "d"), server, nil, "more of product d than"},
		"attached":                     {lines(1, "s", "d"), server, []bssapi.Resource{row("disk", "d")}, ""},
		"attached, in the other order": {lines(1, "d", "s"), server, []bssapi.Resource{row("disk", "d")}, ""},
		"attached alone":               {lines(1, "d"), server, []bssapi.Resource{row("disk", "d")}, none},
		"attached twice": {
			lines(1, "s", "d", "d"), server, []bssapi.Resource{row("disk", "d")}, "more of product d than",
		},
		"two attached": {lines(1, "s", "d", "d"), server, []bssapi.Resource{row("disk", "d"), row("disk-2", "d")}, ""},
		"two attached in one line": {
			append(lines(1, "s"), lines(2, "d")...), server, []bssapi.Resource{row("a", "d"), row("b", "d")}, "",
		},
		"three in one line": {
			append(lines(1, "s"), lines(3, "d")...), server, []bssapi.Resource{row("a", "d"), row("b", "d")}, "product d",
		},
		"attached of its product": {lines(2, "s"), server, []bssapi.Resource{row("twin", "s")}, ""},
		"attached and closed": {
			lines(1, "s", "d"), server, []bssapi.Resource{closed(row("disk", "d"))}, "more of product d than",
		},
		"itself closed": {lines(1, "s"), closed(server), nil, ""},
		"sold by size": {
			append(lines(1, "s"), lines(40, "d")...), server, []bssapi.Resource{sized(t, "disk", "d", "40")}, "",
		},
		"of another size": {
			append(lines(1, "s"), lines(41, "d")...), server, []bssapi.Resource{sized(t, "disk", "d", "40")}, "product d",
		},
		"by size, twice": {
			append(lines(1, "s"), lines(40, "d", "d")...), server, []bssapi.Resource{sized(t, "a", "d", "40")}, "product d",
		},
		"a line without product":    {lines(1, ""), server, nil, mute},
		"a line without, for two":   {lines(2, ""), server, nil, more},
		"its line, and one without": {lines(1, "s", ""), server, nil, more},
		"its line, and an attached one's without": {
			lines(1, "s", ""), server, []bssapi.Resource{row("disk", "d")}, mute,
		},
		"one without, and its line":     {lines(1, "", "s"), server, []bssapi.Resource{row("disk", "d")}, mute},
		"a resource without product":    {lines(1, "s"), unnamed, nil, ""},
		"a resource without, two lines": {lines(1, "s", "s"), unnamed, nil, "more of product s than"},
		"both without":                  {lines(1, ""), unnamed, nil, ""},
		"both without, two lines":       {lines(1, "", ""), unnamed, nil, more},
		"an attached one without":       {lines(1, "s", "d"), server, []bssapi.Resource{row("disk", "")}, ""},
		"an attached one without, two lines": {
			lines(1, "s", "d", "e"), server, []bssapi.Resource{row("disk", "")}, "more of product e than",
		},
	} {
		got := foreign(test.lines, subscription.Tree{Resource: test.resource, Attached: test.attached})
		if (got == "") != (test.says == "") || !strings.Contains(got, test.says) {
			t.Errorf("%s: %q, want %q", name, got, test.says)
		}
	}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	_ "embed" // The description of the API is part of the simulator.
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
)

//go:embed operations.json
var operationsJSON []byte

// operation is one call of the API as operations.json describes it.
type operation struct {
	Name     string         `json:"name"`
	Kind     string         `json:"kind"`
	Method   string         `json:"method"`
	Path     string         `json:"path"`
	Sites    []string       `json:"sites"`
	Request  []parameter    `json:"request"`
	Quota    map[string]int `json:"rate_limit_per_second"`
	Paging   *paging        `json:"paging"`
	segments []string

	// identity says that it is of the identity service, which checks requests itself, and
	// anonymous which of them come without credentials; nil for none.
	identity  bool
	anonymous func(body []byte) bool
}

// parameter is a query, path, header or body parameter, or a field inside one.
type parameter struct {
	Name     string            `json:"name"`
	In       string            `json:"in"`
	Type     string            `json:"type"`
	Required bool              `json:"required"`
	Sites    []string          `json:"sites"`
	Limits   limits            `json:"limits"`
	Enum     map[string]string `json:"enum"`
	// open says that a text need be none of the enum.
	open        bool
	Format      string      `json:"format"`
	PartnerOnly bool        `json:"partner_only"`
	Reserved    bool        `json:"reserved"`
	Fields      []parameter `json:"fields"`
	Items       *parameter  `json:"items"`
}

type limits struct {
	Min             *int64           `json:"min"`
	Max             *int64           `json:"max"`
	MinLength       *int             `json:"min_length"`
	MaxLength       *int             `json:"max_length"`
	MinItems        *int             `json:"min_items"`
	MaxItems        *int             `json:"max_items"`
	ItemMaxLength   *int             `json:"item_max_length"`
	MaxByPeriodType map[string]int64 `json:"max_by_period_type"`
}

// loadOperations reads operations.json once: tests start a great many servers.
var loadOperations = sync.OnceValues(func() ([]*operation, error) {
	var operations []*operation
	if err := json.Unmarshal(operationsJSON, &operations); err != nil {
		return nil, fmt.Errorf("operations.json: %w", err)
	}
	openKeys(operations)
	operations = append(operations, identityOperations()...)
	for _, op := range operations {
		op.segments = strings.Split(op.Path, "/")
	}

	return operations, nil
})

// openKeys lets costs be grouped by any key: those of tags and cost units are the
// customer's own, and the description has the others alone.
func openKeys(operations []*operation) {
	for _, op := range operations {
		for _, p := range op.Request {
			if op.Name != "list_costs" || p.Name != "groupby" {
				continue
			}
			for i := range p.Items.Fields {
				p.Items.Fields[i].open = p.Items.Fields[i].Name == "key"
			}
		}
	}
}

// route finds the operation of a method and an escaped path, and the path's
// parameters.
func route(operations []*operation, method, escapedPath string) (*operation, map[string]string) {
	segments := strings.Split(escapedPath, "/")
	for _, op := range operations {
		if op.Method != method || len(op.segments) != len(segments) {
			continue
		}
		if values, ok := matchPath(op.segments, segments); ok {
			return op, values
		}
	}

	return nil, nil
}

func matchPath(pattern, segments []string) (map[string]string, bool) {
	values := map[string]string{}
	for i, want := range pattern {
		if !strings.HasPrefix(want, "{") {
			if segments[i] != want {
				return nil, false
			}

			continue
		}
		value, err := url.PathUnescape(segments[i])
		if err != nil || value == "" {
			return nil, false
		}
		values[strings.Trim(want, "{}")] = value
	}

	return values, true
}

// siteKey is the word of operations.json for a site.
func siteKey(site string) string {
	if site == SiteChina {
		return "cn"
	}

	return "intl"
}

func (op *operation) mutation() bool { return op.Kind == "mutation" }

func (op *operation) on(site string) bool { return slices.Contains(op.Sites, siteKey(site)) }

// quotaOn is the number of calls a second: the published figure of the site,
// or 10, by far the commonest, where none is published.
func (op *operation) quotaOn(site string) int {
	if figure := op.Quota[siteKey(site)]; figure > 0 {
		return figure
	}

	return 10
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package subscription

import "sync"

// Claims remembers, for one run, which type of Terraform resource manages the
// policy of which id. It sees what is planned in this run with a known id, and
// nothing else.
type Claims struct {
	mu    sync.Mutex
	types map[string]map[string]bool
}

// Claim notes that a resource of the type manages the id, and returns another
// type that does so too, or nothing.
func (c *Claims) Claim(id, typeName string) (other string) {
	c.mu.Lock()
	defer c.mu.Unlock()

	if c.types == nil {
		c.types = map[string]map[string]bool{}
	}

	if c.types[id] == nil {
		c.types[id] = map[string]bool{}
	}

	c.types[id][typeName] = true

	for claimed := range c.types[id] {
		if claimed != typeName {
			other = claimed
		}
	}

	return other
}

// Claimed says whether any resource of this run manages the id.
func (c *Claims) Claimed(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()

	return len(c.types[id]) > 0
}

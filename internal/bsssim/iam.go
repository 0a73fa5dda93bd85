// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import "net/http"

// Names of the simulated customer, and of the master account that pays for it
// under financial custody.
const (
	domainID   = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
	domainName = "demo-customer"
	masterID   = "0f0e0d0c0b0a09080706050403020100"
	projectID  = "05aaaabbbbccccddddeeeeffff000001"
)

// listAuthDomains is IAM's answer to which account the credentials belong.
func listAuthDomains(w *world, _ *call) (answer, error) {
	return answer{status: http.StatusOK, body: map[string]any{
		"domains": []map[string]any{{"id": w.CustomerID, "name": domainName, "enabled": true}},
		"links":   map[string]any{},
	}}, nil
}

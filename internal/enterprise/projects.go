// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package enterprise

import (
	"context"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// OpenProjects opens enterprise projects for the account. Already says that the API
// refused because they are open. It can be made again: nothing of it adds up.
func (m *Machine) OpenProjects(ctx context.Context) (already bool, _ error) {
	if err := m.conditions.Allowed(ctx, ""); err != nil {
		return false, err
	}

	defer m.conditions.Locks.Lock(act.Sending("enable_enterprise_project"))()

	bounded, stop := context.WithTimeout(context.WithoutCancel(ctx), m.conditions.Timing.Act)
	defer stop()

	err := m.client.EnableEnterpriseProjects(bounded)

	switch {
	case err == nil:
		return false, nil
	case bssapi.ProjectsAreOpen(err):
		return true, nil
	case bssapi.NotDone(err):
		return false, &act.Refusal{
			Summary: "Enterprise projects were not opened", Detail: "The API refused to open enterprise projects for the account.", Err: err,
		}
	default:
		return false, &act.Refusal{
			Summary: "Opening of enterprise projects is in doubt",
			Detail: "It was sent, and its answer leaves open whether enterprise projects are open now. No call tells. Apply again: it can be sent " +
				"again.",
			Err: err,
		}
	}
}

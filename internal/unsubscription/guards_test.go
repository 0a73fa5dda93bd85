// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package unsubscription_test

import (
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/unsubscription"
)

// withDisks attaches a disk in use and a closed one to the server.
func (f *fakeBilling) withDisks() {
	attached := 0

	for id, status := range map[string]bssapi.ResourceStatus{"disk": bssapi.ResourceStatusInUse, "old-disk": bssapi.ResourceStatusClosed} {
		f.resources = append(f.resources, bssapi.Resource{
			ID: "record-" + id, ResourceID: id, ServiceTypeCode: "evs", Status: status, IsMainResource: &attached, ParentResourceID: serverID,
			ExpireTime: renewed,
		})
	}
}

// TestDeletes: the plan names what is deleted, and nothing else is.
func TestDeletes(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		planned []string
		refused bool
	}{
		"as planned":        {planned: []string{"disk", serverID}},
		"no plan":           {},
		"attached since":    {planned: []string{serverID}, refused: true},
		"detached since":    {planned: []string{"disk", "disk-2", serverID}, refused: true},
		"nothing was named": {planned: []string{}, refused: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			f := newFake()
			f.withDisks()

			f.unsubscribe = accepts("CS1")
			machine := f.machine(t)

			quote, err := machine.Quote(t.Context(), whole)
			if diff := cmp.Diff([]string{"disk", serverID}, quote.Deletes); err != nil || diff != "" {
				t.Errorf("the plan names %q: %v", quote.Deletes, err)
			}

			request := whole
			request.Deletes = test.planned

			_, _, err = machine.Unsubscribe(t.Context(), request)
			if test.refused {
				simtest.Refused(t, err, act.FieldResourceID, "What goes along changed", "disk, server")
			} else if err != nil {
				t.Error(err)
			}

			if calls := f.unsubscribes(); calls == 1 == test.refused {
				t.Errorf("%d calls", calls)
			}
		})
	}
}

// TestLeftAlone: what is attached, and what is in a status that nobody knows, is not
// given back.
func TestLeftAlone(t *testing.T) {
	t.Parallel()

	f := newFake()
	f.withDisks()

	machine := f.machine(t)

	_, _, err := machine.Unsubscribe(t.Context(), unsubscription.Request{ResourceID: "disk", Scope: unsubscription.ResourceAndRenewals})
	simtest.Refused(t, err, act.FieldResourceID, "attached to another", serverID)

	f.resources[0].Status = 77

	_, _, err = f.machine(t).Unsubscribe(t.Context(), whole)
	simtest.Refused(t, err, act.FieldResourceID, "unknown status", "77")

	if f.unsubscribes() != 0 {
		t.Errorf("%d calls", f.unsubscribes())
	}
}

// TestOnceInARun: what a run was told is accepted is not sent again by it, however
// long it does not show, one after the other or at once.
func TestOnceInARun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.unsubscribe = func(f *fakeBilling) (int, any) {
			// A second one has its chance meanwhile.
			f.mu.Unlock()
			simtest.Wait(t, time.Second)
			f.mu.Lock()

			return http.StatusOK, map[string]any{"order_ids": []string{"CS1"}}
		}

		machine := f.machine(t)
		renewals := unsubscription.Request{ResourceID: serverID, Scope: unsubscription.RenewalsOnly}

		var group sync.WaitGroup

		for range 2 {
			group.Go(func() {
				if receipt, _, err := machine.Unsubscribe(t.Context(), renewals); err != nil || receipt.OrderID != "CS1" {
					t.Errorf("%+v, %v", receipt, err)
				}
			})
		}

		group.Wait()

		if receipt, _, err := machine.Unsubscribe(t.Context(), renewals); err != nil || receipt.OrderID != "CS1" || f.unsubscribes() != 1 {
			t.Errorf("%d calls: %+v, %v", f.unsubscribes(), receipt, err)
		}
	})
}

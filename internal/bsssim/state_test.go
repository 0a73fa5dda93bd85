// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// restarted is a simulator that goes on from the state of another.
func restarted(t *testing.T, first *Server, options Options) *Server {
	t.Helper()
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	options.Now = time.Time{}
	second, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = second.Close() })

	return second
}

// A world that is handed over goes on as it was, at its own time.
func TestGivenWorld(t *testing.T) {
	t.Parallel()
	first, err := New(Options{Seed: "demo", InProcess: true, Now: testStart})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.Console("pay_order", map[string]any{"order_id": "CS2611220000001"}); err != nil {
		t.Fatal(err)
	}
	before := first.World()
	encoded, err := json.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	second := restarted(t, first, Options{World: encoded, InProcess: true})
	after := second.World()
	if gap := after.Now.Sub(before.Now); gap < -time.Minute || gap > time.Minute {
		t.Errorf("time jumps by %s", gap)
	}
	before.Now, after.Now = time.Time{}, time.Time{}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Error(diff)
	}
}

func TestStateFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "world.json")
	options := Options{Seed: "demo", StateFile: path, Processing: Transition{Reads: 3}, Now: testStart}
	first, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	c := &client{Server: first, http: http.DefaultClient}
	c.pay(t, "CS2611220000001").want(t, http.StatusNoContent)
	c.set(t, "server_locks", "off")
	same(t, "processing", c.status(t, "CS2611220000001"), "3")
	c.Advance(100 * time.Hour)
	before := c.World()
	second := restarted(t, first, options)
	after := second.World()
	if gap := after.Now.Sub(before.Now); gap < -time.Minute || gap > time.Minute {
		t.Errorf("time jumps by %s", gap)
	}
	before.Now, after.Now = time.Time{}, time.Time{}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Fatal(diff)
	}
	c = &client{Server: second, http: http.DefaultClient}
	same(t, "processing goes on", c.statuses(t, "CS2611220000001", 3), []string{"3", "3", "5"})
	same(t, "ids go on", c.placeID(t, map[string]any{"amount": "1"}), "CS2611220000013")

	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("files left: %v %v", left, err)
	}
}

func TestSeedFile(t *testing.T) {
	t.Parallel()
	donor := start(t, Options{Seed: "demo"})
	data, err := json.Marshal(donor.World())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "seed.json")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	c := start(t, Options{Seed: path})
	same(t, "orders", c.get(t, ordersPath).raw, donor.get(t, ordersPath).raw)
	if _, err := New(Options{Seed: path, Site: SiteChina}); err == nil {
		t.Error("a world of another site is taken")
	}
	for name, text := range map[string]string{
		"unknown field": `{"moon":1}`, "not JSON": `{`, "two": `{} {}`, "setting": `{"settings":{"moon":"on"}}`, "null": `{"orders":[null]}`,
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := New(Options{Seed: path}); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if _, err := New(Options{Seed: filepath.Join(t.TempDir(), "nothing")}); err == nil {
		t.Error("a missing seed is taken")
	}
}

func TestSeedFileByHand(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "seed.json")
	text := `{"orders":[{"order_id":"A","status":6,"order_type":1,"amount_after_discount":"5","official_amount":5,"currency":"USD",` +
		`"create_time":"2026-11-01T00:00:00Z","customer_id":"c","user_name":"u","service_type_code":"s","source_type":1,"lines":[],"amount_info":{}}],` +
		`"balances":[{"account_id":"B","account_type":1,"amount":"5.00"}]}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c := start(t, Options{Seed: path})
	c.pay(t, "A").want(t, http.StatusNoContent)
	same(t, "charged", c.charged(), []string{"A 5.00 0.00 api"})
}

func TestOptionsRefused(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]Options{
		"address of all interfaces": {Addr: "0.0.0.0:0"},
		"no host":                   {Addr: ":0"},
		"a name":                    {Addr: "example.com:0"},
		"no port":                   {Addr: "127.0.0.1"},
		"site":                      {Site: "moon"},
		"quota":                     {Quota: "some"},
		"setting":                   {Settings: map[string]string{"moon": "on"}},
		"value":                     {Settings: map[string]string{"custody": "maybe"}},
		"transition":                {Settings: map[string]string{"resource_ids_after": "soon"}},
		"state in no folder":        {StateFile: "/nothing/here/world.json"},
	} {
		if server, err := New(options); err == nil {
			_ = server.Close()
			t.Errorf("%s is taken", name)
		}
	}
}

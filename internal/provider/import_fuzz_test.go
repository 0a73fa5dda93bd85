// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi/clocktest"
)

// FuzzImport imports every type by arbitrary ids and identities, from an API
// that knows all of them: an import ends in an error, or in a state and an
// identity with that very id.
func FuzzImport(f *testing.F) {
	server, schemas, keys := importServer(f)
	names := slices.Sorted(maps.Keys(keys))

	for i := range names {
		for _, id := range []string{
			"CS2611220000004", "b5500000-51a0-4000-8000-000000000001", "", " ", "a/b", "CS1\n", "../..", "CS1?x=1", "é", "\xff", "a,b", "-",
		} {
			f.Add(uint8(i), false, id, "")
			f.Add(uint8(i), true, id, "0a1b2c3d4e5f60718293a4b5c6d7e8f9")
		}
	}

	f.Fuzz(func(t *testing.T, kind uint8, byIdentity bool, id, account string) {
		name := names[int(kind)%len(names)]
		key := keys[name]
		request := &tfprotov6.ImportResourceStateRequest{TypeName: name, ID: id}

		if byIdentity || id == "" {
			typ := tftypes.Object{AttributeTypes: map[string]tftypes.Type{key: tftypes.String, "account_id": tftypes.String}}
			value := map[string]tftypes.Value{key: str(id), "account_id": tftypes.NewValue(tftypes.String, nil)}

			if account != "" {
				value["account_id"] = str(account)
			}

			request.ID, request.Identity = "", &tfprotov6.ResourceIdentityData{IdentityData: dynamic(t, typ, tftypes.NewValue(typ, value))}
		}

		imported, err := server.ImportResourceState(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}

		if diagnostics(imported.Diagnostics).failed() {
			return
		}

		if !idPattern.MatchString(id) || len(imported.ImportedResources) != 1 {
			t.Fatalf("%s: %q was imported as %d objects", name, id, len(imported.ImportedResources))
		}

		one := imported.ImportedResources[0]
		if got := importedID(t, one.State, schemas.ResourceSchemas[name].ValueType(), key); got != id {
			t.Errorf("%s: %q became %q in state", name, id, got)
		}

		identity := tftypes.Object{AttributeTypes: map[string]tftypes.Type{key: tftypes.String, "account_id": tftypes.String}}
		if got := importedID(t, one.Identity.IdentityData, identity, key); got != id {
			t.Errorf("%s: %q became %q in the identity", name, id, got)
		}
	})
}

func importedID(t *testing.T, encoded *tfprotov6.DynamicValue, typ tftypes.Type, key string) string {
	t.Helper()

	value, err := encoded.Unmarshal(typ)
	if err != nil {
		t.Fatal(err)
	}

	return show(attributeOf(t, value, key))
}

// importServer is a provider whose API knows every id. It returns the key of
// each type that can be imported, too.
func importServer(f *testing.F) (tfprotov6.ProviderServer, *tfprotov6.GetProviderSchemaResponse, map[string]string) {
	f.Helper()

	api := httptest.NewServer(http.HandlerFunc(knowsEverything))
	f.Cleanup(api.Close)

	w := &world{env: map[string]string{
		"BSS_ENDPOINT": api.URL, "BSS_SITE": "international", "BSS_METADATA_ENDPOINT": "off", "HW_AUTH_TOKEN": "token", "HW_MAX_RETRIES": "0",
	}}

	quick := w.provider()
	// The quota is kept without waiting for it.
	quick.environment.clock = clocktest.New(time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC))

	server := providerserver.NewProtocol6(quick)()

	schemas, err := server.GetProviderSchema(f.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		f.Fatal(err)
	}

	identities, err := server.GetResourceIdentitySchemas(f.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		f.Fatal(err)
	}

	keys := map[string]string{}

	for name, schema := range identities.IdentitySchemas {
		for _, attribute := range schema.IdentityAttributes {
			if attribute.RequiredForImport {
				keys[name] = attribute.Name
			}
		}
	}

	typ := schemas.Provider.ValueType()
	nothing := map[string]tftypes.Value{}

	if object, ok := typ.(tftypes.Object); ok {
		for name, attribute := range object.AttributeTypes {
			nothing[name] = tftypes.NewValue(attribute, nil)
		}
	}

	config, err := tfprotov6.NewDynamicValue(typ, tftypes.NewValue(typ, nothing))
	if err != nil {
		f.Fatal(err)
	}

	configured, err := server.ConfigureProvider(f.Context(), &tfprotov6.ConfigureProviderRequest{Config: &config})
	if err != nil || diagnostics(configured.Diagnostics).failed() {
		f.Fatal(err, diagnostics(configured.Diagnostics))
	}

	return server, schemas, keys
}

// knowsEverything answers every order as a paid one, and every resource as one
// in use.
func knowsEverything(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		ResourceIDs []string `json:"resource_ids"`
	}

	// A request without a body asks for an order.
	_ = json.NewDecoder(r.Body).Decode(&asked)

	// The details of an order have its id in the path.
	orderID, rows := r.URL.Query().Get("order_id"), max(1, len(asked.ResourceIDs))
	if path.Base(path.Dir(r.URL.Path)) == "details" {
		orderID, rows = path.Base(r.URL.Path), 0
	}

	order := map[string]any{
		"order_id": orderID, "status": 5, "order_type": 2, "currency": "USD", "official_amount": 1,
		"amount_after_discount": 1, "payment_time": "2026-01-01T00:00:00Z", "customer_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
	}

	resources := []any{}
	for _, id := range asked.ResourceIDs {
		resources = append(resources, map[string]any{
			"id": id, "resource_id": id, "status": 2, "expire_policy": 0, "is_main_resource": 1, "expire_time": "2026-12-31T15:59:59Z",
		})
	}

	w.Header().Set("Content-Type", "application/json")

	_ = json.NewEncoder(w).Encode(map[string]any{
		"total_count": rows, "order_infos": []any{order}, "order_info": order, "order_line_items": []any{}, "data": resources,
	})
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

const (
	pathOnDemandPrice = "/v2/bills/ratings/on-demand-resources"
	pathPeriodPrice   = "/v2/bills/ratings/period-resources/subscribe-rate"
	pathRenewalPrice  = "/v2/bills/ratings/period-resources/renew-rate"
)

// tree is an object of a configuration or of JSON.
type tree = map[string]any

// notKnown is a value of a configuration that is not known yet.
type notKnown struct{}

// configuration is the arguments as values of a data source's schema. A number
// is a json.Number.
func configuration(t *testing.T, typeName string, arguments tree) attributes {
	t.Helper()

	schemas, _ := surface(t)

	typ, ok := schemas.DataSourceSchemas[typeName].ValueType().(tftypes.Object)
	if !ok {
		t.Fatalf("no data source %s", typeName)
	}

	values := attributes{}
	for name, value := range arguments {
		values[name] = valued(t, typ.AttributeTypes[name], value)
	}

	return values
}

func valued(t *testing.T, typ tftypes.Type, value any) tftypes.Value {
	t.Helper()

	if _, is := value.(notKnown); is {
		return unknown(typ)
	}

	switch typ := typ.(type) {
	case tftypes.Object:
		parts := attributes{}

		given, is := value.(tree)
		if !is && value != nil {
			t.Fatalf("%v is no object", value)
		}

		for name, part := range given {
			if typ.AttributeTypes[name] == nil {
				t.Fatalf("no attribute %s", name)
			}

			parts[name] = valued(t, typ.AttributeTypes[name], part)
		}

		if value == nil {
			return tftypes.NewValue(typ, nil)
		}

		return objectOf(t, typ, parts)
	case tftypes.Map:
		elements := map[string]tftypes.Value{}

		given, is := value.(tree)
		if !is {
			t.Fatalf("%v is no map", value)
		}

		for name, element := range given {
			elements[name] = valued(t, typ.ElementType, element)
		}

		return tftypes.NewValue(typ, elements)
	case tftypes.Set:
		ids, is := value.([]string)
		if !is {
			t.Fatalf("%v is no set", value)
		}

		return strs(ids...)
	}

	if number, is := value.(json.Number); is {
		return num(t, string(number))
	}

	if number, is := value.(int); is {
		return tftypes.NewValue(tftypes.Number, big.NewFloat(float64(number)))
	}

	return tftypes.NewValue(typ, value)
}

// places are where errors stand, as Terraform would write them.
func (d diagnostics) places() []string {
	var all []string

	for _, diagnostic := range d {
		if diagnostic.Severity != tfprotov6.DiagnosticSeverityError {
			continue
		}

		place := ""

		for _, step := range diagnostic.Attribute.Steps() {
			switch step := step.(type) {
			case tftypes.AttributeName:
				place += "." + string(step)
			case tftypes.ElementKeyString:
				place += "[" + string(step) + "]"
			default:
				place += "[?]"
			}
		}

		all = append(all, place)
	}

	slices.Sort(all)

	return all
}

// quoting is a world in which a function answers every price; it returns the
// bodies that were asked with, too.
func quoting(t *testing.T, site string, answer func(body tree) (int, any)) (*world, func() []tree) {
	t.Helper()

	var (
		mutex  sync.Mutex
		bodies []tree
	)

	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body tree

		decoder := json.NewDecoder(r.Body)
		decoder.UseNumber()

		if err := decoder.Decode(&body); err != nil {
			t.Error(err)
		}

		mutex.Lock()
		bodies = append(bodies, body)
		mutex.Unlock()

		status, document := answer(body)

		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)

		if err := json.NewEncoder(w).Encode(document); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)

	w := answering(t, site, nil)
	w.env["BSS_ENDPOINT"] = server.URL

	return w, func() []tree {
		mutex.Lock()
		defer mutex.Unlock()

		return slices.Clone(bodies)
	}
}

// refused is an answer of the API that is an error.
func refused(code string) (int, any) {
	return http.StatusBadRequest, tree{"error_code": code, "error_msg": "refused"}
}

// productIDs are the ids of the products of a request.
func productIDs(t *testing.T, body tree) []string {
	t.Helper()

	products, is := body["product_infos"].([]any)
	if !is {
		t.Error("a request without products")
	}

	var ids []string

	for _, product := range products {
		if product, is := product.(tree); is {
			ids = append(ids, fmt.Sprint(product["id"]))
		}
	}

	return ids
}

// distinct are decimals as texts, no two of which are the same, for the paths.
func distinct(paths ...string) map[string]any {
	fixed := map[string]any{}
	for i, path := range paths {
		fixed[path] = fmt.Sprintf("%d.00000000000000000001", 9001+i)
	}

	return fixed
}

// quotes are the arguments of a price that the demo world answers, by type.
func quotes() map[string]tree {
	products := tree{"web": tree{"ecs": tree{"flavor": "s6.large.2", "os": "linux"}}}

	return map[string]tree{
		"bss_on_demand_price": {"project_id": "p", "region": "ap-southeast-3", "hours": 1, "products": products},
		"bss_period_price":    {"project_id": "p", "region": "ap-southeast-3", "period_unit": "month", "period": 1, "products": products},
		typePriceComparison:   {"project_id": "p", "region": "ap-southeast-3", "products": products},
		"bss_renewal_price":   {"resource_ids": []string{demoID(4)}, "period_unit": "month", "period": 1},
	}
}

// TestPriceCurrency shows the currency where the API leaves out that of the
// site.
func TestPriceCurrency(t *testing.T) {
	t.Parallel()

	for site, want := range map[string]string{"china": "CNY", "international": "USD", "europe": "null"} {
		w, _ := quoting(t, site, func(tree) (int, any) {
			return http.StatusOK, tree{"amount": 1, "product_rating_results": []any{tree{"id": "web"}}}
		})
		mustRead(t, w, "bss_on_demand_price", configuration(t, "bss_on_demand_price", quotes()["bss_on_demand_price"])).
			want(t, map[string]string{"currency": want})
	}
}

// TestPriceBlamesTheProduct shows that an error stands at each product that has
// no price, although the API does not say which.
func TestPriceBlamesTheProduct(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		products []string
		// refusals are the codes that requests are refused with by the product in
		// them, of which * is any two.
		refusals map[string]string
		calls    [][]string
		want     []string
		says     string
	}{
		"the only one": {
			[]string{"a"}, map[string]string{"a": "CBC.99006006"}, [][]string{{"a"}}, []string{".products[a]"},
			"service type hws.service.type.ec2, resource type hws.resource.type.vm, specification s6.large.2.linux, region ap-southeast-3",
		},
		"two of four": {
			[]string{"a", "b", "c", "d"}, map[string]string{"b": "CBC.99006006", "d": "CBC.99006055"},
			[][]string{{"a", "b", "c", "d"}, {"a"}, {"b"}, {"c"}, {"d"}}, []string{".products[b]", ".products[d]"}, "CBC.99006055",
		},
		"none alone": {
			[]string{"a", "b"}, map[string]string{"*": "CBC.99006055"}, [][]string{{"a", "b"}, {"a"}, {"b"}}, []string{".products"},
			"Each of them alone has a price",
		},
		"something else while asking": {
			[]string{"a", "b", "c"}, map[string]string{"*": "CBC.99006006", "a": "CBC.99006006", "b": "CBC.0151"},
			[][]string{{"a", "b", "c"}, {"a"}, {"b"}}, []string{"", ".products[a]"}, "CBC.0151",
		},
		"not a product's fault": {
			[]string{"a", "b"}, map[string]string{"*": "CBC.0100"}, [][]string{{"a", "b"}}, []string{""}, "CBC.0100",
		},
	} {
		for _, typeName := range []string{"bss_on_demand_price", "bss_period_price"} {
			w, bodies := quoting(t, "international", func(body tree) (int, any) {
				ids := productIDs(t, body)
				if code := test.refusals["*"]; code != "" && len(ids) > 1 {
					return refused(code)
				}

				rows := []any{}

				for _, id := range ids {
					if code := test.refusals[id]; code != "" {
						return refused(code)
					}

					rows = append(rows, tree{"id": id})
				}

				return http.StatusOK, tree{"product_rating_results": rows, "official_website_rating_result": tree{"product_rating_results": rows}}
			})

			arguments, products := quotes()[typeName], tree{}
			for _, product := range test.products {
				products[product] = tree{"ecs": tree{"flavor": "s6.large.2", "os": "linux"}}
			}

			arguments["products"] = products
			_, diags := readData(t, w, typeName, attributes{"max_retries": num(t, "0")}, configuration(t, typeName, arguments))

			if diff := cmp.Diff(test.want, diags.places()); diff != "" {
				t.Errorf("%s: %s: %s\n%s", typeName, name, diff, diags)
			}

			if !strings.Contains(diags.String(), test.says) {
				t.Errorf("%s: %s: no word of %q in %s", typeName, name, test.says, diags)
			}

			var calls [][]string
			for _, body := range bodies() {
				calls = append(calls, productIDs(t, body))
			}

			if diff := cmp.Diff(test.calls, calls); diff != "" {
				t.Errorf("%s: %s: calls: %s", typeName, name, diff)
			}
		}
	}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// unsubscribed is the first order after those of the demo customer.
const unsubscribed = "CS2611220000013"

// plainRequests are a request for each operation that the demo customer's
// simulator carries out.
var plainRequests = map[string]tree{
	"convert_to_on_demand_now":    {"body": tree{"resource_ids": []string{demoResource(6)}}},
	"cancel_order":                {"body": tree{"order_id": "CS2611220000002"}},
	"disable_auto_renew":          {"resource_id": demoResource(4)},
	"enable_auto_renew":           {"resource_id": demoResource(7)},
	"get_account_balances":        {},
	"get_monthly_sum_bill":        {"bill_cycle": billedMonth},
	"get_on_demand_price":         {"body": rating(onDemandServer)},
	"get_order":                   {"order_id": "CS2611220000001"},
	"get_period_price":            {"body": rating(periodServer)},
	"get_refund_order":            {"order_id": unsubscribed},
	"get_renewal_price":           {"body": tree{"resource_ids": []string{demoResource(6)}, "period_type": 2, "period_num": 1}},
	"list_auth_domains":           {},
	"list_coupons":                {},
	"list_costs":                  {"body": costsOfMonth()},
	"list_monthly_cost_breakdown": {"shared_month": billedMonth},
	"list_fee_records":            {"bill_cycle": billedMonth},
	"list_invoices": {
		"start_time": "2026-09-01T00:00:00Z", "end_time": "2026-12-31T00:00:00Z", "offset": 1, "limit": 100,
	},
	"list_order_coupons":        {"order_id": "CS2611220000001"},
	"list_order_discounts":      {"order_id": "CS2611220000012"},
	"list_orders":               {},
	"list_resource_fee_records": {"cycle": billedMonth},
	"list_resource_records":     {"body": tree{"cycle": billedMonth}},
	"list_resources":            {"body": tree{"only_main_resource": 0}},
	"list_service_types":        {},
	"list_usage95_details": {
		"bill_cycle": "2026-10", "service_type_code": "hws.service.type.cdn", "resource_type_code": "hws.resource.type.cdn",
		"usage_type": "95Peak", "resource_id": "cdn.example.com",
	},
	"list_usage95_summary": {
		"bill_cycle": "2026-10", "service_type_code": "hws.service.type.cdn", "resource_type_code": "hws.resource.type.cdn",
		"usage_type": "95Peak",
	},
	"list_conversions":   {},
	"list_measure_units": {},
	"list_resource_specs": {"body": tree{
		"cloud_service_type": "hws.service.type.ebs",
		"resource_type":      "hws.resource.type.volume",
		"region_code":        "cn-north-4",
		"charge_mode":        "1",
	}},
	"list_resource_types":         {},
	"list_service_resources":      {"service_type_code": "hws.service.type.vpc"},
	"list_usage_types":            {},
	"list_packages":               {"body": tree{}},
	"list_package_usages":         {"body": tree{"free_resource_ids": []string{"FR00000000001-1"}}},
	"list_package_usage_records":  {"deduct_time_begin": "2026-11-01", "deduct_time_end": "2026-11-30"},
	"pay_order":                   {"body": tree{"order_id": "CS2611220000001", "use_coupon": "NO", "use_discount": "NO"}},
	"pay_order_v1":                {"body": tree{"orderId": "CS2611220000003"}},
	"renew_resources":             {"body": tree{"resource_ids": []string{demoResource(7)}, "period_type": 2, "period_num": 1}},
	"set_renew_config":            {"body": tree{"config_name": "DEDUCTION_DATE", "config_value": "3"}},
	"set_to_on_demand_on_expiry":  {"body": tree{"operation": "SET_UP", "resource_ids": []string{demoResource(1)}}},
	"unsubscribe_resources":       {"body": tree{"resource_ids": []string{demoResource(10)}, "unsubscribe_type": 1}},
	"get_expenditure_quota":       {},
	"list_account_change_records": {"balance_type": "BALANCE_TYPE_DEBIT"},
	"list_coupon_change_records":  {"balance_type": "BALANCE_TYPE_COUPON"},
	"list_stored_value_cards":     {"status": 1},
	"get_retrievable_amount":      {"sub_customer_id": demoMember(1), "balance_type": "BALANCE_TYPE_DEBIT"},
	"get_transferable_amount":     {"balance_type": "BALANCE_TYPE_DEBIT"},
	"list_organizations":          {},
	"list_retrievable_coupons":    {"sub_customer_id": demoMember(1)},
	"list_sub_customers":          {},
	"list_transferable_coupons":   {},
	"create_sub_customer":         {"body": memberToBe("team-c")},
	"send_sub_customer_sms_code":  {"body": codeFor("13800001234", 10)},
	"enable_enterprise_project":   {},
	"retrieve_amount":             {"body": tree{"customer_id": demoMember(1), "amount": "1.00"}},
	"retrieve_coupon": {"body": tree{
		"customer_id": demoMember(1), "coupon_id": "CP2611220000002", "sub_coupon_id": "CP2611220000002-1",
	}},
	"transfer_amount": {"body": tree{"customer_id": demoMember(1), "amount": "1.00"}},
	"transfer_coupon": {"body": tree{"customer_id": demoMember(1), "coupon_id": "CP2611220000001", "amount": "10.00"}},
}

var mutations = []string{
	"cancel_order",
	"convert_to_on_demand_now",
	"create_sub_customer",
	"disable_auto_renew",
	"enable_auto_renew",
	"enable_enterprise_project",
	"pay_order",
	"pay_order_v1",
	"renew_resources",
	"send_sub_customer_sms_code",
	"retrieve_amount",
	"retrieve_coupon",
	"set_renew_config",
	"set_to_on_demand_on_expiry",
	"transfer_amount",
	"transfer_coupon",
	"unsubscribe_resources",
}

// TestEveryOperation exercises through the SDK all that the simulator models,
// so that an operation cannot be added to the simulator without a witness.
func TestEveryOperation(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		c.console(t, "unsubscribe", map[string]any{"resource_id": demoResource(11)})
		for _, name := range slices.Sorted(maps.Keys(c.operations)) {
			request, known := plainRequests[name]
			if !known {
				t.Errorf("no plain request for %s", name)

				continue
			}
			c.call(t, name, request)
		}
		var witnessed []string
		for _, entry := range c.sim.Requests() {
			witnessed = append(witnessed, entry.Operation)
			wantActed := slices.Contains(mutations, entry.Operation)
			if entry.Acted != wantActed || entry.Mutation != wantActed {
				t.Errorf("%s: acted %t, mutation %t, want %t", entry.Operation, entry.Acted, entry.Mutation, wantActed)
			}
		}
		slices.Sort(witnessed)
		if diff := cmp.Diff(modelled(t, c.sim.Site()), witnessed); diff != "" {
			t.Errorf("what the simulator models is not what the SDK exercised (-modelled +exercised):\n%s", diff)
		}
	})
}

// modelled asks a simulator for every operation of its description, and keeps
// those that it does not disown.
func modelled(t *testing.T, site string) []string {
	t.Helper()
	sim := start(t, bsssim.Options{Site: site})
	c := connect(t, sim, permanentKeys(sim))
	var names []string
	for _, op := range describedOperations(t) {
		err := op.sendSmallest(c)
		var refusal *sdkerr.ServiceResponseError
		switch {
		case errors.As(err, &refusal) && refusal.ErrorCode == "SIM.0501":
		case errors.As(err, &refusal) && refusal.ErrorCode == "APIG.0101":
		case errors.As(err, &refusal) && refusal.StatusCode == http.StatusUnauthorized:
			t.Errorf("%s: the signature is not accepted: %v", op.Name, refusal)
		case err == nil, errors.As(err, &refusal):
			names = append(names, op.Name)
		default:
			t.Fatalf("%s: %v", op.Name, err)
		}
	}
	slices.Sort(names)

	return names
}

// described is an operation of the simulator's description of the API.
type described struct {
	Name    string      `json:"name"`
	Method  string      `json:"method"`
	Path    string      `json:"path"`
	Sites   []string    `json:"sites"`
	Request []parameter `json:"request"`
}

type parameter struct {
	Name     string            `json:"name"`
	In       string            `json:"in"`
	Type     string            `json:"type"`
	Required bool              `json:"required"`
	Sites    []string          `json:"sites"`
	Enum     map[string]string `json:"enum"`
	Format   string            `json:"format"`
	Limits   struct {
		Min       int `json:"min"`
		MinLength int `json:"min_length"`
	} `json:"limits"`
	Fields []parameter `json:"fields"`
	Items  *parameter  `json:"items"`
}

func describedOperations(t *testing.T) []described {
	t.Helper()
	data, err := os.ReadFile("../../internal/bsssim/operations.json")
	if err != nil {
		t.Fatal(err)
	}
	// The identity service is served beside the billing API.
	all := []described{{Name: "list_auth_domains", Method: http.MethodGet, Path: "/v3/auth/domains"}}
	var billing []described
	if err := json.Unmarshal(data, &billing); err != nil {
		t.Fatal(err)
	}

	return append(all, billing...)
}

// sendSmallest sends a request with nothing but what is required.
func (d described) sendSmallest(c *client) error {
	path, query, body := d.Path, map[string]string{}, tree(nil)
	for _, p := range d.required(c.sim.Site()) {
		switch p.In {
		case "path":
			path = strings.ReplaceAll(path, "{"+p.Name+"}", fmt.Sprint(p.smallest()))
		case "query":
			query[p.Name] = fmt.Sprint(p.smallest())
		case "body":
			if body == nil {
				body = tree{}
			}
			body[p.Name] = p.smallest()
		}
	}
	path = strings.ReplaceAll(path, "{domain_id}", c.sim.Credentials().DomainID)
	if body == nil {
		return c.send(d.Method, path, query, nil)
	}

	return c.send(d.Method, path, query, body)
}

func (d described) required(site string) []parameter {
	key := "intl"
	if site == bsssim.SiteChina {
		key = "cn"
	}

	return slices.DeleteFunc(slices.Clone(d.Request), func(p parameter) bool {
		elsewhere := slices.Contains(d.Sites, key) && !slices.Contains(p.Sites, key)

		return !p.Required || p.Name == "domain_id" || elsewhere
	})
}

// smallest is a value that the description allows.
func (p parameter) smallest() any {
	if len(p.Enum) > 0 {
		first := slices.Min(slices.Collect(maps.Keys(p.Enum)))
		switch p.Type {
		case "int32":
			return json.Number(first)
		case "string":
			return first
		}
	}
	switch p.Type {
	case "string":
		return p.text()
	case "int32", "decimal":
		return max(1, p.Limits.Min)
	case "bool":
		return true
	case "object":
		object := tree{}
		for _, field := range p.Fields {
			if field.Required {
				object[field.Name] = field.smallest()
			}
		}

		return object
	default:
		item := parameter{Type: strings.TrimSuffix(strings.TrimPrefix(p.Type, "array<"), ">"), Enum: p.Enum}
		if p.Items != nil {
			item.Fields = p.Items.Fields
		}

		return []any{item.smallest()}
	}
}

func (p parameter) text() string {
	switch p.Format {
	case "utc_datetime":
		return "2026-01-01T00:00:00Z"
	case "date":
		return "2026-01-01"
	case "month", "date_or_month":
		return "2026-01"
	case "decimal_string":
		return "1"
	default:
		return strings.Repeat("x", max(1, p.Limits.MinLength))
	}
}

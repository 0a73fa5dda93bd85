// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// dictionaries are the lists of products, which change slowly: each is read once
// in a run, for each filter that the API itself takes.
type dictionaries struct {
	client *bssapi.Client

	serviceTypes     shared[string, []bssapi.ServiceType]
	resourceTypes    shared[struct{}, []bssapi.ResourceType]
	serviceResources shared[string, []bssapi.ServiceResource]
	usageTypes       shared[string, []bssapi.UsageType]
	measureUnits     shared[struct{}, []bssapi.MeasureUnit]
	conversions      shared[bssapi.MeasureType, []bssapi.Conversion]
	specs            shared[bssapi.ListResourceSpecsRequest, []bssapi.ResourceSpec]
}

func (d *dictionaries) readServiceTypes(ctx context.Context, name string) ([]bssapi.ServiceType, error) {
	return allOf(d.client.ListServiceTypes(ctx, name))
}

func (d *dictionaries) readResourceTypes(ctx context.Context, _ struct{}) ([]bssapi.ResourceType, error) {
	return allOf(d.client.ListResourceTypes(ctx))
}

func (d *dictionaries) readServiceResources(ctx context.Context, service string) ([]bssapi.ServiceResource, error) {
	return allOf(d.client.ListServiceResources(ctx, service))
}

func (d *dictionaries) readUsageTypes(ctx context.Context, resourceType string) ([]bssapi.UsageType, error) {
	return allOf(d.client.ListUsageTypes(ctx, resourceType))
}

func (d *dictionaries) readMeasureUnits(ctx context.Context, _ struct{}) ([]bssapi.MeasureUnit, error) {
	return d.client.ListMeasureUnits(ctx)
}

// named are the names by code. If a code comes several times, the first name that
// is not empty counts.
type named map[string]*string

func (n named) add(code, name string) {
	if code != "" && n[code] == nil {
		n[code] = textPtr(name)
	}
}

// dictionaryAttributes are the results of every dictionary whose rows have codes.
func dictionaryAttributes(code, rows string, attributes map[string]schema.Attribute) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"codes": schema.MapAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "Names by `" + code + "`, fit for `for_each`: the key is the code. `one(keys(…))` of them is the code if there " +
				"is only one, null if there is none, and an error if there are several.",
		},
		rows:          computedList("All rows, in the order of the API.", attributes),
		"total_count": computedInt("Number of rows."),
	}
}

func nameContains(what string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true, Validators: []validator.String{trimmed{maxSpecNameLength}},
		MarkdownDescription: "Only rows whose `" + what + "` contains this, without regard to case. The provider compares, not the API.",
	}
}

// maxSpecNameLength is more than any name has.
const maxSpecNameLength = 256

// contains says whether a name has a part, which is null if anything goes.
func contains(name string, part types.String) bool {
	return strings.Contains(strings.ToLower(name), strings.ToLower(part.ValueString()))
}

const dictionaryNote = "\n\nRead once in a run, however many data sources ask. Names are in the `language` of the provider."

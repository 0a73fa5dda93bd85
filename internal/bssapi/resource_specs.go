// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"fmt"
)

const (
	specPageSize = 100
	// mostSpecPages bounds a read whose markers never end: a million
	// specifications of one type of resource in one region are not sold.
	mostSpecPages = 10_000
	// filterSpec is the only key that specifications can be filtered by.
	filterSpec = "RESOURCE_SPEC"
)

// ListResourceSpecsRequest says whose specifications to list. All but ResourceSpec
// are required.
type ListResourceSpecsRequest struct {
	CloudServiceType string
	ResourceType     string
	RegionCode       string
	// ChargeMode is ChargeModePeriod or ChargeModeOnDemand.
	ChargeMode ChargeMode
	// ResourceSpec is the code of the only specification that is wanted.
	ResourceSpec string
}

type listResourceSpecsBody struct {
	CloudServiceType string               `json:"cloud_service_type"`
	ResourceType     string               `json:"resource_type"`
	RegionCode       string               `json:"region_code"`
	ChargeMode       string               `json:"charge_mode"`
	Filters          []resourceSpecFilter `json:"filters,omitempty"`
	Marker           string               `json:"marker,omitempty"`
	Limit            int                  `json:"limit"`
}

type resourceSpecFilter struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

func (r ListResourceSpecsRequest) body(marker string) listResourceSpecsBody {
	body := listResourceSpecsBody{
		CloudServiceType: r.CloudServiceType, ResourceType: r.ResourceType, RegionCode: r.RegionCode,
		ChargeMode: fmt.Sprint(int(r.ChargeMode)), Marker: marker, Limit: specPageSize,
	}
	if r.ResourceSpec != "" {
		body.Filters = []resourceSpecFilter{{filterSpec, r.ResourceSpec}}
	}

	return body
}

// ResourceSpec is a specification that is sold in a region.
type ResourceSpec struct {
	CloudServiceType     string `json:"cloud_service_type"`
	CloudServiceTypeName string `json:"cloud_service_type_name"`
	ResourceType         string `json:"resource_type"`
	ResourceTypeName     string `json:"resource_type_name"`
	ResourceSpec         string `json:"resource_spec"`
	ResourceSpecName     string `json:"resource_spec_name"`
	// ChargeMode is a number as text.
	ChargeMode string `json:"charge_mode"`
	RegionCode string `json:"region_code"`
}

type listResourceSpecsResponse struct {
	PageInfo           specPageInfo   `json:"page_info"`
	CloudServiceBasics []ResourceSpec `json:"cloud_service_basics"`
}

type specPageInfo struct {
	// NextMarker is null on the last page.
	NextMarker string `json:"next_marker"`
}

// ListResourceSpecs returns the specifications of a type of resource in a region,
// to the end. The answer names no total: a marker that does not move, or comes
// back, is an error of the kind [ErrIncomplete], since the end cannot be reached.
//
// Permission: none.
func (c *Client) ListResourceSpecs(ctx context.Context, req ListResourceSpecsRequest) ([]ResourceSpec, error) {
	var specs []ResourceSpec
	marker, seen := "", map[string]bool{}
	for range mostSpecPages {
		out, err := answered[listResourceSpecsResponse](ctx, c, call{op: opListResourceSpecs, body: req.body(marker)})
		if err != nil {
			return nil, err
		}
		specs = append(specs, out.CloudServiceBasics...)
		marker = out.PageInfo.NextMarker
		switch {
		case marker == "":
			return specs, nil
		case seen[marker]:
			return nil, specsIncomplete("the marker %q of a next page comes again", marker)
		}
		seen[marker] = true
	}

	return nil, specsIncomplete("there is no end after %d pages", mostSpecPages)
}

func specsIncomplete(format string, values ...any) error {
	return &Error{Operation: opListResourceSpecs.name, Err: fmt.Errorf("%w: %s", ErrIncomplete, fmt.Sprintf(format, values...))}
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"iter"
)

// How many rows the lists of products give in a page at most.
const (
	serviceTypePageSize     = 1000
	resourceTypePageSize    = 1000
	serviceResourcePageSize = 100
	usageTypePageSize       = 100
)

// ServiceType is a cloud service.
type ServiceType struct {
	ServiceTypeCode string `json:"service_type_code"`
	ServiceTypeName string `json:"service_type_name"`
	Abbreviation    string `json:"abbreviation"`
}

type listServiceTypesResponse struct {
	TotalCount   *int          `json:"total_count"`
	ServiceTypes []ServiceType `json:"service_types"`
}

// ListServiceTypes yields the cloud services, without those of the marketplace.
// A name that is not "" is a part of the names that are wanted, as the API
// compares them.
//
// Permission: none.
func (c *Client) ListServiceTypes(ctx context.Context, name string) iter.Seq2[ServiceType, error] {
	return paged[ServiceType]{
		operation: opListServiceTypes.name,
		size:      serviceTypePageSize,
		key:       noKey[ServiceType],
		fetch: fetcher(c,
			func(offset int) call {
				return call{op: opListServiceTypes, query: serviceTypesQuery(name).page(offset, serviceTypePageSize)}
			},
			func(out *listServiceTypesResponse) page[ServiceType] {
				return page[ServiceType]{rows: out.ServiceTypes, total: out.TotalCount}
			}),
	}.all(ctx)
}

func serviceTypesQuery(name string) params {
	p := params{}
	p.text("service_type_name", name)

	return p
}

// ResourceType is a type of resource of a cloud service.
type ResourceType struct {
	ResourceTypeCode string `json:"resource_type_code"`
	ResourceTypeName string `json:"resource_type_name"`
	ResourceTypeDesc string `json:"resource_type_desc"`
	ServiceTypeCode  string `json:"service_type_code"`
}

type listResourceTypesResponse struct {
	TotalCount    *int           `json:"total_count"`
	ResourceTypes []ResourceType `json:"resource_types"`
}

// ListResourceTypes yields the types of resources of all cloud services.
//
// Permission: none.
func (c *Client) ListResourceTypes(ctx context.Context) iter.Seq2[ResourceType, error] {
	return paged[ResourceType]{
		operation: opListResourceTypes.name,
		size:      resourceTypePageSize,
		key:       noKey[ResourceType],
		fetch: fetcher(c,
			func(offset int) call {
				return call{op: opListResourceTypes, query: params{}.page(offset, resourceTypePageSize)}
			},
			func(out *listResourceTypesResponse) page[ResourceType] {
				return page[ResourceType]{rows: out.ResourceTypes, total: out.TotalCount}
			}),
	}.all(ctx)
}

// ServiceResource is a type of resource that belongs to a service.
type ServiceResource struct {
	ResourceTypeCode string `json:"resource_type_code"`
	// ProductOwnerService is the service that provides it, which may be another.
	ProductOwnerService string `json:"product_owner_service"`
	Name                string `json:"name"`
	Description         string `json:"description"`
}

type serviceResourceInfo struct {
	BasicInfo ServiceResource `json:"basic_info"`
}

type listServiceResourcesResponse struct {
	TotalCount *int                  `json:"total_count"`
	Infos      []serviceResourceInfo `json:"infos"`
}

// ListServiceResources yields the types of resources that belong to a service.
//
// Permission: none.
func (c *Client) ListServiceResources(ctx context.Context, serviceTypeCode string) iter.Seq2[ServiceResource, error] {
	rows := paged[serviceResourceInfo]{
		operation: opListServiceResources.name,
		size:      serviceResourcePageSize,
		key:       noKey[serviceResourceInfo],
		fetch: fetcher(c,
			func(offset int) call {
				query := params{"service_type_code": {serviceTypeCode}}.page(offset, serviceResourcePageSize)

				return call{op: opListServiceResources, query: query}
			},
			func(out *listServiceResourcesResponse) page[serviceResourceInfo] {
				return page[serviceResourceInfo]{rows: out.Infos, total: out.TotalCount}
			}),
	}.all(ctx)

	return func(yield func(ServiceResource, error) bool) {
		for info, err := range rows {
			if !yield(info.BasicInfo, err) {
				return
			}
		}
	}
}

// UsageType is what is metered of a type of resource.
type UsageType struct {
	// Code is such as "Duration" or "upflow": the usage factor of prices.
	Code             string `json:"code"`
	Name             string `json:"name"`
	ResourceTypeCode string `json:"resource_type_code"`
	ServiceTypeCode  string `json:"service_type_code"`
	ResourceTypeName string `json:"resource_type_name"`
	ServiceTypeName  string `json:"service_type_name"`
}

type listUsageTypesResponse struct {
	TotalCount *int        `json:"total_count"`
	UsageTypes []UsageType `json:"usage_types"`
}

// ListUsageTypes yields what is metered of a type of resource, or of all types
// if its code is "".
//
// Permission: none.
func (c *Client) ListUsageTypes(ctx context.Context, resourceTypeCode string) iter.Seq2[UsageType, error] {
	return paged[UsageType]{
		operation: opListUsageTypes.name,
		size:      usageTypePageSize,
		key:       noKey[UsageType],
		fetch: fetcher(c,
			func(offset int) call {
				return call{op: opListUsageTypes, query: usageTypesQuery(resourceTypeCode).page(offset, usageTypePageSize)}
			},
			func(out *listUsageTypesResponse) page[UsageType] {
				return page[UsageType]{rows: out.UsageTypes, total: out.TotalCount}
			}),
	}.all(ctx)
}

func usageTypesQuery(resourceTypeCode string) params {
	p := params{}
	p.text("resource_type_code", resourceTypeCode)

	return p
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"
)

const (
	// resourcePageSize is the most rows that the resource query gives in a page.
	resourcePageSize = 500
	// MaxResourceIDs is how many ids one ListResources takes.
	MaxResourceIDs = 50
)

// ResourceStatus is the state of a yearly/monthly resource.
type ResourceStatus int

// The states of a resource.
const (
	ResourceStatusInUse   ResourceStatus = 2
	ResourceStatusClosed  ResourceStatus = 3
	ResourceStatusFrozen  ResourceStatus = 4
	ResourceStatusExpired ResourceStatus = 5
)

// ExpirePolicy is what happens to a resource when its term ends.
type ExpirePolicy int

// The policies.
const (
	ExpirePolicyGracePeriod        ExpirePolicy = 0
	ExpirePolicyPayPerUse          ExpirePolicy = 1
	ExpirePolicyDelete             ExpirePolicy = 2
	ExpirePolicyAutoRenew          ExpirePolicy = 3
	ExpirePolicyFreeze             ExpirePolicy = 4
	ExpirePolicyDeleteAfterKeeping ExpirePolicy = 5
)

// Resource is a yearly/monthly resource.
type Resource struct {
	// ID is an internal id; mutations take ResourceID.
	ID string `json:"id"`
	// ResourceID is the id that the cloud service itself uses.
	ResourceID       string `json:"resource_id"`
	ResourceName     string `json:"resource_name"`
	RegionCode       string `json:"region_code"`
	ServiceTypeCode  string `json:"service_type_code"`
	ResourceTypeCode string `json:"resource_type_code"`
	ResourceTypeName string `json:"resource_type_name"`
	ServiceTypeName  string `json:"service_type_name"`
	ResourceSpecCode string `json:"resource_spec_code"`
	ProjectID        string `json:"project_id"`
	ProductID        string `json:"product_id"`
	ParentResourceID string `json:"parent_resource_id"`
	// IsMainResource is 1 for a primary resource, 0 for an attached one.
	IsMainResource *int           `json:"is_main_resource"`
	Status         ResourceStatus `json:"status"`
	EffectiveTime  string         `json:"effective_time"`
	ExpireTime     string         `json:"expire_time"`
	// ExpirePolicy is one of the constants ExpirePolicyGracePeriod and so on.
	ExpirePolicy      *int               `json:"expire_policy"`
	ProductSpecDesc   string             `json:"product_spec_desc"`
	SpecSize          Decimal            `json:"spec_size"`
	SpecSizeMeasureID int                `json:"spec_size_measure_id"`
	UpdateTime        string             `json:"update_time"`
	EnterpriseProject *EnterpriseProject `json:"enterprise_project"`
}

// ListResourcesRequest filters resources. Zero fields do not filter. A request
// without a filter is refused unless AllResources is set.
type ListResourcesRequest struct {
	// ResourceIDs are at most MaxResourceIDs. An empty list that is not nil is
	// refused: the API would take it for every resource.
	ResourceIDs []string
	OrderID     string
	// OnlyMainResource leaves out attached resources.
	OnlyMainResource bool
	// StatusList leaves out other states. Without it, closed resources come too.
	StatusList                     []ResourceStatus
	ExpireTimeBegin, ExpireTimeEnd time.Time
	ServiceTypeCode                string
	// AllResources asks for all resources, without a filter.
	AllResources bool
	Strict       Strict
}

type listResourcesBody struct {
	ResourceIDs      []string         `json:"resource_ids,omitempty"`
	OrderID          string           `json:"order_id,omitempty"`
	OnlyMainResource int              `json:"only_main_resource"`
	StatusList       []ResourceStatus `json:"status_list,omitempty"`
	Offset           int              `json:"offset"`
	Limit            int              `json:"limit"`
	ExpireTimeBegin  string           `json:"expire_time_begin,omitempty"`
	ExpireTimeEnd    string           `json:"expire_time_end,omitempty"`
	ServiceTypeCode  string           `json:"service_type_code,omitempty"`
}

func (r ListResourcesRequest) body(offset int) listResourcesBody {
	body := listResourcesBody{
		ResourceIDs:     r.ResourceIDs,
		OrderID:         r.OrderID,
		StatusList:      r.StatusList,
		Offset:          offset,
		Limit:           resourcePageSize,
		ExpireTimeBegin: formatTime(r.ExpireTimeBegin),
		ExpireTimeEnd:   formatTime(r.ExpireTimeEnd),
		ServiceTypeCode: r.ServiceTypeCode,
	}
	if r.OnlyMainResource {
		body.OnlyMainResource = 1
	}

	return body
}

func (r ListResourcesRequest) check() error {
	filtered := len(r.ResourceIDs) > 0 || r.OrderID != "" || len(r.StatusList) > 0 ||
		!r.ExpireTimeBegin.IsZero() || !r.ExpireTimeEnd.IsZero() || r.ServiceTypeCode != ""
	switch {
	case r.ResourceIDs != nil && len(r.ResourceIDs) == 0:
		return errors.New("the list of resource ids is empty, which would mean every resource")
	case !filtered && !r.AllResources:
		return errors.New("no filter is given, which would mean every resource")
	case len(r.ResourceIDs) > MaxResourceIDs:
		return fmt.Errorf("%d resource ids are more than %d", len(r.ResourceIDs), MaxResourceIDs)
	case slices.Contains(r.ResourceIDs, ""):
		return errors.New("a resource id is empty")
	}

	return nil
}

func (r ListResourcesRequest) other(row Resource) string {
	var f filters
	if row.IsMainResource != nil && *row.IsMainResource == 0 {
		// The id of an attached one gives it, whether or not only primary ones are wanted.
		if r.OnlyMainResource && len(r.ResourceIDs) == 0 {
			f.differs("kind", "attached", "primary")
		}

		// An attached one may come along with its primary, whatever it is itself.
		return f.other
	}
	compareCodes(&f, "status", ResourceStatuses, row.Status, r.StatusList...)
	f.text("service", r.ServiceTypeCode, row.ServiceTypeCode)
	f.instant("end of its term", r.ExpireTimeBegin, r.ExpireTimeEnd, row.ExpireTime)

	return f.other
}

// CountResources returns how many resources match.
//
// Permission: bss:renewal:view.
func (c *Client) CountResources(ctx context.Context, req ListResourcesRequest) (int, error) {
	if err := req.check(); err != nil {
		return 0, opListResources.refuse(err)
	}
	body := req.body(0)
	body.Limit = 1
	var out listResourcesResponse
	if err := c.do(ctx, call{op: opListResources, body: body, out: &out}); err != nil {
		return 0, err
	}
	if out.TotalCount == nil {
		return 0, &Error{Operation: opListResources.name, Err: fmt.Errorf("%w: the answer names no total", ErrIncomplete)}
	}

	return *out.TotalCount, nil
}

type listResourcesResponse struct {
	Data       []Resource `json:"data"`
	TotalCount *int       `json:"total_count"`
}

// ListResources yields the account's yearly/monthly resources that match.
//
// Permission: bss:renewal:view.
func (c *Client) ListResources(ctx context.Context, req ListResourcesRequest) iter.Seq2[Resource, error] {
	if err := req.check(); err != nil {
		return func(yield func(Resource, error) bool) {
			yield(Resource{}, opListResources.refuse(err))
		}
	}

	return paged[Resource]{
		operation: opListResources.name,
		size:      resourcePageSize,
		key:       func(r Resource) string { return r.ID },
		other:     strictly(req.Strict, req.other),
		fetch: fetcher(c,
			func(offset int) call { return call{op: opListResources, body: req.body(offset)} },
			func(out *listResourcesResponse) page[Resource] {
				return page[Resource]{rows: out.Data, total: out.TotalCount}
			}),
	}.all(ctx)
}

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

type wireResourceSpec struct {
	ServiceType      string `json:"cloud_service_type"`
	ServiceTypeName  string `json:"cloud_service_type_name"`
	ResourceType     string `json:"resource_type"`
	ResourceTypeName string `json:"resource_type_name"`
	Spec             string `json:"resource_spec"`
	SpecName         string `json:"resource_spec_name"`
	ChargeMode       string `json:"charge_mode"`
	Region           string `json:"region_code"`
}

// sells says whether a product of the price list is sold on the site in a charge
// mode.
func (w *world) sells(o *offer, mode int) bool {
	if o.installments && w.Site != SiteChina {
		return false
	}
	if mode == modePrepaid {
		return o.monthly != ""
	}

	return o.usage != ""
}

// specMarker begins a marker, which says nothing to who gets it.
const specMarker = "spec-"

// listResourceSpecs answers what is sold of a type of resource in a region, by
// marker. What the price list does not have is an empty list.
func listResourceSpecs(w *world, c *call) (answer, error) {
	only := ""
	filters, _ := c.values["filters"].([]any)
	for _, filter := range filters {
		fields, _ := filter.(map[string]any)
		only, _ = fields["value"].(string)
	}
	region, mode := c.text("region_code"), numberOf(c.text("charge_mode"))
	language := strings.NewReplacer("_cn", "_CN", "_us", "_US").Replace(c.language)
	specs := []wireResourceSpec{}
	for i := range priceList {
		o := &priceList[i]
		if _, sold := priceRegions[region]; !sold || o.service != c.text("cloud_service_type") || o.resourceType != c.text("resource_type") ||
			only != "" && o.spec != only || !w.sells(o, mode) {
			continue
		}
		specs = append(specs, wireResourceSpec{
			ServiceType: o.service, ServiceTypeName: w.serviceName(o.service, language),
			ResourceType: o.resourceType, ResourceTypeName: w.resourceTypeName(o.resourceType, language),
			Spec: o.spec, SpecName: w.inLanguage(o.english, o.chinese, language), ChargeMode: itoa(mode), Region: region,
		})
	}
	slices.SortFunc(specs, func(a, b wireResourceSpec) int { return strings.Compare(a.Spec, b.Spec) })
	start, err := c.specStart(len(specs))
	if err != nil {
		return answer{}, err
	}
	limit := c.number("limit", 100)
	if most, err := strconv.Atoi(w.setting("spec_page_size")); err == nil && most > 0 {
		limit = min(limit, most)
	}
	end := min(start+limit, len(specs))
	var next *string
	if end < len(specs) {
		marker := specMarker + itoa(w.nextSpec(start, end))
		next = &marker
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"page_info": map[string]any{"next_marker": next}, "cloud_service_basics": specs[start:end],
	}}, nil
}

// specStart is where the page of a marker starts.
func (c *call) specStart(most int) (int, error) {
	marker := c.text("marker")
	if marker == "" {
		return 0, nil
	}
	start, err := strconv.Atoi(strings.TrimPrefix(marker, specMarker))
	if err != nil || !strings.HasPrefix(marker, specMarker) || start > most {
		return 0, badParameter("marker", "not one of an answer")
	}

	return start, nil
}

// nextSpec is where the marker of an answer leads.
func (w *world) nextSpec(start, end int) int {
	switch {
	case w.setting("spec_markers") == "stay" && start > 0:
		return start
	case w.setting("spec_markers") == "repeat" && start > 0:
		return end % (2 * (end - start))
	default:
		return end
	}
}

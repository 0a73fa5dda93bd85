// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"slices"
)

// resourceTypeEntry is a type of resource of a service. Several services can
// have one code.
type resourceTypeEntry struct {
	code, service                  string
	english, chinese               string
	englishPurpose, chinesePurpose string
}

// Types of resources that the code names.
const (
	typeInstance  = "hws.resource.type.instance"
	typeBandwidth = "hws.resource.type.bandwidth"
	typeStorage   = "hws.resource.type.obs"
)

// resourceTypes are those of which the price list has products, and storage,
// which only packages are of.
var resourceTypes = []resourceTypeEntry{
	{"hws.resource.type.vm", "hws.service.type.ec2", "ECS", "云主机", "Servers without their disks", "不含磁盘的云主机"},
	{"hws.resource.type.volume", "hws.service.type.ebs", "Cloud Disk", "硬盘", "Disks by size", "按大小计费的硬盘"},
	{"hws.resource.type.ip", "hws.service.type.vpc", "IP Address", "IP", "Public addresses without bandwidth", "不含带宽的公网IP"},
	{typeBandwidth, "hws.service.type.vpc", "Bandwidth", "带宽", "Bandwidth by size or traffic", "按带宽或流量计费"},
	{typeInstance, "hws.service.type.rds", "Instance", "实例", "Database instances", "数据库实例"},
	{typeInstance, "hws.service.type.dcs", "Instance", "实例", "Cache instances", "缓存实例"},
	{typeInstance, "hws.service.type.dds", "Instance", "实例", "Document database instances", "文档数据库实例"},
	{typeStorage, "hws.service.type.obs", "Object Storage", "对象存储", "Storage by size", "按容量计费的存储"},
	{"hws.resource.type.ies.rack", "hws.service.type.ies", "CloudPond Rack", "云驻机柜", "Racks on the premises of the customer", "客户机房内的机柜"},
}

// resourceTypes are the types of resources of the site.
func (w *world) resourceTypes() []resourceTypeEntry {
	return slices.DeleteFunc(slices.Clone(resourceTypes), func(r resourceTypeEntry) bool {
		return !slices.ContainsFunc(serviceTypes, func(s serviceType) bool { return s.code == r.service && w.has(s) })
	})
}

// inLanguage is the name in the language of a call.
func (w *world) inLanguage(english, chinese, language string) string {
	if w.chinese(language) {
		return chinese
	}

	return english
}

func (w *world) resourceTypeName(code, language string) string {
	i := slices.IndexFunc(resourceTypes, func(r resourceTypeEntry) bool { return r.code == code })
	if i < 0 {
		return code
	}

	return w.inLanguage(resourceTypes[i].english, resourceTypes[i].chinese, language)
}

// listResourceTypes answers the types of resources of all services.
func listResourceTypes(w *world, c *call) (answer, error) {
	var found []map[string]any
	for _, r := range w.resourceTypes() {
		found = append(found, map[string]any{
			"resource_type_code": r.code, "resource_type_name": w.inLanguage(r.english, r.chinese, c.language),
			"resource_type_desc": w.inLanguage(r.englishPurpose, r.chinesePurpose, c.language), "service_type_code": r.service,
		})
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"total_count": len(found), "resource_types": orEmpty(page(c, found, 10)),
	}}, nil
}

// listServiceResources answers the types of resources of one service: none if
// there is no such service.
func listServiceResources(w *world, c *call) (answer, error) {
	var found []map[string]any
	for _, r := range w.resourceTypes() {
		if r.service == c.text("service_type_code") {
			found = append(found, map[string]any{"basic_info": map[string]any{
				"resource_type_code": r.code, "product_owner_service": r.service,
				"name": w.inLanguage(r.english, r.chinese, c.language), "description": w.inLanguage(r.englishPurpose, r.chinesePurpose, c.language),
			}})
		}
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"total_count": len(found), "infos": orEmpty(page(c, found, 10)),
	}}, nil
}

// usageTypeNames are the names of what is metered, in English and Chinese.
var usageTypeNames = map[string][2]string{
	usageDuration: {"Duration", "时长"},
	usageTraffic:  {"Outbound Traffic", "上行流量"},
	usageStorage:  {"Storage", "存储容量"},
}

func (w *world) usageTypeName(code, language string) string {
	names := usageTypeNames[code]

	return w.inLanguage(names[0], names[1], language)
}

// listUsageTypes answers by what the products of the price list, and storage, are
// metered.
func listUsageTypes(w *world, c *call) (answer, error) {
	var found []map[string]any
	for _, r := range w.resourceTypes() {
		var factors []string
		for i := range priceList {
			if o := &priceList[i]; o.service == r.service && o.resourceType == r.code && o.usage != "" {
				factors = append(factors, o.factor)
			}
		}
		if r.code == typeStorage {
			factors = append(factors, usageStorage)
		}
		slices.Sort(factors)
		if !c.matchesText("resource_type_code", r.code) {
			continue
		}
		for _, factor := range slices.Compact(factors) {
			found = append(found, map[string]any{
				"code": factor, "name": w.usageTypeName(factor, c.language), "resource_type_code": r.code,
				"service_type_code": r.service, "resource_type_name": w.inLanguage(r.english, r.chinese, c.language),
				"service_type_name": w.serviceName(r.service, c.language),
			})
		}
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"total_count": len(found), "usage_types": orEmpty(page(c, found, 10)),
	}}, nil
}

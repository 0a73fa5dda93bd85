// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"slices"
	"strings"
)

// serviceType is a cloud service. On one site only where that is not empty.
type serviceType struct {
	code, abbreviation, english, chinese string
	site                                 string
}

// serviceTypes begin with the six that generated objects are of.
var serviceTypes = []serviceType{
	{"hws.service.type.ec2", "ECS", "Elastic Cloud Server", "弹性云服务器", ""},
	{"hws.service.type.ebs", "EVS", "Elastic Volume Service", "云硬盘", ""},
	{"hws.service.type.vpc", "VPC", "Virtual Private Cloud", "虚拟私有云", ""},
	{"hws.service.type.rds", "RDS", "Relational Database Service", "云数据库", ""},
	{"hws.service.type.dcs", "DCS", "Distributed Cache Service", "分布式缓存服务", ""},
	{"hws.service.type.dds", "DDS", "Document Database Service", "文档数据库服务", ""},
	{"hws.service.type.obs", "OBS", "Object Storage Service", "对象存储服务", ""},
	{"hws.service.type.cce", "CCE", "Cloud Container Engine", "云容器引擎", ""},
	{"hws.service.type.elb", "ELB", "Elastic Load Balance", "弹性负载均衡", ""},
	{"hws.service.type.nat", "NAT", "NAT Gateway", "NAT网关", ""},
	{"hws.service.type.cdn", "CDN", "Content Delivery Network", "内容分发网络", ""},
	{"hws.service.type.waf", "WAF", "Web Application Firewall", "Web应用防火墙", ""},
	{"hws.service.type.cbr", "CBR", "Cloud Backup and Recovery", "云备份", ""},
	{"hws.service.type.ies", "IES", "CloudPond", "云驻", SiteChina},
	{marketplace, "KooGallery", "KooGallery", "云商店", ""},
}

// marketplace is on bills, and in no dictionary.
const marketplace = "hws.service.type.marketplace"

// chinese says whether names are wanted in Chinese, the default on china.
func (w *world) chinese(language string) bool {
	return language == "zh_CN" || language == "" && w.Site == SiteChina
}

func (w *world) serviceName(code, language string) string {
	i := slices.IndexFunc(serviceTypes, func(s serviceType) bool { return s.code == code })
	switch {
	case i < 0:
		return code
	case w.chinese(language):
		return serviceTypes[i].chinese
	default:
		return serviceTypes[i].english
	}
}

// has says whether the dictionaries of the site have a service.
func (w *world) has(s serviceType) bool {
	return s.code != marketplace && (s.site == "" || s.site == w.Site)
}

// listServiceTypes answers the dictionary of cloud services.
func listServiceTypes(w *world, c *call) (answer, error) {
	var found []map[string]any
	part := strings.ToLower(c.text("service_type_name"))
	for _, s := range serviceTypes {
		name := w.serviceName(s.code, c.language)
		if w.has(s) && strings.Contains(strings.ToLower(name), part) {
			found = append(found, map[string]any{
				"service_type_code": s.code, "service_type_name": name, "abbreviation": s.abbreviation,
			})
		}
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"total_count": len(found), "service_types": orEmpty(page(c, found, 10)),
	}}, nil
}

func (w *world) regionName(code, language string) string {
	r, known := priceRegions[code]
	switch {
	case !known:
		return code
	case w.chinese(language):
		return r.chinese
	default:
		return r.english
	}
}

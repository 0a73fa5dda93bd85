// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"math/big"
	"net/http"
	"slices"
	"strings"
)

// offer is a product of the price list. Its prices are in US dollars, in the
// region whose factor is 1, without discounts: Hourly for a unit of its usage
// factor, and Monthly for a month; each for a unit of size where the product is
// linear. An empty price means that it is not sold that way.
type offer struct {
	service, resourceType, spec string
	english, chinese            string // names of the specification
	sizeMeasure                 int
	factor                      string
	measure                     int
	usage, monthly              Amount
	installments                bool
}

// Units of sizes and usage.
const (
	measureHour      = 4
	measureTrafficGB = 10
	measureMbps      = 15
)

const (
	usageDuration = "Duration"
	usageTraffic  = "upflow"
	usageStorage  = "storage" // of packages alone
)

// priceList is what the simulated vendor sells. A year costs ten months.
var priceList = slices.Concat(
	servers("s6.small.1", "0.0135", "6.80"),
	servers("s6.large.2", "0.0610", "30.40"),
	servers("s6.xlarge.2", "0.1220", "60.80"),
	servers("c7.large.2", "0.0870", "43.50"),
	servers("c7.xlarge.4", "0.2245", "112.30"),
	[]offer{
		disk("SATA", "Common I/O", "普通IO", "0.000069", "0.0429"),
		disk("SAS", "High I/O", "高IO", "0.000139", "0.0714"),
		disk("GPSSD", "General Purpose SSD", "通用型SSD", "0.0001675", "0.10"),
		disk("SSD", "Ultra-high I/O", "超高IO", "0.000212", "0.1286"),
		disk("ESSD", "Extreme SSD", "极速型SSD", "0.000347", "0.2143"),
		address("5_bgp", "Dynamic BGP", "全动态BGP", "0.0050", "2.60"),
		address("5_sbgp", "Static BGP", "静态BGP", "0.0040", "2.10"),
		bandwidth("19_bgp", "Dynamic BGP Bandwidth", "全动态BGP带宽", "0.0340", "9.80"),
		bandwidth("19_sbgp", "Static BGP Bandwidth", "静态BGP带宽", "0.0270", "7.70"),
		bandwidth("19_share", "Shared Bandwidth", "共享带宽", "0.0310", "9.10"),
		traffic("12_bgp", "Dynamic BGP Traffic", "全动态BGP流量", "0.1140"),
		traffic("12_sbgp", "Static BGP Traffic", "静态BGP流量", "0.0980"),
		{
			service:      "hws.service.type.ies",
			resourceType: "hws.resource.type.ies.rack",
			spec:         "cloudpond.compute.1",
			english:      "CloudPond Compute Rack",
			chinese:      "云驻计算机柜",
			monthly:      "4200.00",
			installments: true,
		},
		instance("hws.service.type.rds", "rds.mysql.n1.large.2", "MySQL 2 vCPUs 4 GB", "MySQL 2核4GB", "0.1170", "58.20"),
		instance("hws.service.type.dcs", "redis.single.xu1.large.2", "Redis 2 GB Single-node", "Redis 2GB单机", "0.0500", "24.90"),
		instance("hws.service.type.dds", "dds.mongodb.s6.large.2.single", "MongoDB 2 vCPUs 4 GB", "MongoDB 2核4GB", "0.1010", "50.40"),
	},
)

func servers(flavor string, usage, monthly Amount) []offer {
	linux := offer{
		service: "hws.service.type.ec2", resourceType: "hws.resource.type.vm", spec: flavor + ".linux",
		english: flavor + " Linux", chinese: flavor + " Linux",
		factor: usageDuration, measure: measureHour, usage: usage, monthly: monthly,
	}
	windows := linux
	windows.spec, windows.usage, windows.monthly = flavor+".win", usage.plus("0.02"), monthly.plus("11.50")
	windows.english, windows.chinese = flavor+" Windows", flavor+" Windows"

	return []offer{linux, windows}
}

func disk(spec, english, chinese string, usage, monthly Amount) offer {
	return offer{
		service: "hws.service.type.ebs", resourceType: "hws.resource.type.volume", spec: spec, sizeMeasure: measureGB,
		english: english, chinese: chinese,
		factor: usageDuration, measure: measureHour, usage: usage, monthly: monthly,
	}
}

func address(spec, english, chinese string, usage, monthly Amount) offer {
	return offer{
		service: "hws.service.type.vpc", resourceType: "hws.resource.type.ip", spec: spec, english: english, chinese: chinese,
		factor: usageDuration, measure: measureHour, usage: usage, monthly: monthly,
	}
}

func bandwidth(spec, english, chinese string, usage, monthly Amount) offer {
	return offer{
		service: "hws.service.type.vpc", resourceType: typeBandwidth, spec: spec, sizeMeasure: measureMbps,
		english: english, chinese: chinese,
		factor: usageDuration, measure: measureHour, usage: usage, monthly: monthly,
	}
}

// traffic is bandwidth that is paid by what flows out of it.
func traffic(spec, english, chinese string, usage Amount) offer {
	return offer{
		service: "hws.service.type.vpc", resourceType: typeBandwidth, spec: spec, english: english, chinese: chinese,
		factor: usageTraffic, measure: measureTrafficGB, usage: usage,
	}
}

// instance is what database and cache services sell.
func instance(service, spec, english, chinese string, usage, monthly Amount) offer {
	return offer{
		service: service, resourceType: typeInstance, spec: spec, english: english, chinese: chinese,
		factor: usageDuration, measure: measureHour, usage: usage, monthly: monthly,
	}
}

// specOf is the specification of what is not described any further.
func specOf(service, resourceType string) string {
	switch {
	case service == "hws.service.type.ebs":
		return "GPSSD"
	case resourceType == typeBandwidth:
		return "19_bgp"
	case service == "hws.service.type.vpc":
		return "5_bgp"
	}
	for i := range priceList {
		if o := &priceList[i]; o.service == service && o.resourceType == typeInstance {
			return o.spec
		}
	}

	return "s6.large.2.linux"
}

// region is where products are sold, and what they cost there in percent.
type region struct {
	english, chinese string
	percent          int64
}

var priceRegions = map[string]region{
	"cn-north-4":     {"CN North-Beijing4", "华北-北京四", 100},
	"cn-east-3":      {"CN East-Shanghai1", "华东-上海一", 100},
	"cn-south-1":     {"CN South-Guangzhou", "华南-广州", 105},
	"ap-southeast-1": {"CN-Hong Kong", "中国-香港", 110},
	"ap-southeast-3": {"AP-Singapore", "亚太-新加坡", 100},
	"af-south-1":     {"AF-Johannesburg", "非洲-约翰内斯堡", 120},
	"eu-west-101":    {"EU-Dublin", "欧洲-都柏林", 115},
}

// currencyPercent is what a dollar of the price list costs.
var currencyPercent = map[string]int64{"USD": 100, "EUR": 92, "CNY": 700}

// highestPrice is the most that a rating answers.
var highestPrice = big.NewRat(1_000_000_000_000, 1)

// wanted is a product that a rating asks for.
type wanted struct {
	name                        string // of the parameter, for refusals
	id                          string
	service, resourceType, spec string
	region, zone                string
	size, sizeMeasure, number   int64
	fields                      map[string]any
}

// wantedProducts reads the products of a rating, whose ids must differ.
func (c *call) wantedProducts() ([]wanted, error) {
	items, _ := c.values["product_infos"].([]any)
	if len(items) == 0 {
		return nil, badParameter("product_infos", "must not be empty")
	}
	seen := map[string]bool{}
	all := make([]wanted, 0, len(items))
	for i, item := range items {
		fields, _ := item.(map[string]any)
		text := func(name string) string {
			value, _ := fields[name].(string)

			return value
		}
		number := func(name string) int64 {
			value, _ := fields[name].(int64)

			return value
		}
		w := wanted{
			name: fmt.Sprintf("product_infos[%d]", i), id: text("id"), service: text("cloud_service_type"),
			resourceType: text("resource_type"), spec: text("resource_spec"), region: text("region"),
			zone: text("available_zone"), size: number("resource_size"), sizeMeasure: number("size_measure_id"),
			number: number("subscription_num"), fields: fields,
		}
		if seen[w.id] {
			return nil, badParameter(w.name+".id", "the same as that of another product")
		}
		seen[w.id] = true
		all = append(all, w)
	}

	return all, nil
}

// find is the entry of a product in the price list; all of its parts have to
// match exactly. The refusal says no more than the API's.
func (p *wanted) find(site string) (int, error) {
	i := slices.IndexFunc(priceList, func(o offer) bool {
		return o.service == p.service && o.resourceType == p.resourceType && o.spec == p.spec && (!o.installments || site == SiteChina)
	})
	_, sold := priceRegions[p.region]
	letter, inRegion := strings.CutPrefix(strings.ToLower(p.zone), p.region)
	if i < 0 || !sold || p.zone != "" && (!inRegion || len(letter) != 1) {
		return 0, rejected("CBC.99006006")
	}
	measure := int64(priceList[i].sizeMeasure)
	switch {
	case measure == 0:
	case p.size == 0:
		return 0, badParameter(p.name+".resource_size", "required for a linear product")
	case p.sizeMeasure != measure:
		return 0, badParameter(p.name+".size_measure_id", "want %d for this product", measure)
	}

	return i, nil
}

// scale turns a price of the list into that of all the units that are wanted,
// in the currency of the site.
func (p *wanted) scale(price Amount, o *offer, currency string) *big.Rat {
	total := price.rat()
	total.Mul(total, big.NewRat(priceRegions[p.region].percent, 100))
	total.Mul(total, big.NewRat(currencyPercent[currency], 100))
	total.Mul(total, big.NewRat(p.number, 1))
	if o.sizeMeasure != 0 {
		total.Mul(total, big.NewRat(p.size, 1))
	}

	return total
}

// rounded rounds half up to a number of decimals, unless it is too much.
func rounded(rat *big.Rat, decimals int) (Amount, error) {
	if rat.Cmp(highestPrice) > 0 {
		return "", rejected("CBC.99006055")
	}
	exact, ok := new(big.Rat).SetString(rat.FloatString(decimals))
	if !ok {
		return "", refuse(http.StatusInternalServerError, "CBC.0999", messages["CBC.0999"])
	}

	return amountOf(exact), nil
}

func listedProductID(place int) string { return fmt.Sprintf("00301-%d-0--0", 110001+place) }

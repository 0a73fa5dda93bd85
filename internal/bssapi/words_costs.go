// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

// CostGranularities are the words for the periods of costs.
var CostGranularities = Words[CostGranularity]{CostByDay: "day", CostByMonth: "month"}

// CostTypes are the words for when a charge becomes a cost.
var CostTypes = Words[CostType]{CostOriginal: "original", CostAmortized: "amortized"}

// CostAmountTypes are the words for what of a charge counts.
var CostAmountTypes = Words[CostAmountType]{CostPayable: "payable", CostPaid: "paid"}

// CostDimensions are the words for what costs are divided by.
var CostDimensions = Words[CostDimension]{
	CostServiceType:       "service_type",
	CostResourceType:      "resource_type",
	CostAccount:           "account",
	CostRegion:            "region",
	CostAvailabilityZone:  "availability_zone",
	CostEnterpriseProject: "enterprise_project",
	CostSpec:              "spec",
	CostChargeMode:        "charge_mode",
	CostUsageType:         "usage_type",
	CostBillType:          "bill_type",
	CostOperatingEntity:   "operating_entity",
	CostPayerAccount:      "payer_account",
	CostResource:          "resource",
}

// CostCenterPage is the vendor's page on how to enable Cost Center.
const CostCenterPage = "https://support.huaweicloud.com/usermanual-cost/costcenter_000004.html"

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

// MeasureTypes are the words for what a unit measures. Units of a base of 1000
// have types of their own.
var MeasureTypes = Words[MeasureType]{
	1:   "currency",
	2:   "duration",
	3:   "traffic",
	4:   "quantity",
	6:   "length",
	7:   "capacity",
	9:   "row_count",
	10:  "period",
	11:  "frequency",
	12:  "count",
	15:  "capacity_times_duration",
	16:  "bandwidth_rate",
	17:  "capacity_duration",
	18:  "query_rate",
	19:  "bandwidth_rate_base_1000",
	20:  "performance_test_usage",
	21:  "area",
	22:  "video",
	23:  "throughput",
	24:  "resolution",
	25:  "test_type",
	26:  "package_deduction_unit",
	27:  "cores_times_duration",
	28:  "memory_times_duration",
	29:  "iops_times_duration",
	30:  "throughput_times_duration",
	31:  "count_per_duration",
	40:  "traffic_base_1000",
	41:  "thousand_tokens",
	82:  "frame",
	98:  "cached_bandwidth_times_duration",
	104: "tokens",
	108: "quantity_times_duration",
}

// SpecChargeModes are the charge modes that specifications are listed for.
var SpecChargeModes = ChargeModes.Only(ChargeModePeriod, ChargeModeOnDemand)

// PackageStatuses are the words for the states of a resource package.
var PackageStatuses = Words[PackageStatus]{
	PackageStatusNotEffective: "not_effective",
	PackageStatusInEffect:     "in_effect",
	PackageStatusUsedUp:       "used_up",
	PackageStatusExpired:      "expired",
	PackageStatusUnsubscribed: "unsubscribed",
}

// PackageScopes are the words for the enterprise projects that a package is for.
var PackageScopes = Words[PackageScope]{0: "all_enterprise_projects", 1: "one_enterprise_project"}

// PackageSources are the words for where a package came from.
var PackageSources = Words[PackageSource]{0: "order", 1: "devcloud_gift"}

// PackageBundleTypes are the words for what a package is made of.
var PackageBundleTypes = Words[string]{"ATOMIC_PKG": "single", "BUNDLE_PKG": "combined"}

// PackageReuseModes are the words for whether a quota is filled up again.
var PackageReuseModes = Words[PackageReuseMode]{1: "resettable", 2: "not_resettable"}

// PackageReuseCycles are the words for after how long it is filled up.
var PackageReuseCycles = Words[PackageReuseCycle]{1: "hour", 2: "day", 3: "week", 4: "month", 5: "year"}

// PackageCycleTypes are the words for when these cycles begin.
var PackageCycleTypes = Words[PackageCycleType]{1: "calendar", 2: "order_date"}

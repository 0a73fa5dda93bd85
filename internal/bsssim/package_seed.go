// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"math/big"
	"time"
)

// demoAddress is the pay-per-use address of the demo customer.
const demoAddress = "b5500000-51a0-4000-8000-0000000000f1"

// demoPackages are packages in every state, and an address whose use they cover
// whole, so that it costs nothing.
func (w *world) demoPackages() error {
	now := w.clock.now().Truncate(24 * time.Hour)
	ago := func(months, days int) instantOrDelay {
		return instantOrDelay(addMonths(now, -months).AddDate(0, 0, -days).Format(time.RFC3339))
	}
	used := Resource{
		ResourceID: demoAddress, Name: "office-ip", ServiceTypeCode: "hws.service.type.vpc", Status: resourceInUse,
		ProjectID: projectID, ProductID: "00301-110000-0--0", SpecDesc: "office-ip", EffectiveTime: now.AddDate(0, 0, -12),
		EnterpriseProject: &EnterpriseProject{ID: "0", Name: "default"},
	}
	used.complete(w)
	w.use(&Usage{Resource: used, HourlyPrice: "0.0050", Settlement: settleDay, Since: used.EffectiveTime})
	packages := []packageSpec{
		{ // PK2611220000001: filled up each month
			ProductName: "EIP 720 hours a month", EffectiveTime: ago(3, 0), ExpireTime: ago(-9, 0), Cycle: cycleMonth, RegionCode: "ap-southeast-3",
			FreeResources: []PackageResource{{Amount: "720.00"}, {Amount: "720.00", ResourceType: typeBandwidth}},
		},
		{ // PK2611220000002: used up
			ProductName: "EIP 100 hours", EffectiveTime: ago(2, 0), ExpireTime: ago(-1, 0), Amount: "100.00",
		},
		{ // PK2611220000003: a gift
			ProductName: "OBS 40 GB", EffectiveTime: ago(1, 0), ExpireTime: ago(-5, 0), ServiceTypeCode: "hws.service.type.obs", Gift: true,
			FreeResources: []PackageResource{{Amount: "40.00", ResourceType: typeStorage, UsageType: usageStorage, MeasureID: measureGB}},
		},
		{ // PK2611220000004: not yet in effect
			ProductName: "ECS 500 hours", EffectiveTime: ago(0, -10), ExpireTime: ago(-12, -10), ServiceTypeCode: "hws.service.type.ec2",
			Amount: "500.00",
		},
		{ // PK2611220000005: expired
			ProductName:     "ECS 500 hours",
			EffectiveTime:   ago(14, 0),
			ExpireTime:      ago(2, 0),
			ServiceTypeCode: "hws.service.type.ec2",
			Amount:          "500.00",
		},
		{ // PK2611220000006: to be unsubscribed
			ProductName:     "RDS 200 hours",
			EffectiveTime:   ago(1, 0),
			ExpireTime:      ago(-11, 0),
			ServiceTypeCode: "hws.service.type.rds",
			Amount:          "200.00",
			ProjectID:       "0",
		},
		{ // PK2611220000007: expired too long ago to be listed
			ProductName:     "ECS 500 hours",
			EffectiveTime:   ago(31, 0),
			ExpireTime:      ago(19, 0),
			ServiceTypeCode: "hws.service.type.ec2",
			Amount:          "500.00",
		},
	}
	for i, spec := range packages {
		p, err := w.bought(spec)
		if err != nil {
			return fmt.Errorf("package %d: %w", i+1, err)
		}
		if p.ServiceTypeCode == "hws.service.type.rds" {
			p.UnsubscribeTime = now.AddDate(0, 0, -3)
		}
	}

	return nil
}

// generatePackages invents packages of servers and addresses, in three regions,
// and one thing in use for every two of them, thirty days long. What they cover,
// and which of them are used up, follows from that.
func (w *world) generatePackages(count int, now time.Time) {
	today := now.Truncate(24 * time.Hour)
	for i := range count {
		service := [2]string{"hws.service.type.ec2", "hws.service.type.vpc"}[i%2]
		region := regions[siteKey(w.Site)][i/2%3]
		p := &Package{
			OrderInstanceID: fmt.Sprintf("PKG%07d", i+1), OrderID: fmt.Sprintf("CSG%010d", i+1), ProductID: fmt.Sprintf("00303-%d-0--0", 1+i%6),
			ProductName: "generated", ServiceTypeCode: service, RegionCode: region,
			EffectiveTime: today.AddDate(0, -1-i%10, 0), ExpireTime: today.AddDate(0, 0, 1+i%330),
			FreeResources: []PackageResource{{
				ID: fmt.Sprintf("FRG%07d", i+1), ResourceType: resourceType(service), UsageType: usageDuration, MeasureID: measureOfUsage,
				Amount: amountOf(big.NewRat(int64(100+i*37%900), 1)),
			}},
		}
		switch i % 10 {
		case 3:
			p.Cycle, p.CycleType = 1+i/10%cycleYear, 1+i/50%2
		case 6:
			p.OrderID, p.Gift = "", true
		case 7:
			p.EffectiveTime, p.ExpireTime = today.AddDate(0, 0, 1+i%30), today.AddDate(1, 0, 0)
		case 8:
			p.ExpireTime = today.AddDate(0, 0, -1-i%20)
		case 9:
			p.UnsubscribeTime = today.AddDate(0, 0, -1-i%20)
		}
		w.Packages = append(w.Packages, p)
		if i%4 > 1 {
			continue
		}
		used := Resource{
			ResourceID: fmt.Sprintf("metered-%06d", i+1), Name: fmt.Sprintf("metered-%06d", i+1), ServiceTypeCode: service, RegionCode: region,
			Status: resourceInUse, ProjectID: projectID, ProductID: "00301-110000-0--0", SpecDesc: "generated",
			EffectiveTime: today.AddDate(0, 0, -30),
		}
		used.complete(w)
		w.use(&Usage{Resource: used, HourlyPrice: "0.0610", Settlement: settleDay, Since: used.EffectiveTime})
	}
	w.books, w.dirty = nil, true
}

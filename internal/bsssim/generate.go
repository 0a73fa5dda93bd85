// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"math/big"
	"time"
)

// generatedProject is the enterprise project of every fourth generated resource.
const generatedProject = "6e1c0000-51a0-4000-8000-000000000001"

// generatedSize is that of every generated disk, in GB.
const generatedSize = "100"

// generatedPolicies repeat: six of ten end in the grace period, three are
// renewed automatically, one becomes pay-per-use.
var generatedPolicies = [10]int{
	policyGrace,
	policyAutoRenew,
	policyGrace,
	policyGrace,
	policyAutoRenew,
	policyGrace,
	policyPayPerUse,
	policyGrace,
	policyAutoRenew,
	policyGrace,
}

// regions are where generated resources are, by the key of the site.
var regions = map[string][3]string{
	"cn":   {"cn-north-4", "cn-east-3", "cn-south-1"},
	"intl": {"ap-southeast-3", "ap-southeast-1", "af-south-1"},
}

// generate invents objects that are the same for the same numbers and time:
// primary resources in use with attached ones, and orders spread over the past
// year, nine of ten completed and the rest canceled.
func (w *world) generate(counts Generate) {
	now := w.clock.now().Truncate(time.Second)
	for i := range counts.Resources {
		w.generateResource(i, counts.Attached, now)
	}
	w.generatePackages(counts.Packages, now)
	for i := range counts.Orders {
		created := now.Add(-time.Duration(i%8640)*time.Hour - time.Duration(i/8640)*time.Second)
		o := w.generatedOrder(i, w.CustomerID, "demo-user", created)
		if i%10 == 9 {
			o.Status, o.PaymentTime, o.Provisioned = orderCanceled, time.Time{}, false
			o.Lines[0].EffectiveTime = time.Time{}
		}
		w.addOrder(o)
	}
	w.generateMembers(counts, now)
	if counts.BillLines > 0 {
		w.Generated = &GeneratedBills{Lines: counts.BillLines, Until: now}
		w.generated = w.Generated.lines(w.CustomerID, w.Site, w.generatedMembers())
	}
}

// generatedOrder is a completed order of a customer, whose amount and service follow
// from an index.
func (w *world) generatedOrder(i int, customer, user string, created time.Time) *Order {
	amount := amountOf(big.NewRat(int64(1+(i*7919)%1000000), 100))
	o := &Order{
		OrderID: orderID(w.next("order")), CustomerID: customer, UserName: user,
		ServiceTypeCode: serviceTypes[i%6].code, SourceType: 1, Status: orderCompleted, OrderType: orderNew,
		AmountAfterDiscount: amount, OfficialAmount: amount, Currency: w.currency(), CreateTime: created,
		PaymentTime: created.Add(time.Minute), Deadline: created.Add(7 * 24 * time.Hour), Provisioned: true,
	}
	o.Lines = []OrderLine{{
		ID: o.OrderID + "-000001", ServiceTypeCode: o.ServiceTypeCode, ProductID: "00301-110000-0--0",
		ProductSpecDesc: "generated", PeriodType: 2, PeriodNum: 1, SubscriptionNum: 1,
		EffectiveTime: o.PaymentTime, AmountAfterDiscount: amount, OfficialAmount: amount,
	}}

	return o
}

// generateResource makes the primary resource with an index from 0, from which
// its id and all else follow, and its attached disks.
func (w *world) generateResource(i, disks int, now time.Time) {
	service := serviceTypes[i%6].code
	expire := now.Truncate(24*time.Hour).AddDate(0, 0, 1+i%360).Add(16*time.Hour - time.Second)
	project := &EnterpriseProject{ID: "0", Name: "default"}
	if i%4 == 3 {
		project = &EnterpriseProject{ID: generatedProject, Name: "production"}
	}
	primary := Resource{
		ID: recordID(w.next("record")), ResourceID: fmt.Sprintf("res-%06d", i+1), Name: fmt.Sprintf("generated-%06d", i+1),
		RegionCode: regions[siteKey(w.Site)][i%3], ServiceTypeCode: service, ResourceTypeCode: resourceType(service),
		SpecCode: specOf(service, resourceType(service)), ProjectID: projectID, ProductID: "00301-110000-0--0", Status: resourceInUse,
		EffectiveTime: expire.AddDate(-1, 0, 0), ExpireTime: expire, ExpirePolicy: generatedPolicies[i%10],
		SpecDesc: "generated", UpdateTime: expire.AddDate(-1, 0, 0), EnterpriseProject: project, PeriodType: periodMonth,
	}
	if primary.ExpirePolicy == policyAutoRenew {
		primary.AutoRenew = AutoRenewal{On: true, Tried: now}
	}
	if service == "hws.service.type.ebs" {
		primary.SpecSize = generatedSize
	}
	w.addResource(&primary)
	for n := range disks {
		disk := primary
		disk.ID, disk.ParentID = recordID(w.next("record")), primary.ResourceID
		disk.ResourceID, disk.Name = fmt.Sprintf("%s-%d", primary.ResourceID, n+1), fmt.Sprintf("%s-disk-%d", primary.Name, n+1)
		disk.ServiceTypeCode, disk.ResourceTypeCode = "hws.service.type.ebs", resourceType("hws.service.type.ebs")
		disk.SpecCode, disk.SpecSize = specOf(disk.ServiceTypeCode, disk.ResourceTypeCode), generatedSize
		w.addResource(&disk)
	}
}

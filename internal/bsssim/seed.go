// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"time"
)

// seedDemo makes the demo customer that the package comment describes. The ids
// depend on the order in which things are made here.
func (w *world) seedDemo() error {
	w.Balances = []*Balance{
		{AccountID: "BA0000000001", Type: accountBalance, Amount: "1000.00"},
		{AccountID: "BA0000000002", Type: accountCredit, Amount: "500.00", CreditLimit: "500.00"},
	}
	w.ExpenditureQuota = &ExpenditureQuota{Granted: "2000.00", Used: "500.00"}
	w.bookBalance(accountBalance, tradeTopUp, "1000.00", nil)
	w.bookBalance(accountCredit, tradeAdjust, "500.00", nil)
	w.demoResources()
	year := 3
	orders := []orderSpec{
		{ // CS2611220000001: the order to pay
			Amount: "136.80", OfficialAmount: "136.80", ServiceTypeCode: "hws.service.type.ec2",
			Lines: lineSpecs{
				{Amount: "120.30", ProductSpecDesc: "General Computing|s6.large.2|2vCPUs|4GB|Linux"},
				{Amount: "16.50", ServiceTypeCode: "hws.service.type.ebs", ProductSpecDesc: "General Purpose SSD|100GB"},
			},
		},
		{ // CS2611220000002: to be paid at the console
			Amount: "58.20", ServiceTypeCode: "hws.service.type.rds",
			Lines: lineSpecs{{ProductSpecDesc: "MySQL|rds.mysql.n1.large.2|2vCPUs|4GB"}},
		},
		{ // CS2611220000003: a renewal
			OrderType: orderRenewal, Amount: "410.40", PeriodNum: 3, ResourceIDs: []string{demoResource(1)},
		},
		{ // CS2611220000004: completed
			Amount: "24.90", Status: orderCompleted, CreateTime: "-240h", ServiceTypeCode: "hws.service.type.dcs",
		},
		{ // CS2611220000005: canceled
			Amount: "99.00", Status: orderCanceled, CreateTime: "-480h",
		},
		{ // CS2611220000006: pending approval
			Amount: "1200.00", Status: orderApproval, PeriodType: &year,
		},
		{ // CS2611220000007: processing, and it stays there
			Amount: "75.00", Status: orderProcessing, CreateTime: "-1h",
		},
		{ // CS2611220000008: combined of ...09 and ...10
			SubOrders: []Amount{"40.00", "60.00"},
		},
		{ // CS2611220000011: the master account has to pay
			Amount: "320.00", AgentPay: true,
		},
		{ // CS2611220000012: with discounts
			Amount: "180.00", OfficialAmount: "200.00",
			Discounts: []discountSpec{
				{Type: discountCommercial, Amount: "20.00", Ratio: "0.90"},
				{Type: discountPromotion, Amount: "30.00", Ratio: "0.85"},
				{Type: discountPartner, Amount: "10.00", Ratio: "0.95"},
			},
		},
	}
	for i, spec := range orders {
		if _, err := w.place(spec); err != nil {
			return fmt.Errorf("order %d: %w", i+1, err)
		}
	}
	if err := w.demoPackages(); err != nil {
		return err
	}
	coupons := []couponSpec{
		{Type: couponCash, FaceValue: "10.00", Name: "Welcome"},
		{Type: couponCash, FaceValue: "50.00", Version: 2, Name: "Migration", UseLimits: []UseLimit{
			{Key: "simultaneousUseWithContractDiscount", Value1: "0"},
		}},
		{Type: couponDiscount, FaceValue: "0.90", Name: "Ten percent off"},
	}
	for i, spec := range coupons {
		if _, err := w.issue(spec); err != nil {
			return fmt.Errorf("coupon %d: %w", i+1, err)
		}
	}
	used := Amount("0.00")
	cards := []cardSpec{
		{FaceValue: "200.00", Name: "Annual card", Expire: "480h"},
		{FaceValue: "100.00", Name: "Trial card", Balance: &used},
	}
	for i, spec := range cards {
		if _, err := w.issueCard(spec); err != nil {
			return fmt.Errorf("card %d: %w", i+1, err)
		}
	}
	w.Invoices = []*Invoice{{ApplyTime: w.clock.now().Truncate(time.Second), Fields: map[string]any{
		"requestId": "IR0000000000", "titleType": 1, "channelType": 0, "invoiceType": 1, "invoiceTitle": "Demo Ltd", "invoiceAmount": 1000,
		"invoiceMethod": invoiceOfPayment, "invoiceClass": 1, "invoiceState": invoicePending, "invoiceMode": "0", "requestMode": "0",
		"tradeType": 7, "taxList": []any{map[string]any{
			"taxClass": "VAT", "subTaxClass": "VAT", "taxRate": "0.00", "taxAmount": 0, "taxVisibleFlag": "Y", "taxAccountingFlag": "Y",
		}},
	}}}
	year, month, _ := w.clock.now().In(utc8).Date()
	trial := time.Date(year, month-1, 1, 0, 0, 0, 0, utc8).UTC()
	since := addMonths(w.clock.now().Truncate(24*time.Hour), -2)
	w.Bandwidths = []*Bandwidth{
		{
			ResourceID: "cdn.example.com", ServiceType: "hws.service.type.cdn", ResourceType: "hws.resource.type.cdn", UsageType: "95Peak",
			Mbit: "400", Since: since,
		},
		{
			ResourceID: "office-line", ServiceType: "hws.service.type.vpc", ResourceType: typeBandwidth, UsageType: enhanced95,
			Mbit: "100", Guaranteed: "20", Since: since,
		},
		{
			ResourceID: "trial-line", ServiceType: "hws.service.type.vpc", ResourceType: typeBandwidth, UsageType: "bandwidth95peak",
			Mbit: "10", Since: trial, Until: trial.Add(2 * time.Hour),
		},
	}
	if err := w.demoEnterprise(); err != nil {
		return fmt.Errorf("enterprise: %w", err)
	}

	return nil
}

// demoResource is the id of a resource of the demo customer, from 1.
func demoResource(n int) string {
	return fmt.Sprintf("%08x-51a0-4000-8000-%012x", int64(0xb5500000), n)
}

// demoResources are twelve: servers with their disks, a database, an address
// with its bandwidth, and one of each status.
func (w *world) demoResources() {
	now := w.clock.now().Truncate(24 * time.Hour)
	list := []struct {
		name, service string
		parent        int
		status        int
		days          int
		policy        int
		size          Amount
		price         Amount
	}{
		{"web-1", "hws.service.type.ec2", 0, resourceInUse, 20, 0, "", "120.30"},
		{"web-1-system", "hws.service.type.ebs", 1, resourceInUse, 20, 0, "40", "4.70"},
		{"web-1-data", "hws.service.type.ebs", 1, resourceInUse, 20, 0, "100", "11.80"},
		{"web-2", "hws.service.type.ec2", 0, resourceInUse, 45, 3, "", "120.30"},
		{"web-2-system", "hws.service.type.ebs", 4, resourceInUse, 45, 3, "40", "4.70"},
		{"orders-db", "hws.service.type.rds", 0, resourceInUse, 5, 0, "", "58.20"},
		{"cache", "hws.service.type.dcs", 0, resourceInUse, 90, 1, "", "24.90"},
		{"gateway-ip", "hws.service.type.vpc", 0, resourceInUse, 200, 3, "", "3.50"},
		{"gateway-bandwidth", "hws.service.type.vpc", 8, resourceInUse, 200, 3, "5", "14.60"},
		{"old-server", "hws.service.type.ec2", 0, resourceExpired, -2, 0, "", "120.30"},
		{"suspended-server", "hws.service.type.ec2", 0, resourceFrozen, -20, 0, "", "120.30"},
		{"closed-server", "hws.service.type.ec2", 0, resourceClosed, -60, 0, "", "120.30"},
	}
	for _, d := range list {
		expire := now.AddDate(0, 0, d.days).Add(16*time.Hour - time.Second)
		r := &Resource{
			ID: recordID(w.next("record")), ResourceID: w.newResourceID(), Name: d.name,
			RegionCode: "ap-southeast-3", ServiceTypeCode: d.service, ResourceTypeCode: resourceType(d.service),
			ProjectID: projectID, ProductID: "00301-110000-0--0", Status: d.status,
			EffectiveTime: expire.AddDate(0, -3, 0), ExpireTime: expire, ExpirePolicy: d.policy,
			SpecDesc: d.name, SpecSize: d.size, UpdateTime: expire.AddDate(0, -3, 0),
			PeriodType: periodMonth, MonthlyPrice: d.price,
			EnterpriseProject: &EnterpriseProject{ID: "0", Name: "default"},
		}
		if d.name == "gateway-bandwidth" {
			r.ResourceTypeCode = typeBandwidth
		}
		r.SpecCode = specOf(r.ServiceTypeCode, r.ResourceTypeCode)
		if d.parent > 0 {
			r.ParentID = demoResource(d.parent)
		}
		w.addResource(r)
	}
}

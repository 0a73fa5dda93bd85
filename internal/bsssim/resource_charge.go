// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import "encoding/json"

// wireResourceCharge is what both bills of resources say of a line.
type wireResourceCharge struct {
	BillType            int         `json:"bill_type"`
	CustomerID          string      `json:"customer_id"`
	Region              string      `json:"region"`
	RegionName          string      `json:"region_name"`
	ServiceType         string      `json:"cloud_service_type"`
	ServiceTypeName     string      `json:"cloud_service_type_name"`
	ResourceTypeName    string      `json:"resource_type_name"`
	ResourceName        string      `json:"resource_name"`
	ResourceTag         string      `json:"resource_tag"`
	SpecDesc            string      `json:"product_spec_desc"`
	SKU                 string      `json:"sku_code"`
	TradeID             string      `json:"trade_id,omitempty"`
	ID                  string      `json:"id,omitempty"`
	ProjectID           *string     `json:"enterprise_project_id"`
	ProjectName         string      `json:"enterprise_project_name"`
	EffectiveTime       string      `json:"effective_time,omitempty"`
	ExpireTime          string      `json:"expire_time,omitempty"`
	ConsumeTime         string      `json:"consume_time,omitempty"`
	Official            json.Number `json:"official_amount"`
	Discount            json.Number `json:"discount_amount"`
	Cash                json.Number `json:"cash_amount"`
	Credit              json.Number `json:"credit_amount"`
	Coupon              json.Number `json:"coupon_amount"`
	Flexi               json.Number `json:"flexipurchase_coupon_amount"`
	Stored              json.Number `json:"stored_card_amount"`
	Bonus               json.Number `json:"bonus_amount"`
	Debt                json.Number `json:"debt_amount"`
	Adjustment          json.Number `json:"adjustment_amount"`
	MeasureID           int         `json:"measure_id"`
	SubServiceType      string      `json:"sub_service_type_code"`
	SubServiceTypeName  string      `json:"sub_service_type_name"`
	SubResourceType     string      `json:"sub_resource_type_code"`
	SubResourceTypeName string      `json:"sub_resource_type_name"`
	SubResourceID       string      `json:"sub_resource_id"`
	SubResourceName     string      `json:"sub_resource_name"`
	AccountName         string      `json:"account_name"`
	PeriodNum           json.Number `json:"period_num"`
}

// wireResourceCharge is a line without what only single lines tell.
func (w *world) wireResourceCharge(l *billLine, language string) wireResourceCharge {
	m := &l.moneys

	return wireResourceCharge{
		BillType:         l.kind,
		CustomerID:       l.customer,
		Region:           l.region,
		RegionName:       w.regionName(l.region, language),
		ServiceType:      l.service,
		ServiceTypeName:  w.serviceName(l.service, language),
		ResourceTypeName: w.resourceTypeName(l.resourceType, language),
		ResourceName:     l.name,
		ResourceTag:      w.resourceTag(l),
		SpecDesc:         l.specDesc,
		SKU:              l.spec,
		ProjectID:        w.projectID(l),
		ProjectName:      l.projectName,
		Official:         m[moneyOfficial].number(),
		Discount:         m[moneyDiscount].number(),
		Cash:             m[moneyCash].number(),
		Credit:           m[moneyCredit].number(),
		Coupon:           m[moneyCoupon].number(),
		Flexi:            m[moneyFlexi].number(),
		Stored:           m[moneyStored].number(),
		Bonus:            m[moneyBonus].number(),
		Debt:             m[moneyDebt].number(),
		Adjustment:       m[moneyAdjustment].number(),
		MeasureID:        1,
		AccountName:      l.account,
		PeriodNum:        json.Number(itoa(l.number)),
	}
}

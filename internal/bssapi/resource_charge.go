// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

// ResourceCharge is what the rows of both bills of resources say.
type ResourceCharge struct {
	BillDate             string   `json:"bill_date"`
	BillType             BillType `json:"bill_type"`
	CustomerID           string   `json:"customer_id"`
	AccountName          string   `json:"account_name"`
	Region               string   `json:"region"`
	RegionName           string   `json:"region_name"`
	CloudServiceType     string   `json:"cloud_service_type"`
	CloudServiceTypeName string   `json:"cloud_service_type_name"`
	ResourceTypeName     string   `json:"resource_type_name"`
	EffectiveTime        string   `json:"effective_time"`
	ExpireTime           string   `json:"expire_time"`
	// ConsumeTime is with StatisticTypeDetail only.
	ConsumeTime     string `json:"consume_time"`
	ResourceName    string `json:"resource_name"`
	ResourceTag     string `json:"resource_tag"`
	ProductSpecDesc string `json:"product_spec_desc"`
	SkuCode         string `json:"sku_code"`
	// TradeID is the id of the order, or of the charge.
	TradeID string `json:"trade_id"`
	ID      string `json:"id"`
	// EnterpriseProjectID is "0" for the default project and "null" for none.
	EnterpriseProjectID       string  `json:"enterprise_project_id"`
	EnterpriseProjectName     string  `json:"enterprise_project_name"`
	PeriodNum                 Decimal `json:"period_num"`
	OfficialAmount            Decimal `json:"official_amount"`
	DiscountAmount            Decimal `json:"discount_amount"`
	CashAmount                Decimal `json:"cash_amount"`
	CreditAmount              Decimal `json:"credit_amount"`
	CouponAmount              Decimal `json:"coupon_amount"`
	FlexipurchaseCouponAmount Decimal `json:"flexipurchase_coupon_amount"`
	StoredCardAmount          Decimal `json:"stored_card_amount"`
	BonusAmount               Decimal `json:"bonus_amount"`
	DebtAmount                Decimal `json:"debt_amount"`
	AdjustmentAmount          Decimal `json:"adjustment_amount"`
	MeasureID                 int     `json:"measure_id"`
	SubServiceTypeCode        string  `json:"sub_service_type_code"`
	SubServiceTypeName        string  `json:"sub_service_type_name"`
	SubResourceTypeCode       string  `json:"sub_resource_type_code"`
	SubResourceTypeName       string  `json:"sub_resource_type_name"`
	SubResourceID             string  `json:"sub_resource_id"`
	SubResourceName           string  `json:"sub_resource_name"`
}

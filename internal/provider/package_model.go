// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// packageArguments say which packages are meant.
type packageArguments struct {
	Status              types.String `tfsdk:"status"`
	ServiceTypeCodes    types.Set    `tfsdk:"service_type_codes"`
	RegionCode          types.String `tfsdk:"region_code"`
	OrderID             types.String `tfsdk:"order_id"`
	ProductID           types.String `tfsdk:"product_id"`
	ProductName         types.String `tfsdk:"product_name"`
	EnterpriseProjectID types.String `tfsdk:"enterprise_project_id"`
}

// maxProductName is the longest name of a product that the API takes.
const maxProductName = 256

func packageArgumentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"status": wordArgument("Only packages in this status: %s.", bssapi.PackageStatuses),
		"service_type_codes": schema.SetAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: "Only packages of these services, such as `hws.service.type.vpc`.",
			Validators: []validator.Set{
				setvalidator.SizeAtLeast(1), setvalidator.NoNullValues(), setvalidator.ValueStringsAre(trimmed{maxNameLength}),
			},
		},
		"region_code": codeArgument("Only packages of this region, such as `ap-southeast-3`."),
		"order_id":    idArgument("Only packages that this order bought."),
		"product_id":  idArgument("Only packages of this product."),
		"product_name": schema.StringAttribute{
			Optional: true, MarkdownDescription: "Only packages of this name, as the API compares it.",
			Validators: []validator.String{trimmed{maxProductName}},
		},
		"enterprise_project_id": idArgument("Only packages of this enterprise project; `0` is the default one."),
	}
}

// packages reads the packages that are meant.
func (a packageArguments) packages(ctx context.Context, client *bssapi.Client) ([]bssapi.Package, diag.Diagnostics) {
	request := bssapi.ListPackagesRequest{
		RegionCode: a.RegionCode.ValueString(), OrderID: a.OrderID.ValueString(), ProductID: a.ProductID.ValueString(),
		ProductName: a.ProductName.ValueString(), EnterpriseProjectID: a.EnterpriseProjectID.ValueString(),
	}

	// The validator knows the words; the first code is 0.
	if status, known := bssapi.PackageStatuses.Code(a.Status.ValueString()); known {
		request.Status = &status
	}

	diags := a.ServiceTypeCodes.ElementsAs(ctx, &request.ServiceTypeCodeList, false)
	if diags.HasError() {
		return nil, diags
	}

	packages, err := allOf(client.ListPackages(ctx, request))
	if err != nil {
		return nil, diag.Diagnostics{apiDiagnostic("list the resource packages", err)}
	}

	return packages, nil
}

// packageAmounts are what a package has of one type of usage.
type packageAmounts struct {
	OriginalAmount  *big.Float `tfsdk:"original_amount"`
	RemainingAmount *big.Float `tfsdk:"remaining_amount"`
	UsedAmount      *big.Float `tfsdk:"used_amount"`
	ShareUsed       *big.Float `tfsdk:"share_used"`
	MeasureID       *int64     `tfsdk:"measure_id"`
}

func packageAmountAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"original_amount":  computedNumber("Amount of the package; of one that is filled up again, the amount of a cycle."),
		"remaining_amount": computedNumber("What is left of it; of a package that is filled up again, in the current cycle."),
		"used_amount":      computedNumber("`original_amount` less `remaining_amount`."),
		"share_used": computedNumber("Share of `original_amount` that is used, from 0 to 1, cut to 6 decimals; 1 only if nothing is left. " +
			"Null without an amount."),
		"measure_id": computedInt("Id of the unit of the amounts, such as 4 for hours; `bss_measure_units` has its name."),
	}
}

func newPackageAmounts(original, remaining bssapi.Decimal, measureID int) packageAmounts {
	amounts := packageAmounts{
		OriginalAmount: numberPtr(original), RemainingAmount: numberPtr(remaining), MeasureID: countPtr(measureID),
	}

	if !original.IsNull() && !remaining.IsNull() {
		used := original.Sub(remaining)
		amounts.UsedAmount, amounts.ShareUsed = numberPtr(used), shareOf(used, original)
	}

	return amounts
}

// shareDecimals are those of a share.
const shareDecimals = 6

// shareOf is the share that a part is of a whole, cut to shareDecimals; null of
// nothing.
func shareOf(part, whole bssapi.Decimal) *big.Float {
	if whole.Sign() <= 0 {
		return nil
	}

	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(shareDecimals), nil)
	ratio := new(big.Rat).Mul(ratOf(part), new(big.Rat).SetInt(scale))
	ratio.Quo(ratio, ratOf(whole))

	cut := new(big.Int).Quo(ratio.Num(), ratio.Denom())

	share, err := bssapi.ParseDecimal(new(big.Rat).SetFrac(cut, scale).FloatString(shareDecimals))
	if err != nil {
		return nil
	}

	return numberPtr(share)
}

// ratOf is an amount as a fraction.
func ratOf(amount bssapi.Decimal) *big.Rat {
	rat, ok := new(big.Rat).SetString(amount.String())
	if !ok {
		return new(big.Rat)
	}

	return rat
}

// packageTerms are what every list says of a package.
type packageTerms struct {
	OrderInstanceID     *string `tfsdk:"order_instance_id"`
	OrderID             *string `tfsdk:"order_id"`
	ProductID           *string `tfsdk:"product_id"`
	ProductName         *string `tfsdk:"product_name"`
	EnterpriseProjectID *string `tfsdk:"enterprise_project_id"`
	EffectiveTime       *string `tfsdk:"effective_time"`
	ExpireTime          *string `tfsdk:"expire_time"`
	Status              *string `tfsdk:"status"`
	ServiceTypeCode     *string `tfsdk:"service_type_code"`
	ServiceTypeName     *string `tfsdk:"service_type_name"`
	RegionCode          *string `tfsdk:"region_code"`
	QuotaReuseMode      *string `tfsdk:"quota_reuse_mode"`
}

func packageTermAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"order_instance_id":     computedString("Id of the package."),
		"order_id":              computedString("Order that bought it; null for a gift."),
		"product_id":            computedString("Id of the product."),
		"product_name":          computedString("Name of the product."),
		"enterprise_project_id": computedString("Id of the enterprise project that it is for."),
		"effective_time":        computedString("From when it is in effect (UTC)."),
		"expire_time":           computedString("When it expires (UTC)."),
		"status":                computedString("Status of the package: " + wordsOf(bssapi.PackageStatuses) + "."),
		"service_type_code":     computedString("Code of the service."),
		"service_type_name":     computedString("Name of the service."),
		"region_code":           computedString("Code of the region where it can be used."),
		"quota_reuse_mode":      computedString("Whether it is filled up again: " + wordsOf(bssapi.PackageReuseModes) + "."),
	}
}

func newPackageTerms(found bssapi.Package) packageTerms {
	return packageTerms{
		OrderInstanceID: textPtr(found.OrderInstanceID), OrderID: textPtr(found.OrderID), ProductID: textPtr(found.ProductID),
		ProductName: textPtr(found.ProductName), EnterpriseProjectID: textPtr(found.EnterpriseProjectID),
		EffectiveTime: textPtr(found.EffectiveTime), ExpireTime: textPtr(found.ExpireTime),
		Status: optionalWordPtr(bssapi.PackageStatuses, found.Status), ServiceTypeCode: textPtr(found.ServiceTypeCode),
		ServiceTypeName: textPtr(found.ServiceTypeName), RegionCode: textPtr(found.RegionCode),
		QuotaReuseMode: wordPtr(bssapi.PackageReuseModes, found.QuotaReuseMode),
	}
}

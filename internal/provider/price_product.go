// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Codes of the price list that the kinds of products stand for.
const (
	serviceServer  = "hws.service.type.ec2"
	serviceVolume  = "hws.service.type.ebs"
	serviceNetwork = "hws.service.type.vpc"

	resourceTypeServer    = "hws.resource.type.vm"
	resourceTypeVolume    = "hws.resource.type.volume"
	resourceTypeAddress   = "hws.resource.type.ip"
	resourceTypeBandwidth = "hws.resource.type.bandwidth"

	measureMbit = 15
	measureGB   = 17
)

// operatingSystems are the words for how the code of a server ends.
var operatingSystems = bssapi.Words[string]{".linux": "linux", ".win": "windows"}

const maxProductSize = 214783647

// productModel is what products of every price have in common. Everything may
// be unknown while a configuration is validated.
type productModel struct {
	Region           types.String `tfsdk:"region"`
	AvailabilityZone types.String `tfsdk:"availability_zone"`
	Quantity         types.Int64  `tfsdk:"quantity"`
	ECS              types.Object `tfsdk:"ecs"`
	EVS              types.Object `tfsdk:"evs"`
	EIP              types.Object `tfsdk:"eip"`
	Bandwidth        types.Object `tfsdk:"bandwidth"`
	Codes            types.Object `tfsdk:"codes"`
}

type ecsModel struct {
	Flavor types.String `tfsdk:"flavor"`
	OS     types.String `tfsdk:"os"`
}

type evsModel struct {
	VolumeType types.String `tfsdk:"volume_type"`
	SizeGB     types.Int64  `tfsdk:"size_gb"`
}

type eipModel struct {
	Type types.String `tfsdk:"type"`
}

type bandwidthModel struct {
	Type     types.String `tfsdk:"type"`
	SizeMbit types.Int64  `tfsdk:"size_mbit"`
}

type codesModel struct {
	ServiceTypeCode  types.String `tfsdk:"service_type_code"`
	ResourceTypeCode types.String `tfsdk:"resource_type_code"`
	ResourceSpecCode types.String `tfsdk:"resource_spec_code"`
	Size             types.Int64  `tfsdk:"size"`
	SizeMeasureID    types.Int64  `tfsdk:"size_measure_id"`
}

// productAttributes are the arguments of a product, with those that its price
// alone takes.
func productAttributes(own map[string]schema.Attribute) map[string]schema.Attribute {
	return joined(map[string]schema.Attribute{
		"region":            codeArgument("Region of the product, such as `ap-southeast-3`. Default: `region` of the data source."),
		"availability_zone": codeArgument("Availability zone, for products whose price depends on it."),
		"quantity": schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: fmt.Sprintf("Number of the product, 1 to %d; prices are for all of them. Default: `1`.", bssapi.MaxSubscriptionNum),
			Validators:          []validator.Int64{int64validator.Between(1, bssapi.MaxSubscriptionNum)},
		},
		"ecs": kindOfProduct("A server (ECS), without its disks.", map[string]schema.Attribute{
			"flavor": requiredText("Flavor of the server, such as `s6.large.2`.", trimmed{maxCodeLength - len(".linux")}),
			"os":     requiredText("Operating system: "+listOf(operatingSystems.All())+".", oneOf(operatingSystems)),
		}),
		"evs": kindOfProduct("A disk (EVS).", map[string]schema.Attribute{
			"volume_type": requiredText("Type of the disk, such as `SAS`, `GPSSD`, `SSD` or `ESSD`.", trimmed{maxCodeLength}),
			"size_gb":     requiredSize("Size in gigabytes."),
		}),
		"eip": kindOfProduct("An address (EIP), without its bandwidth.", map[string]schema.Attribute{
			"type": lineArgument(),
		}),
		"bandwidth": kindOfProduct("Bandwidth of addresses that is charged by its size.", map[string]schema.Attribute{
			"type": requiredText("Line of the address that has the bandwidth to itself, such as `5_bgp` or `5_sbgp`; `share` for bandwidth that "+
				"addresses share.", stringvalidator.RegexMatches(bandwidthPattern, "must be a line such as 5_bgp, or share")),
			"size_mbit": requiredSize("Size in Mbit/s."),
		}),
		"codes": kindOfProduct(
			"Any product, by its codes on the price list. They have to match exactly, and together.",
			map[string]schema.Attribute{
				"service_type_code":  requiredText("Code of the service, such as `hws.service.type.ec2`.", trimmed{maxCodeLength}),
				"resource_type_code": requiredText("Code of the type of resource, such as `hws.resource.type.vm`.", trimmed{maxCodeLength}),
				"resource_spec_code": requiredText("Code of the specification, such as `s6.large.2.linux`.", trimmed{maxCodeLength}),
				"size": schema.Int64Attribute{
					Optional: true, MarkdownDescription: "Size of the product. Required for what is sold by size, such as disks.",
					Validators: []validator.Int64{
						int64validator.Between(1, maxProductSize),
						int64validator.AlsoRequires(path.MatchRelative().AtParent().AtName("size_measure_id")),
					},
				},
				"size_measure_id": schema.Int64Attribute{
					Optional: true, MarkdownDescription: "Id of the unit of that size: 17 for gigabytes, 15 for Mbit/s, 14 for pieces.",
					Validators: []validator.Int64{
						int64validator.Between(0, maxProductSize),
						int64validator.AlsoRequires(path.MatchRelative().AtParent().AtName("size")),
					},
				},
			},
		),
	}, own)
}

var (
	linePattern      = regexp.MustCompile(`^5_[0-9A-Za-z]+$`)
	bandwidthPattern = regexp.MustCompile(`^(5_[0-9A-Za-z]+|share)$`)
)

func lineArgument() schema.StringAttribute {
	return requiredText(
		"Line of the address, such as `5_bgp` or `5_sbgp`.",
		stringvalidator.RegexMatches(linePattern, "must be a line such as 5_bgp"),
	)
}

func requiredSize(description string) schema.Int64Attribute {
	return schema.Int64Attribute{
		Required: true, MarkdownDescription: description,
		Validators: []validator.Int64{int64validator.Between(1, maxProductSize)},
	}
}

func kindOfProduct(description string, attributes map[string]schema.Attribute) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{Optional: true, MarkdownDescription: description, Attributes: attributes}
}

// productsArgument is the products to price, by names of the user.
func productsArgument(description string, own map[string]schema.Attribute) schema.MapNestedAttribute {
	return schema.MapNestedAttribute{
		Required: true, MarkdownDescription: description,
		NestedObject: schema.NestedAttributeObject{Attributes: productAttributes(own)},
		Validators: []validator.Map{
			mapvalidator.SizeAtLeast(1),
			mapvalidator.KeysAre(trimmed{maxNameLength}),
		},
	}
}

func productPath(name string) path.Path { return path.Root("products").AtMapKey(name) }

// knownProducts are the products whose attributes are known as far as they can
// be, by their names.
func knownProducts[P any](ctx context.Context, products types.Map) (map[string]P, diag.Diagnostics) {
	var diags diag.Diagnostics

	known := map[string]P{}

	for name, element := range products.Elements() {
		switch {
		case element.IsUnknown():
		case element.IsNull():
			diags.AddAttributeError(productPath(name), "Product is null", "Say what the product is, or leave it out.")
		default:
			known[name] = objectAs[P](ctx, element, &diags)
		}
	}

	return known, diags
}

// productKind is one of the ways to say what is priced.
type productKind struct {
	name  string
	value types.Object
}

func (p productModel) kinds() []productKind {
	return []productKind{{"ecs", p.ECS}, {"evs", p.EVS}, {"eip", p.EIP}, {"bandwidth", p.Bandwidth}, {"codes", p.Codes}}
}

// validateKinds refuses a product that is not of one kind.
func validateKinds(at path.Path, kinds []productKind) diag.Diagnostics {
	var all, given []string

	for _, kind := range kinds {
		all = append(all, kind.name)

		if kind.value.IsUnknown() {
			return nil
		}

		if !kind.value.IsNull() {
			given = append(given, kind.name)
		}
	}

	if len(given) == 1 {
		return nil
	}

	found := "none is"
	if len(given) > 1 {
		found = strings.Join(given, " and ") + " are"
	}

	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Product is not of one kind",
		fmt.Sprintf("Give exactly one of %s; %s given.", strings.Join(all, ", "), found))}
}

// validateRegion refuses a product without a region.
func validateRegion(at path.Path, product, common types.String) diag.Diagnostics {
	if !product.IsNull() || !common.IsNull() {
		return nil
	}

	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Product has no region",
		"Give the region of the product here, or that of all products as region of the data source.")}
}

// sizeUnits are the units that types of resource are sold by.
var sizeUnits = map[string]int64{resourceTypeVolume: measureGB, resourceTypeBandwidth: measureMbit}

// validateSize refuses codes of a product that is sold by size without a size
// or in another unit, and a size of what is sold by the piece. The errors are at
// the product: of anything inside, Terraform shows the whole data source.
func (p productModel) validateSize(ctx context.Context, at path.Path, byTraffic bool) diag.Diagnostics {
	if !isKnown(p.Codes) {
		return nil
	}

	var diags diag.Diagnostics

	codes := objectAs[codesModel](ctx, p.Codes, &diags)
	resourceType := codes.ResourceTypeCode.ValueString()
	unit, sized := sizeUnits[resourceType]

	switch {
	case resourceType == resourceTypeBandwidth && byTraffic:
	case sized && codes.Size.IsNull():
		diags.AddAttributeError(at, "Product has no size",
			resourceType+" is sold by size. Give size, and its unit as size_measure_id.")
	case sized && codes.SizeMeasureID.ValueInt64() > 0 && codes.SizeMeasureID.ValueInt64() != unit:
		diags.AddAttributeError(at, "Size is in a wrong unit",
			fmt.Sprintf("%s is sold in the unit %d, but size_measure_id is %s.", resourceType, unit, codes.SizeMeasureID))
	case isKnown(codes.Size) && (resourceType == resourceTypeServer || resourceType == resourceTypeAddress):
		diags.AddAttributeError(at, "Product has a size",
			resourceType+" is sold by the piece. Leave size and size_measure_id out, and price what has a size as a product of its own.")
	}

	return diags
}

// priced is the product of a known and valid configuration, as the price list
// knows it. If no kind is set, it has no codes.
func (p productModel) priced(ctx context.Context, name string, region types.String, diags *diag.Diagnostics) bssapi.PricedProduct {
	priced := bssapi.PricedProduct{ID: name, Region: region.ValueString(), AvailableZone: p.AvailabilityZone.ValueString()}

	if !p.Region.IsNull() {
		priced.Region = p.Region.ValueString()
	}

	switch {
	case !p.ECS.IsNull():
		ecs := objectAs[ecsModel](ctx, p.ECS, diags)
		suffix, _ := operatingSystems.Code(ecs.OS.ValueString())
		priced.CloudServiceType, priced.ResourceType, priced.ResourceSpec = serviceServer, resourceTypeServer, ecs.Flavor.ValueString()+suffix
	case !p.EVS.IsNull():
		evs := objectAs[evsModel](ctx, p.EVS, diags)
		priced.CloudServiceType, priced.ResourceType, priced.ResourceSpec = serviceVolume, resourceTypeVolume, evs.VolumeType.ValueString()
		priced.ResourceSize, priced.SizeMeasureID = int(evs.SizeGB.ValueInt64()), measureGB
	case !p.EIP.IsNull():
		eip := objectAs[eipModel](ctx, p.EIP, diags)
		priced.CloudServiceType, priced.ResourceType, priced.ResourceSpec = serviceNetwork, resourceTypeAddress, eip.Type.ValueString()
	case !p.Bandwidth.IsNull():
		bandwidth := objectAs[bandwidthModel](ctx, p.Bandwidth, diags)
		priced.CloudServiceType, priced.ResourceType, priced.ResourceSpec = serviceNetwork, resourceTypeBandwidth, "19_"+lineOf(bandwidth.Type)
		priced.ResourceSize, priced.SizeMeasureID = int(bandwidth.SizeMbit.ValueInt64()), measureMbit
	case !p.Codes.IsNull():
		codes := objectAs[codesModel](ctx, p.Codes, diags)
		priced.CloudServiceType, priced.ResourceType = codes.ServiceTypeCode.ValueString(), codes.ResourceTypeCode.ValueString()
		priced.ResourceSpec = codes.ResourceSpecCode.ValueString()
		priced.ResourceSize, priced.SizeMeasureID = int(codes.Size.ValueInt64()), int(codes.SizeMeasureID.ValueInt64())
	}

	return priced
}

// quantity is how many of the product are priced.
func (p productModel) quantity() int {
	if p.Quantity.IsNull() {
		return 1
	}

	return int(p.Quantity.ValueInt64())
}

// lineOf is the line without the number that addresses have. Bandwidth on the
// line has numbers of its own.
func lineOf(addressType types.String) string {
	return strings.TrimPrefix(addressType.ValueString(), "5_")
}

func sortedNames[P any](products map[string]P) []string { return slices.Sorted(maps.Keys(products)) }

// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type invoicesModel struct {
	StartTime   types.String          `tfsdk:"start_time"`
	EndTime     types.String          `tfsdk:"end_time"`
	Currency    types.String          `tfsdk:"currency"`
	Invoices    []invoiceItem         `tfsdk:"invoices"`
	ByState     map[string]invoiceSum `tfsdk:"by_state"`
	ByMethod    map[string]invoiceSum `tfsdk:"by_method"`
	ByCycle     map[string]invoiceSum `tfsdk:"by_bill_cycle"`
	ReturnCount types.Int64           `tfsdk:"return_count"`
	TotalCount  types.Int64           `tfsdk:"total_count"`
}

type invoiceItem struct {
	RequestID     *string          `tfsdk:"request_id"`
	InvoiceNo     *string          `tfsdk:"invoice_no"`
	InvoiceAmount *big.Float       `tfsdk:"invoice_amount"`
	State         *string          `tfsdk:"state"`
	Method        *string          `tfsdk:"method"`
	Class         *string          `tfsdk:"class"`
	Type          *string          `tfsdk:"type"`
	Title         *string          `tfsdk:"title"`
	TitleType     *string          `tfsdk:"title_type"`
	TradeType     *string          `tfsdk:"trade_type"`
	RequestMode   *string          `tfsdk:"request_mode"`
	SrcRequestID  *string          `tfsdk:"src_request_id"`
	CancelReason  *string          `tfsdk:"cancel_reason"`
	BillCycle     *string          `tfsdk:"bill_cycle"`
	ApplyTime     *string          `tfsdk:"apply_time"`
	Mode          *string          `tfsdk:"mode"`
	Channel       *string          `tfsdk:"channel"`
	SalesID       *string          `tfsdk:"sales_id"`
	Taxes         []invoiceTaxItem `tfsdk:"taxes"`
}

type invoiceTaxItem struct {
	TaxClass     *string    `tfsdk:"tax_class"`
	SubTaxClass  *string    `tfsdk:"sub_tax_class"`
	TaxRate      *string    `tfsdk:"tax_rate"`
	TaxAmount    *big.Float `tfsdk:"tax_amount"`
	IsVisible    *bool      `tfsdk:"is_visible"`
	IsAccounting *bool      `tfsdk:"is_accounting"`
}

type invoiceSum struct {
	Amount *big.Float `tfsdk:"amount"`
	Count  int64      `tfsdk:"count"`
}

// withoutKey is the key of the sum of the invoices that name none.
const withoutKey = "none"

func newInvoicesDataSource() datasource.DataSource {
	sums := func(by string) schema.MapNestedAttribute {
		return computedMap("Sums of the invoices by their "+by+". Requests to return an invoice are in no sum.", map[string]schema.Attribute{
			"amount": computedNumber("Exact sum of the amounts. Null if one of them is not known."),
			"count":  computedInt("How many invoices."),
		})
	}

	return &dataSource[invoicesModel]{
		name: "invoices", calls: []string{"list_invoices"},
		schema: schema.Schema{
			MarkdownDescription: "Invoices that were asked for within a window of time.\n\nAn invoice need not equal a bill: coupons, top-ups " +
				"and what was paid for before are in one and not in the other. Addresses, persons and e-mail addresses are not shown, so that none " +
				"is in the state.",
			Attributes: map[string]schema.Attribute{
				"start_time": requiredText("Only invoices that were asked for at this time or later."+timeForm, isTime),
				"end_time":   requiredText("Only invoices that were asked for at this time or earlier."+timeForm, isTime),
				"currency": computedString("Currency of all amounts: `USD` on the international site. The API does not name it, so it is null on " +
					"the European site."),
				"invoices": computedList("The invoices, in the order of the API.", map[string]schema.Attribute{
					"request_id":     computedString("Id of the request."),
					"invoice_no":     computedString("Number of the invoice."),
					"invoice_amount": computedNumber("Its amount."),
					"state":          computedString("How far it is: " + wordsOf(bssapi.InvoiceStates) + "."),
					"method":         computedString("What it is of: " + wordsOf(bssapi.InvoiceMethods) + "."),
					"class":          computedString(wordsOf(bssapi.InvoiceClasses) + "."),
					"type":           computedString(wordsOf(bssapi.InvoiceTypes) + "."),
					"title":          computedString("Whom it is made out to."),
					"title_type":     computedString("What that is: " + wordsOf(bssapi.InvoiceTitleTypes) + "."),
					"trade_type":     computedString("What was paid: " + wordsOf(bssapi.InvoiceTradeTypes) + "."),
					"request_mode":   computedString("What was asked for: " + wordsOf(bssapi.InvoiceRequestModes) + "."),
					"src_request_id": computedString("Of a return, the id of the request that it returns."),
					"cancel_reason":  computedString("Why it was rejected."),
					"bill_cycle":     computedString("Billing month, as `YYYY-MM`."),
					"apply_time":     computedString("When it was asked for (UTC)."),
					"mode":           computedString("What it is printed on: " + wordsOf(bssapi.InvoiceModes) + "."),
					"channel":        computedString("Who issues it: " + wordsOf(bssapi.InvoiceChannels) + "."),
					"sales_id":       computedString("Id of the vendor's company that signed the contract."),
					"taxes": computedList("Its taxes.", map[string]schema.Attribute{
						"tax_class":     computedString("Class of the tax, such as `VAT`, `GST`, `ISS` or `WHT`."),
						"sub_tax_class": computedString("The tax itself, such as `CGST`."),
						"tax_rate":      computedString("Its rate, as the vendor writes it."),
						"tax_amount":    computedNumber("Its amount."),
						"is_visible":    computedBool("Whether the invoice shows it."),
						"is_accounting": computedBool("Whether it is entered in the books."),
					}),
				}),
				"by_state":      sums("state, and `" + withoutKey + "` for those that name none"),
				"by_method":     sums("method, and `" + withoutKey + "` for those that name none"),
				"by_bill_cycle": sums("billing month, and `" + withoutKey + "` for those that name none"),
				"return_count": computedInt("How many of them ask to return an invoice. They are in no sum: the vendor does not say which sign their " +
					"amounts have."),
				"total_count": computedInt("How many invoices there are, returns included."),
			},
		},
		validate: func(_ context.Context, model *invoicesModel) diag.Diagnostics {
			return ascending(path.Root("end_time"), model.StartTime, model.EndTime)
		},
		read: readInvoices,
	}
}

// invoiceSums adds up invoices by a key.
type invoiceSums map[string]*usableSum

func (s invoiceSums) add(key *string, amount bssapi.Decimal) {
	name := withoutKey
	if key != nil {
		name = *key
	}

	if s[name] == nil {
		s[name] = &usableSum{}
	}

	s[name].add(amount)
}

func readInvoices(ctx context.Context, services *services, model *invoicesModel) diag.Diagnostics {
	const doing = "list invoices"

	// The window is checked before, and the account is part of the address.
	start, diags := timeOf(model.StartTime)
	end, more := timeOf(model.EndTime)
	diags.Append(more...)

	if diags.HasError() {
		return diags
	}

	account, err := services.accounts.named(ctx)
	if err != nil {
		return diag.Diagnostics{apiDiagnostic(doing, err)}
	}

	// The answers do not name it, and what it is in Europe is not documented.
	if site, err := services.client.Site(ctx); err == nil && site == bssapi.SiteInternational {
		model.Currency = types.StringValue("USD")
	}

	window := bssapi.ListInvoicesRequest{DomainID: account, StartTime: start, EndTime: end}
	byState, byMethod, byCycle := invoiceSums{}, invoiceSums{}, invoiceSums{}
	returns := int64(0)
	model.Invoices = []invoiceItem{}

	for invoice, err := range services.client.ListInvoices(ctx, window) {
		if err != nil {
			return diag.Diagnostics{apiDiagnostic(doing, err)}
		}

		item := flattenInvoice(invoice)
		model.Invoices = append(model.Invoices, item)

		if invoice.RequestMode == bssapi.InvoiceReturn {
			returns++

			continue
		}

		byState.add(item.State, invoice.InvoiceAmount)
		byMethod.add(item.Method, invoice.InvoiceAmount)
		byCycle.add(item.BillCycle, invoice.InvoiceAmount)
	}

	model.ByState, model.ByMethod, model.ByCycle = byState.value(), byMethod.value(), byCycle.value()
	model.ReturnCount, model.TotalCount = types.Int64Value(returns), types.Int64Value(int64(len(model.Invoices)))

	return nil
}

func (s invoiceSums) value() map[string]invoiceSum {
	sums := map[string]invoiceSum{}
	for name, sum := range s {
		sums[name] = invoiceSum{Amount: sum.value().ValueBigFloat(), Count: sum.count}
	}

	return sums
}

func flattenInvoice(invoice bssapi.Invoice) invoiceItem {
	item := invoiceItem{
		RequestID:     textPtr(invoice.RequestID),
		InvoiceNo:     textPtr(invoice.InvoiceNo),
		InvoiceAmount: numberPtr(invoice.InvoiceAmount),
		State:         optionalWordPtr(bssapi.InvoiceStates, invoice.InvoiceState),
		Method:        optionalWordPtr(bssapi.InvoiceMethods, invoice.InvoiceMethod),
		Class:         optionalWordPtr(bssapi.InvoiceClasses, invoice.InvoiceClass),
		Type:          optionalWordPtr(bssapi.InvoiceTypes, invoice.InvoiceType),
		Title:         textPtr(invoice.InvoiceTitle),
		TitleType:     optionalWordPtr(bssapi.InvoiceTitleTypes, invoice.TitleType),
		TradeType:     wordPtr(bssapi.InvoiceTradeTypes, invoice.TradeType),
		RequestMode:   wordPtr(bssapi.InvoiceRequestModes, invoice.RequestMode),
		SrcRequestID:  textPtr(invoice.SrcRequestID),
		CancelReason:  textPtr(invoice.CancelReason),
		BillCycle:     textPtr(invoice.BillCycle),
		ApplyTime:     textPtr(invoice.ApplyTime),
		Mode:          wordPtr(bssapi.InvoiceModes, invoice.InvoiceMode),
		Channel:       optionalWordPtr(bssapi.InvoiceChannels, invoice.ChannelType),
		SalesID:       textPtr(invoice.SalesID),
		Taxes:         []invoiceTaxItem{},
	}

	for _, tax := range invoice.TaxList {
		item.Taxes = append(item.Taxes, invoiceTaxItem{
			TaxClass:     textPtr(tax.TaxClass),
			SubTaxClass:  textPtr(tax.SubTaxClass),
			TaxRate:      textPtr(tax.TaxRate),
			TaxAmount:    numberPtr(tax.TaxAmount),
			IsVisible:    yesOrNo(tax.TaxVisibleFlag),
			IsAccounting: yesOrNo(tax.TaxAccountingFlag),
		})
	}

	return item
}

// yesOrNo is what the API writes as Y or N, null for anything else.
func yesOrNo(flag string) *bool {
	if flag != "Y" && flag != "N" {
		return nil
	}

	yes := flag == "Y"

	return &yes
}

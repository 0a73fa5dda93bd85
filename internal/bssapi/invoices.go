// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"iter"
	"sync/atomic"
	"time"
)

// invoicePageSize is the most rows that the list of invoices gives in a page.
const invoicePageSize = 100

type (
	// InvoiceState is how far an invoice is.
	InvoiceState int
	// InvoiceMethod is what an invoice is of.
	InvoiceMethod int
	// InvoiceClass is whether an invoice is for taxes.
	InvoiceClass int
	// InvoiceType is which VAT invoice it is.
	InvoiceType int
	// InvoiceTitleType is what an invoice is made out to.
	InvoiceTitleType int
	// InvoiceTradeType is what was paid.
	InvoiceTradeType int
	// InvoiceRequestMode is what was asked for.
	InvoiceRequestMode string
	// InvoiceMode is what an invoice is printed on.
	InvoiceMode string
	// InvoiceChannel is who issues an invoice.
	InvoiceChannel int
)

// What was asked for.
const (
	InvoiceIssue              InvoiceRequestMode = "0"
	InvoiceReturn             InvoiceRequestMode = "1"
	InvoiceIssuedThenReturned InvoiceRequestMode = "2"
)

// Invoice is an invoice that was asked for. Amounts are in the currency of the site;
// the answer does not name it.
type Invoice struct {
	RequestID string `json:"requestId"`
	// CancelReason is why it was rejected.
	CancelReason  string            `json:"cancelReason"`
	TitleType     *InvoiceTitleType `json:"titleType"`
	ChannelType   *InvoiceChannel   `json:"channelType"`
	InvoiceType   *InvoiceType      `json:"invoiceType"`
	InvoiceTitle  string            `json:"invoiceTitle"`
	InvoiceAmount Decimal           `json:"invoiceAmount"`
	InvoiceMethod *InvoiceMethod    `json:"invoiceMethod"`
	InvoiceClass  *InvoiceClass     `json:"invoiceClass"`
	InvoiceState  *InvoiceState     `json:"invoiceState"`
	// ApplyOpera is the person who asked for it.
	ApplyOpera  string          `json:"applyOpera"`
	AddressInfo *InvoiceAddress `json:"addressInfo"`
	ApplyTime   string          `json:"applyTime"`
	InvoiceMode InvoiceMode     `json:"invoiceMode"`
	// Email is where an electronic invoice is sent.
	Email       string             `json:"email"`
	RequestMode InvoiceRequestMode `json:"requestMode"`
	// SrcRequestID is what is returned.
	SrcRequestID string `json:"srcRequestId"`
	// SalesID is the vendor's company that is the other party.
	SalesID   string           `json:"salesId"`
	InvoiceNo string           `json:"invoiceNo"`
	TradeType InvoiceTradeType `json:"tradeType"`
	BillCycle string           `json:"billCycle"`
	TaxList   []InvoiceTax     `json:"taxList"`
}

// InvoiceAddress is where a paper invoice is sent.
type InvoiceAddress struct {
	Address     string `json:"address"`
	Recipients  string `json:"recipients"`
	ZipCode     string `json:"zipCode"`
	MobilePhone string `json:"mobilePhone"`
}

// InvoiceTax is one tax of an invoice. Its classes are the names of taxes, and the
// rate is as the vendor writes it.
type InvoiceTax struct {
	TaxClass          string  `json:"taxClass"`
	TaxRate           string  `json:"taxRate"`
	SubTaxClass       string  `json:"subTaxClass"`
	TaxAmount         Decimal `json:"taxAmount"`
	TaxVisibleFlag    string  `json:"taxVisibleFlag"`
	TaxAccountingFlag string  `json:"taxAccountingFlag"`
}

// ListInvoicesRequest says which invoices to list. All fields are required.
type ListInvoicesRequest struct {
	// DomainID is the id of the caller's account.
	DomainID string
	// StartTime and EndTime bound when an invoice was asked for.
	StartTime, EndTime time.Time
}

func (r ListInvoicesRequest) check() error {
	switch {
	case r.StartTime.IsZero() || r.EndTime.IsZero():
		return errors.New("the window has no start or no end")
	case r.EndTime.Before(r.StartTime):
		return errors.New("the window ends before it starts")
	}

	return nil
}

// query asks for a page by its number, from 1.
func (r ListInvoicesRequest) query(number, size int) params {
	p := params{}
	p.instant("start_time", r.StartTime)
	p.instant("end_time", r.EndTime)

	return p.page(number, size)
}

type listInvoicesResponse struct {
	Count    *int      `json:"count"`
	Invoices []Invoice `json:"invoices"`
}

// ListInvoices yields the invoices that were asked for in a window. The China site
// does not have this operation (ErrNotOnSite).
//
// It is the only list that is paged by the number of a page. If a server gives
// smaller pages than it is asked for, the pages after the first are asked for in that
// size; if they differ in size after that, the list is ErrIncomplete.
//
// Permission: bss:invoice:view.
func (c *Client) ListInvoices(ctx context.Context, req ListInvoicesRequest) iter.Seq2[Invoice, error] {
	if err := req.check(); err != nil {
		return failing[Invoice](opListInvoices.refuse(err))
	}
	var size atomic.Int64 // of the pages
	size.Store(invoicePageSize)
	list := paged[Invoice]{
		operation: opListInvoices.name,
		size:      invoicePageSize,
		key:       func(invoice Invoice) string { return invoice.RequestID },
	}
	list.fetch = func(ctx context.Context, offset int) (page[Invoice], error) {
		most := int(size.Load())
		if offset%most != 0 {
			return page[Invoice]{}, list.incomplete("its pages differ in length, so that no number leads to the next")
		}
		next, err := fetcher(c,
			func(offset int) call {
				return call{
					op: opListInvoices, path: map[string]string{"domain_id": req.DomainID},
					query: req.query(offset/most+1, most),
				}
			},
			func(out *listInvoicesResponse) page[Invoice] {
				return page[Invoice]{rows: out.Invoices, total: out.Count}
			})(ctx, offset)
		if offset == 0 && len(next.rows) > 0 {
			size.Store(int64(len(next.rows)))
		}

		return next, err
	}

	return list.all(ctx)
}

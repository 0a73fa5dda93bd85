// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"math/big"
	"time"
)

// generate invents objects that are the same for the same numbers and time:
// primary resources in use, and orders spread over the past year, nine of ten
// completed and the rest canceled.
func (w *world) generate(counts Generate) {
	now := w.clock.now().Truncate(time.Second)
	for i := range counts.Resources {
		service := serviceTypes[i%6].code
		expire := now.Truncate(24*time.Hour).AddDate(0, 0, 1+i%360).Add(16*time.Hour - time.Second)
		w.addResource(&Resource{
			ID: fmt.Sprintf("RS%010d", w.next("record")), ResourceID: w.newResourceID(),
			Name: fmt.Sprintf("generated-%06d", i+1), RegionCode: "ap-southeast-3", ServiceTypeCode: service,
			ResourceTypeCode: resourceType(service), SpecCode: "s6.large.2.linux", ProjectID: projectID,
			ProductID: "00301-110000-0--0", Status: resourceInUse, EffectiveTime: expire.AddDate(-1, 0, 0),
			ExpireTime: expire, SpecDesc: "generated", UpdateTime: expire.AddDate(-1, 0, 0),
			EnterpriseProject: &EnterpriseProject{ID: "0", Name: "default"},
		})
	}
	for i := range counts.Orders {
		created := now.Add(-time.Duration(i%8640)*time.Hour - time.Duration(i/8640)*time.Second)
		amount := amountOf(big.NewRat(int64(1+(i*7919)%1000000), 100))
		o := &Order{
			OrderID: orderID(w.next("order")), CustomerID: w.CustomerID, UserName: "demo-user",
			ServiceTypeCode: serviceTypes[i%6].code, SourceType: 1, Status: orderCompleted, OrderType: orderNew,
			AmountAfterDiscount: amount, OfficialAmount: amount, Currency: w.currency(), CreateTime: created,
			PaymentTime: created.Add(time.Minute), Deadline: created.Add(7 * 24 * time.Hour), Provisioned: true,
		}
		if i%10 == 9 {
			o.Status, o.PaymentTime, o.Provisioned = orderCanceled, time.Time{}, false
		}
		o.Lines = []OrderLine{{
			ID: o.OrderID + "-000001", ServiceTypeCode: o.ServiceTypeCode, ProductID: "00301-110000-0--0",
			ProductSpecDesc: "generated", PeriodType: 2, PeriodNum: 1, SubscriptionNum: 1,
			EffectiveTime: o.PaymentTime, AmountAfterDiscount: amount, OfficialAmount: amount,
		}}
		w.addOrder(o)
	}
}

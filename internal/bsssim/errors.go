// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net/http"
)

// failure is an error answer of the API.
type failure struct {
	status  int
	code    string
	message string
	// extra holds fields beside error_code and error_msg.
	extra map[string]any
	// retryAfter is the value of that header, in whole seconds or as a date.
	retryAfter string
	// identity says that the identity service refuses, whose answers have a form of their
	// own.
	identity bool
}

func (f *failure) Error() string { return f.code + ": " + f.message }

func (f *failure) body(requestID string) map[string]any {
	if f.identity {
		return map[string]any{"error": map[string]any{"code": f.status, "message": f.message, "title": http.StatusText(f.status)}}
	}
	body := map[string]any{"error_code": f.code, "error_msg": f.message}
	for name, value := range f.extra {
		body[name] = value
	}
	if len(f.code) > 4 && f.code[:4] == "APIG" {
		body["request_id"] = requestID
	}

	return body
}

func refuse(status int, code, message string) *failure {
	return &failure{status: status, code: code, message: message}
}

func badParameter(name, reason string, args ...any) *failure {
	return refuse(http.StatusBadRequest, "CBC.0100", "Invalid parameter "+name+": "+fmt.Sprintf(reason, args...)+".")
}

// messages are the texts of the codes that the chapters use.
var messages = map[string]string{
	"CBC.0101":     "The parameter is not valid for this call.",
	"CBC.0150":     "Access denied. The customer does not belong to the website you are now at.",
	"CBC.0151":     "Access denied.",
	"CBC.0154":     "The token is invalid or has expired.",
	"CBC.0155":     "The request cannot be executed by this caller.",
	"CBC.0156":     "The account belongs to another site.",
	"CBC.0999":     "Other errors.",
	"CBC.30000010": "The order is invalid or does not exist.",
	"CBC.30010069": "There is no such renewal period.",
	"CBC.30000052": "The resource or the account is frozen.",
	"CBC.30000067": "The resource has been deleted, or its subscription is not known.",
	"CBC.30010036": "The resource is not a primary resource.",
	"CBC.30050006": "The automatic payment of the renewal order failed.",
	"CBC.30050007": "The resource is not a primary resource. Its renewal cannot be priced.",
	"CBC.30050008": "The resource cannot be renewed for this period.",
	"CBC.30050009": "The resource has expired and been deleted, or does not exist.",
	"CBC.30050010": "The resource is part of an unpaid order.",
	"CBC.30050011": "The resource is being unsubscribed or changed.",
	"CBC.30050012": "The resource IDs are not unique.",
	"CBC.30050013": "The product cannot be renewed.",
	"CBC.5023":     "The payment account type does not fit the association with the partner.",
	"CBC.7004":     "The operation does not meet the checks of the business.",
	"CBC.99007004": "The operation does not meet the checks of the business.",
	"CBC.99000026": "The verification code is wrong.",
	"CBC.99000027": "The verification code has expired.",
	"CBC.99000031": "The domain name is invalid.",
	"CBC.99000082": "Too many verification codes were sent.",
	"CBC.99007197": "Your IP address is throttled.",
	"CBC.99000088": "The order is being paid. Do not repeat the payment.",
	"CBC.99000089": "The order is part of a combined transaction. Use the combined transaction number.",
	"CBC.99003012": "The resource ID does not exist.",
	"CBC.99003016": "The resource has expired and been deleted, or does not exist.",
	"CBC.99003100": "The resource is part of an unpaid order. Pay or cancel that order first.",
	"CBC.99003106": "The order status has changed. The order cannot be paid.",
	"CBC.99003108": "The discount cannot be used for the order.",
	"CBC.99003110": "The payment deadline of the order has passed. Place a new order.",
	"CBC.99003112": "The coupon or stored-value card cannot be used, or has been used already.",
	"CBC.99003116": "The coupon cannot be used together with the discount.",
	"CBC.99003117": "The discount is below the minimum that the coupon requires.",
	"CBC.99003128": "There is no renewed period to unsubscribe from, or it has started already.",
	"CBC.99003141": "The quota or capacity is insufficient, or the specification has changed.",
	"CBC.99003144": "An order is in progress for the resource.",
	"CBC.99003147": "Cash coupons and discount coupons cannot be used together.",
	"CBC.99003154": "The purchased time and the renewal exceed the maximum.",
	"CBC.99003155": "The fund quota of the enterprise project is insufficient, or the project cannot be used.",
	"CBC.99003156": "Marketplace coupons and dedicated cash coupons cannot be used together.",
	"CBC.99003185": "The service must be handled as a whole.",
	"CBC.99003602": "The resource has expired or is frozen. Automatic renewal cannot be enabled.",
	"CBC.99003605": "Automatic renewal is disabled already.",
	"CBC.99003608": "A resource of the selected-product line cannot be changed to pay-per-use.",
	"CBC.99003609": "A resource of this product type cannot be changed to pay-per-use.",
	"CBC.99003610": "A resource in its grace or retention period cannot be changed to pay-per-use.",
	"CBC.99003611": "A pay-per-use package cannot be changed to pay-per-use.",
	"CBC.99003622": "A solution product cannot be changed to pay-per-use.",
	"CBC.99003623": "Another transaction is in progress.",
	"CBC.99003624": "The resource is frozen because of a violation.",
	"CBC.99003625": "The resource is frozen by the public security authorities.",
	"CBC.99003626": "The account is frozen.",
	"CBC.99003651": "A transaction is in progress on the resource.",
	"CBC.99003656": "The resource is frozen. The operation is refused.",
	"CBC.99000043": "The transfer or retrieval failed.",
	"CBC.99005003": "The account balance is insufficient.",
	"CBC.99005010": "The order cannot be canceled in its current status.",
	"CBC.99005026": "The order is neither an unsubscription nor a downgrade.",
	"CBC.99006006": "The product does not exist.",
	"CBC.99006050": "The unit of the usage does not fit the usage factor.",
	"CBC.99006055": "The price exceeds the maximum.",
	"CBC.99006074": "The usage factor does not exist.",
	"CBC.99007009": "The transaction ID has been used.",
	"CBC.99007181": "The validity period of the credit has passed.",
	"CBC.99007461": "A transfer or retrieval is in progress.",
}

// messageOf is the text of any code.
func messageOf(code string) string {
	if message := messages[code]; message != "" {
		return message
	}

	return "Refused by the simulator."
}

// rejected is a business error: HTTP 400 with a code of the service.
func rejected(code string) *failure {
	return refuse(http.StatusBadRequest, code, messageOf(code))
}

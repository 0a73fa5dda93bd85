// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import "strings"

// Code is the error code of an answer, for example "CBC.99003106". It is an
// error so that errors.Is(err, CodeOrderStatusChanged) asks for it.
//
// Older answers have short codes: CBC.3106 and CBC.99003106 match each other.
// Codes of the gateway (APIG, APIGW) match only themselves.
type Code string

// Codes of the API that belong to orders, payments, coupons, accounts, resources,
// prices, bills and limits. The comments say what the vendor's pages say about them.
//
//nolint:gosec // codes are named for what they say; none is a password
const (
	// CodeSuccess stands in the body of some successful answers.
	CodeSuccess Code = "CBC.0000"
	// CodeParameterInvalid: a parameter is missing or invalid.
	CodeParameterInvalid Code = "CBC.0100"
	// CodeParameterNotValid: a parameter is not valid for this call.
	CodeParameterNotValid Code = "CBC.0101"
	// CodeWrongSiteOld: the account belongs to another site (older code).
	CodeWrongSiteOld Code = "CBC.0150"
	// CodeAccessDenied: the permission is missing, or the kind of caller is not allowed.
	CodeAccessDenied Code = "CBC.0151"
	// CodeTokenInvalid: the token is invalid or has expired.
	CodeTokenInvalid Code = "CBC.0154"
	// CodeCallerNotAllowed: this caller may not execute the request.
	CodeCallerNotAllowed Code = "CBC.0155"
	// CodeWrongSite: the account belongs to another site (current code).
	CodeWrongSite Code = "CBC.0156"
	// CodeServiceThrottled: too many requests, counted inside the service.
	CodeServiceThrottled Code = "CBC.0250"
	// CodeServer: another error of the server; whether a mutation was done is unknown.
	CodeServer Code = "CBC.0999"
	// CodeGatewayThrottled: too many requests, counted at the gateway.
	CodeGatewayThrottled Code = "APIG.0308"
	// CodeGatewayThrottledNew: the same, as newer gateways spell it.
	CodeGatewayThrottledNew Code = "APIGW.0308"
	// CodePartnerRightsMissing: the associated partner has to grant rights.
	CodePartnerRightsMissing Code = "CBC.18000016"

	// CodeOrderNotFound: the order is invalid or does not exist.
	CodeOrderNotFound Code = "CBC.30000010"
	// CodePaymentInProgress: a payment of the order is running.
	CodePaymentInProgress Code = "CBC.99000088"
	// CodeSubOrder: the order is part of a combined one, which is to be used instead.
	CodeSubOrder Code = "CBC.99000089"
	// CodeResourceInUnpaidOrder: the resource is part of an unpaid order.
	CodeResourceInUnpaidOrder Code = "CBC.99003100"
	// CodeOrderStatusChanged: the order's status changed, it may be paid already.
	CodeOrderStatusChanged Code = "CBC.99003106"
	// CodeDiscountNotUsable: the discount cannot be used for the order.
	CodeDiscountNotUsable Code = "CBC.99003108"
	// CodePaymentDeadlinePassed: the order can no longer be paid.
	CodePaymentDeadlinePassed Code = "CBC.99003110"
	// CodeCouponUsed: the coupon or stored-value card is used up.
	CodeCouponUsed Code = "CBC.99003112"
	// CodeCouponDiscountConflict: the coupon cannot be combined with a discount.
	CodeCouponDiscountConflict Code = "CBC.99003116"
	// CodeDiscountBelowCouponMinimum: the discount is below what the coupon asks for.
	CodeDiscountBelowCouponMinimum Code = "CBC.99003117"
	// CodeQuotaShort: quota or capacity is short, or the specification changed; see Error.Quotas.
	CodeQuotaShort Code = "CBC.99003141"
	// CodeOrderInProgress: an order is in progress for the resource.
	CodeOrderInProgress Code = "CBC.99003144"
	// CodeCouponTypesConflict: cash and discount coupons exclude each other.
	CodeCouponTypesConflict Code = "CBC.99003147"
	// CodeEnterpriseProjectFundsShort: the enterprise project's funds are short; see Error.EnterpriseProjects.
	CodeEnterpriseProjectFundsShort Code = "CBC.99003155"
	// CodeCouponGroupsConflict: marketplace and dedicated coupons exclude each other.
	CodeCouponGroupsConflict Code = "CBC.99003156"
	// CodeStartTimePassed: the start time set for the product has passed.
	CodeStartTimePassed Code = "CBC.99003162"
	// CodeOrganizationBudgetShort: the organization's budget is short.
	CodeOrganizationBudgetShort Code = "CBC.99003198"
	// CodeNotPrimary: the resource to be renewed or unsubscribed is attached to
	// another, which is to be used instead.
	CodeNotPrimary Code = "CBC.30010036"
	// CodeResourceUnknown: the resource does not exist, or billing does not know it yet.
	CodeResourceUnknown Code = "CBC.99003012"
	// CodeAutoRenewImpossible: the resource has expired or is frozen.
	CodeAutoRenewImpossible Code = "CBC.99003602"
	// CodeAutoRenewOff: automatic renewal is off already.
	CodeAutoRenewOff Code = "CBC.99003605"
	// CodeSelectedProductLine: a line of selected products cannot become pay-per-use.
	CodeSelectedProductLine Code = "CBC.99003608"
	// CodeNotToPayPerUse: this type of product cannot become pay-per-use.
	CodeNotToPayPerUse Code = "CBC.99003609"
	// CodeInGracePeriod: a resource in its grace or retention period cannot become pay-per-use.
	CodeInGracePeriod Code = "CBC.99003610"
	// CodePackageNotToPayPerUse: a pay-per-use package cannot become pay-per-use.
	CodePackageNotToPayPerUse Code = "CBC.99003611"
	// CodeSolutionNotToPayPerUse: a solution product cannot become pay-per-use.
	CodeSolutionNotToPayPerUse Code = "CBC.99003622"
	// CodeAnotherTransaction: another transaction is in progress.
	CodeAnotherTransaction Code = "CBC.99003623"
	// CodeFrozenForViolation: the resource is frozen for a violation.
	CodeFrozenForViolation Code = "CBC.99003624"
	// CodeFrozenByPolice: the resource is frozen by public security.
	CodeFrozenByPolice Code = "CBC.99003625"
	// CodeCustomerFrozen: the account is frozen.
	CodeCustomerFrozen Code = "CBC.99003626"
	// CodeTransactionInProgress: a transaction is in progress on the resource.
	CodeTransactionInProgress Code = "CBC.99003651"
	// CodeBalanceShort: the balance is short.
	CodeBalanceShort Code = "CBC.99005003"
	// CodeOrderNotCancelable: the order's status does not allow to cancel it.
	CodeOrderNotCancelable Code = "CBC.99005010"
	// CodeNoRefundOrder: the order is neither an unsubscription nor a downgrade.
	CodeNoRefundOrder Code = "CBC.99005026"
	// CodePayAccountType: the account to pay from does not fit the association with the partner.
	CodePayAccountType Code = "CBC.5023"
	// CodeTaxRateUnavailable: no tax rate could be found.
	CodeTaxRateUnavailable Code = "CBC.99006093"
	// CodeAccountFrozen: the account is frozen.
	CodeAccountFrozen Code = "CBC.7281"
	// CodeTooOften: operated too often.
	CodeTooOften Code = "CBC.99008040"
	// CodeDailyLimit: the day's number of transactions is reached.
	CodeDailyLimit Code = "CBC.99008056"

	// Those of the price of a renewal.

	// CodePriceNotPrimary: an attached resource has no renewal price of its own.
	CodePriceNotPrimary Code = "CBC.30050007"
	// CodePricePeriodNotOffered: the resource is not renewed for this period.
	CodePricePeriodNotOffered Code = "CBC.30050008"
	// CodePriceResourceGone: the resource has expired and is deleted, or does not exist.
	CodePriceResourceGone Code = "CBC.30050009"
	// CodePriceOrderUnpaid: the resource to be priced is part of an unpaid order.
	CodePriceOrderUnpaid Code = "CBC.30050010"
	// CodePriceResourceChanging: the resource is being unsubscribed or changed.
	CodePriceResourceChanging Code = "CBC.30050011"
	// CodePriceResourceRepeated: a resource is in the request twice.
	CodePriceResourceRepeated Code = "CBC.30050012"
	// CodePriceNotRenewable: the product cannot be renewed.
	CodePriceNotRenewable Code = "CBC.30050013"

	// Those of all prices.

	// CodeProductUnknown: there is no price for this service type, resource type,
	// region and specification together.
	CodeProductUnknown Code = "CBC.99006006"
	// CodeCouponLookupFailed: the coupons could not be looked up.
	CodeCouponLookupFailed Code = "CBC.99006016"
	// CodeCustomerLookupFailed: the customer could not be looked up.
	CodeCustomerLookupFailed Code = "CBC.99006017"
	// CodeProductLookupFailed: the product could not be looked up.
	CodeProductLookupFailed Code = "CBC.99006024"
	// CodeUsageUnitWrong: the usage factor is not measured in this unit.
	CodeUsageUnitWrong Code = "CBC.99006050"
	// CodePriceTooHigh: the price is above the highest that is allowed.
	CodePriceTooHigh Code = "CBC.99006055"
	// CodeBillingLookupFailed: the billing data could not be looked up.
	CodeBillingLookupFailed Code = "CBC.99006066"
	// CodeProjectUnknown: the project does not exist.
	CodeProjectUnknown Code = "CBC.99006073"
	// CodeUsageFactorUnknown: the usage factor does not exist.
	CodeUsageFactorUnknown Code = "CBC.99006074"

	// Those of bills.

	// CodeTooManyMembers: more than 1000 financially independent members; one has
	// to be named.
	CodeTooManyMembers Code = "CBC.18000048"

	// CodeCostCenterOff: Cost Center is not enabled for the account.
	CodeCostCenterOff Code = "CBC.18000014"

	// Those of renewals.

	// CodeResourceLocked: the resource is locked.
	CodeResourceLocked Code = "CBC.3002"
	// CodeRenewalNotSupported: the service type cannot be renewed.
	CodeRenewalNotSupported Code = "CBC.3006"
	// CodeRenewalResourceGone: the resource to be renewed has expired and is deleted,
	// or does not exist.
	CodeRenewalResourceGone Code = "CBC.99003016"
	// CodeRenewalPeriodNotOffered: there is no such renewal period.
	CodeRenewalPeriodNotOffered Code = "CBC.30010069"
	// CodePeriodCheckFailed: the check of the term failed.
	CodePeriodCheckFailed Code = "CBC.99000092"
	// CodeTermTooLong: what was bought and the renewal exceed the longest term.
	CodeTermTooLong Code = "CBC.99003154"
	// CodeBeingReleased: the resource is being unsubscribed, deleted or released.
	CodeBeingReleased Code = "CBC.99003631"
	// CodeBundleTogether: resources of a bundle are renewed together and alone.
	CodeBundleTogether Code = "CBC.99003634"

	// Those of unsubscriptions.

	// CodeUnsubscriptionResourceGone: the resource to be unsubscribed is deleted
	// already, or billing does not know it yet.
	CodeUnsubscriptionResourceGone Code = "CBC.30000067"
	// CodeAlreadyUnsubscribed: the resource is unsubscribed already.
	CodeAlreadyUnsubscribed Code = "CBC.3124"
	// CodeResourceFrozen: the resource or the account is frozen.
	CodeResourceFrozen Code = "CBC.30000052"
	// CodeSavingsPlanStays: savings plans cannot be unsubscribed.
	CodeSavingsPlanStays Code = "CBC.30000053"
	// CodeNoRenewedPeriod: there is no renewed term to give back, or it has started.
	CodeNoRenewedPeriod Code = "CBC.99003128"
	// CodeHandledAsWhole: the service is handled as a whole.
	CodeHandledAsWhole Code = "CBC.99003185"
	// CodeInvoicedStays: an invoiced service cannot be unsubscribed.
	CodeInvoicedStays Code = "CBC.99003643"
	// CodeServiceTypeStays: the service type cannot be unsubscribed.
	CodeServiceTypeStays Code = "CBC.99003645"
	// CodePackageStays: the pay-per-use package cannot be unsubscribed.
	CodePackageStays Code = "CBC.99003647"
	// CodeTrialStays: a trial service cannot be unsubscribed.
	CodeTrialStays Code = "CBC.99003649"
	// CodeMarketplaceStays: a marketplace service cannot be unsubscribed.
	CodeMarketplaceStays Code = "CBC.99003650"
	// CodeDevCloudStays: a DevCloud package cannot be unsubscribed.
	CodeDevCloudStays Code = "CBC.99003652"
	// CodeBandwidthAddOnExists: with a bandwidth add-on, a renewed term cannot be given back.
	CodeBandwidthAddOnExists Code = "CBC.99003654"
	// CodeFrozenRefused: the resource is frozen, and the operation refused.
	CodeFrozenRefused Code = "CBC.99003656"

	// Those of enterprises.

	// CodeChecksFailed: checks of the business are not met; see Error.FailedChecks.
	CodeChecksFailed Code = "CBC.99007004"
	// CodeVerificationWrong: the verification code is wrong.
	CodeVerificationWrong Code = "CBC.99000026"
	// CodeVerificationExpired: the verification code has expired.
	CodeVerificationExpired Code = "CBC.99000027"
	// CodePhoneTaken: the mobile phone belongs to another account.
	CodePhoneTaken Code = "CBC.99000029"
	// CodePhoneLimit: the mobile phone has too many accounts.
	CodePhoneLimit Code = "CBC.99000030"
	// CodeMemberNameInvalid: the name to log in with is not valid.
	CodeMemberNameInvalid Code = "CBC.99000031"
	// CodePasswordInvalid: the password is not one that the platform takes.
	CodePasswordInvalid Code = "CBC.99000036"
	// CodePhoneReserved: the vendor has the mobile phone reserved.
	CodePhoneReserved Code = "CBC.99000051"
	// CodeTooManyCodes: too many verification codes were sent.
	CodeTooManyCodes Code = "CBC.99000082"
	// CodeAddressThrottled: the address that the calls come from is throttled.
	CodeAddressThrottled Code = "CBC.99007197"
	// CodeDistributorLeaves: no members while the account's distributor is leaving.
	CodeDistributorLeaves Code = "CBC.99007490"
	// CodeMembersElsewhere: members are created through another platform of the vendor.
	CodeMembersElsewhere Code = "CBC.70900002"
	// CodeCustodyNoCodes: an account in financial custody sends no codes.
	CodeCustodyNoCodes Code = "CBC.70300009"

	// Those of transfers between a master account and its members.

	// CodeNoChangeRecords: the changes of an account are not shown to resale customers
	// of partners.
	CodeNoChangeRecords Code = "CBC.99000084"
	// CodeTransferFailed: the transfer or retrieval failed. Whether money moved is not said.
	CodeTransferFailed Code = "CBC.99000043"
	// CodeTransIDUsed: an earlier request with the id was accepted.
	CodeTransIDUsed Code = "CBC.99007009"
	// CodeCreditEnded: the time of the credit to be moved is over.
	CodeCreditEnded Code = "CBC.99007181"
	// CodeTransferRunning: another transfer or retrieval is still running, and this one
	// was not taken.
	CodeTransferRunning Code = "CBC.99007461"
)

func (c Code) Error() string { return string(c) }

// family returns the long form of a code, so that old and new ones compare
// equal. Short codes with a leading zero have no long form.
func (c Code) family() Code {
	digits, ok := strings.CutPrefix(string(c), "CBC.")
	if ok && len(digits) == 4 && digits[0] != '0' && strings.Trim(digits, "0123456789") == "" {
		return Code("CBC.9900" + digits)
	}

	return c
}

// refusals are the codes (in their long form) that the vendor documents as a
// refusal: the mutation was not carried out, and looking again cannot tell more.
// Codes that ask to look first, such as CodeOrderStatusChanged, are not here.
var refusals = codeSet(
	CodeParameterInvalid, CodeParameterNotValid, CodeWrongSiteOld, CodeAccessDenied, CodeTokenInvalid,
	CodeCallerNotAllowed, CodeWrongSite, CodePartnerRightsMissing,
	CodeOrderNotFound, CodeSubOrder, CodeDiscountNotUsable, CodePaymentDeadlinePassed, CodeCouponUsed,
	CodeCouponDiscountConflict, CodeDiscountBelowCouponMinimum, CodeQuotaShort, CodeCouponTypesConflict,
	CodeEnterpriseProjectFundsShort, CodeCouponGroupsConflict, CodeStartTimePassed,
	CodeOrganizationBudgetShort, CodeBalanceShort, CodePayAccountType, CodeAccountFrozen, CodeDailyLimit,
	CodeNotPrimary, CodeResourceUnknown, CodeAutoRenewImpossible, CodeAutoRenewOff, CodeSelectedProductLine, CodeNotToPayPerUse,
	CodeInGracePeriod, CodePackageNotToPayPerUse, CodeSolutionNotToPayPerUse, CodeAnotherTransaction,
	CodeFrozenForViolation, CodeFrozenByPolice, CodeCustomerFrozen,
	CodeRenewalNotSupported, CodeRenewalResourceGone, CodeRenewalPeriodNotOffered, CodePeriodCheckFailed, CodeTermTooLong,
	CodeBeingReleased, CodeBundleTogether, CodeResourceFrozen, CodeSavingsPlanStays, CodeNoRenewedPeriod, CodeHandledAsWhole,
	CodeInvoicedStays, CodeServiceTypeStays, CodePackageStays, CodeTrialStays, CodeMarketplaceStays, CodeDevCloudStays,
	CodeBandwidthAddOnExists, CodeFrozenRefused,
	CodeChecksFailed, CodeVerificationWrong, CodeVerificationExpired, CodePhoneTaken, CodePhoneLimit, CodeMemberNameInvalid,
	CodePasswordInvalid, CodePhoneReserved, CodeTooManyCodes, CodeAddressThrottled, CodeDistributorLeaves, CodeMembersElsewhere,
	CodeCustodyNoCodes,
	CodeCreditEnded, CodeTransferRunning,
)

// lookupFailures are the codes (in their long form) of ErrLookupFailed.
var lookupFailures = codeSet(CodeCouponLookupFailed, CodeCustomerLookupFailed, CodeProductLookupFailed, CodeBillingLookupFailed)

func codeSet(codes ...Code) map[Code]bool {
	set := make(map[Code]bool, len(codes))
	for _, c := range codes {
		set[c.family()] = true
	}

	return set
}

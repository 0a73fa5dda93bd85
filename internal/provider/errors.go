// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
)

// notConfigured says that the provider cannot act because its configuration
// holds values that are not known yet.
func notConfigured(doing string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Provider is not configured yet",
		"Could not "+doing+": the configuration of the provider depends on a value that is known only after an apply. "+
			"Apply what gives that value first, for example with -target.")
}

// apiDiagnostic words an error of the client: what was being done, what came
// back, what to do next.
func apiDiagnostic(doing string, err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Could not "+doing, answer(err)+cmp.Or(nextStep(err), tryAgain(err)))
}

// accountNotAllowed words that nothing may be read or done with the account of the
// credentials.
func accountNotAllowed(err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Account is not allowed", sentence(err.Error()))
}

// orderDiagnostic is apiDiagnostic, at the order's id where the API does not
// know the order.
func orderDiagnostic(doing string, err error) diag.Diagnostic {
	worded := apiDiagnostic(doing, err)

	if errors.Is(err, bssapi.ErrNotFound) || errors.Is(err, bssapi.ErrNotOnSite) {
		return atArgument(path.Root("order_id"), worded)
	}

	return worded
}

// answer is what the API answered, with its code and request id.
func answer(err error) string {
	var api *bssapi.Error
	if !errors.As(err, &api) {
		return sentence(err.Error())
	}

	var b strings.Builder

	// Several errors are on a line each.
	for i, line := range strings.Split(err.Error(), "\n") {
		if i > 0 {
			b.WriteString("\n")
		}

		b.WriteString(sentence(line))
	}

	for _, quota := range api.Quotas {
		fmt.Fprintf(&b, "\n  - quota or capacity in region %s: service %s, resource %s, spec %s (%s)",
			quota.RegionCode, quota.CloudServiceType, quota.ResourceType, quota.ResourceSpecCode, quotaWord(quota.AuthResult))
	}

	for _, check := range api.FailedChecks {
		fmt.Fprintf(&b, "\n  - check that failed: %s", check)
	}

	for _, project := range api.EnterpriseProjects {
		fmt.Fprintf(&b, "\n  - enterprise project %s (%s): its funds are short, or it is not usable",
			project.EnterpriseProjectName, project.EnterpriseProjectID)
	}

	return b.String()
}

func quotaWord(result int) string {
	switch result {
	case 1:
		return "quota is short"
	case 2:
		return "capacity is short"
	case 3:
		return "the spec was changed after ordering"
	case 4:
		return "a linked resource is wrong"
	default:
		return fmt.Sprintf("reason %d", result)
	}
}

// nextStep is what the user can do about the error.
func nextStep(err error) string {
	var (
		api       *bssapi.Error
		wrongType *bssapi.WrongTypeError
		tooMany   *bssapi.TooManyRowsError
		without   *bssapi.CredentialsError
	)

	switch {
	case errors.As(err, &without) && without.Unheard != nil:
		return "\n\nNothing was sent to billing." + cmp.Or(nextStep(without.Unheard), "\n\nThe identity service failed. Try again.")
	case errors.As(err, &without) && without.Hint != "":
		return "\n\nNothing was sent to billing. " + without.Hint
	case errors.Is(err, bssapi.CodeTooManyMembers):
		return "\n\nRead the bills of one member at a time, with scope and member_id."
	case errors.Is(err, bssapi.CodeCostCenterOff):
		return "\n\nEnable Cost Center for the account, once, in the console: " + bssapi.CostCenterPage + "."
	case errors.As(err, &tooMany):
		return "\n\nNothing of it is shown, since a part would pass for the whole. Ask for less: a shorter time, granularity = \"month\", " +
			"fewer groups or coarser ones, or a filter."
	case errors.Is(err, bssapi.CodeNoRefundOrder):
		return "\n\nOnly the order of an unsubscription or of a downgrade has refunds: see order_type of bss_orders, and order_id of " +
			"bss_unsubscription."
	case errors.Is(err, bssapi.ErrIncomplete):
		return "\n\nNothing of it is shown, since a part would pass for the whole. Try again."
	case errors.Is(err, bssapi.ErrNotAsked):
		return "\n\nNothing of it is shown, since it would pass for what you asked for. Try again. If it stays, remove the argument that " +
			"asks for this, and pick the rows in your configuration."
	case errors.As(err, &api) && errors.Is(api, bssapi.ErrAccessDenied) && api.ForMaster():
		return "\n\nOnly the master account of an enterprise can do this. Use the credentials of the master: those of a member, or of an " +
			"account without an enterprise, will not do.\n\nIf they are the master's, a permission is missing. " + grant(api)
	case errors.As(err, &api) && errors.Is(api, bssapi.ErrAccessDenied):
		return "\n\n" + grant(api)
	case errors.Is(err, bssapi.ErrUnauthenticated):
		return "\n\n" + cmp.Or(bssapi.WrongClock(err), bssapi.CheckCredentials(err))
	case errors.Is(err, bssapi.ErrWrongSite):
		return "\n\nThe account lives on another site. Set site (or BSS_SITE) to china, international or europe."
	case errors.Is(err, bssapi.ErrNotOnSite):
		return "\n\n" + elsewhere(err)
	case errors.Is(err, bssapi.ErrThrottled):
		return "\n\nThe API takes no more calls now. Try again later, or with a smaller -parallelism."
	case errors.Is(err, bssapi.ErrLookupFailed):
		return "\n\nThe API could not look up what it needs for its answer. This passes: try again later."
	case errors.Is(err, context.Canceled):
		return "\n\nThe run was interrupted."
	case errors.Is(err, bssapi.ErrNotSent):
		return "\n\n" + notReached(err)
	case errors.As(err, &wrongType):
		return "\n\nIt cannot be read without losing something. Report this, with the request id: the API may have changed."
	case errors.Is(err, bssapi.ErrUnreadable):
		return "\n\nSomething between here and the API may have answered in its place. Check the proxy and the endpoint."
	case api != nil && api.Code != "" && api.Page() != "" && !errors.Is(err, bssapi.ErrServer):
		return "\n\nThe vendor explains the codes of this call at " + api.Page() + "."
	default:
		return ""
	}
}

// tryAgain is what to do about a call that failed at the other end. What an act that
// was sent left open is told apart from it, as a doubt.
func tryAgain(err error) string {
	var api *bssapi.Error
	if !errors.As(err, &api) || !errors.Is(err, bssapi.ErrServer) && !errors.Is(err, bssapi.ErrNoAnswer) {
		return ""
	}

	said := "\n\nWhether it was done is not known. Look in the console before you try again."
	if api.OnlyReads() {
		said = "\n\nThe call that failed only reads, so it changed nothing. Try again."
	}

	if api.RequestID != "" {
		said += " If it keeps failing, open a ticket with the request id."
	}

	return said
}

// notReached says why nothing was sent, and what to check.
func notReached(err error) string {
	var (
		api         *bssapi.Error
		certificate *tls.CertificateVerificationError
		network     *net.OpError
	)

	said := "Nothing was sent."
	if errors.As(err, &api) && api.Host != "" {
		said = "Nothing was sent to " + api.Host + "."
	}

	switch {
	case errors.As(err, &certificate):
		return said + " Its certificate was not accepted. If a proxy of your company answers in its place, or the endpoint has a " +
			"certificate of its own, name the file of the authority's certificates in cacert_file (or OS_CACERT)."
	case errors.As(err, &network) && network.Op == "proxyconnect":
		return said + " The proxy between was not reached. Check HTTPS_PROXY and HTTP_PROXY, or except the host in NO_PROXY."
	default:
		return said + " Check the network, the proxy (HTTPS_PROXY, NO_PROXY) and the endpoint."
	}
}

// grant is how the user gets the permission that a call was denied.
func grant(denied *bssapi.Error) string {
	permission := denied.Permission()
	step := "Give the user the permission for this call, in a policy of the IAM project scope."

	switch {
	case permission.Policy != "" && permission.IdentityPolicy != "":
		step = fmt.Sprintf("Give the user the permission %s, in a policy of the IAM project scope, or %s, in an identity policy.",
			permission.Policy, permission.IdentityPolicy)
	case permission.IdentityPolicy != "":
		step = fmt.Sprintf("Give the user the permission %s, in an identity policy.", permission.IdentityPolicy)
	case permission.Policy != "":
		step = fmt.Sprintf("Give the user the permission %s, in a policy of the IAM project scope.", permission.Policy)
	}

	if errors.Is(denied, bssapi.CodeAccessDenied) {
		step += " If the user has it already: an identity policy also ends in this code where a statement with the condition key " +
			"billing:cloudServiceType names other actions too. Give those a statement of their own."
	}

	return step
}

// actDiagnostic words why an act was not made, or that it is in doubt.
func actDiagnostic(doing string, err error) diag.Diagnostic {
	var (
		refusal *act.Refusal
		doubt   *act.Doubt
	)

	switch {
	case errors.As(err, &refusal):
		detail := refusal.Detail
		if refusal.Err != nil && !errors.Is(refusal.Err, payment.ErrDearer) {
			detail += "\n\n" + answer(refusal.Err) + nextStep(refusal.Err)
		}

		if refusal.Field == act.FieldNone {
			return diag.NewErrorDiagnostic(refusal.Summary, detail)
		}

		return diag.NewAttributeErrorDiagnostic(path.Root(string(refusal.Field)), refusal.Summary, detail)
	case errors.As(err, &doubt):
		return doubtDiagnostic(doubt)
	default:
		return apiDiagnostic(doing, err)
	}
}

// doubtDiagnostic words that an act may or may not have been made, and what an
// apply does about it.
func doubtDiagnostic(doubt *act.Doubt) diag.Diagnostic {
	detail := fmt.Sprintf("The %s of %s was sent once. Its answer leaves open whether it was made: ", doubt.Doing, doubt.Subject)
	unsettled := fmt.Sprintf("\n\nLooking at the %s did not settle it: ", doubt.Subject.Kind)

	switch doubt.Doing {
	case act.DoingCreation:
		detail += answer(doubt.Err)

		if doubt.LookErr != nil {
			detail += "\n\nLooking for it by its name did not settle it: " + answer(doubt.LookErr) + nextStep(doubt.LookErr)
		} else {
			detail += "\n\nNo member has this name yet. It may yet come."
		}

		return diag.NewAttributeErrorDiagnostic(path.Root("name"), "Creation of a member is in doubt", detail+
			"\n\nIt is not sent again by this run. Apply again: the name is looked for first, and the member is adopted if it is there by then.")
	case act.DoingCancellation:
		switch {
		case doubt.Err != nil:
			detail += answer(doubt.Err)
		case doubt.LookErr != nil:
			detail = fmt.Sprintf("Order %s could not be read, so its cancellation was not sent, or could not be followed.", doubt.Subject.ID)
		default:
			detail = fmt.Sprintf("The cancellation of order %s was sent once, and accepted.", doubt.Subject.ID)
		}

		if doubt.LookErr != nil {
			detail += unsettled + answer(doubt.LookErr) + nextStep(doubt.LookErr)
		} else {
			detail += "\n\nThe order does not show as canceled. The cancellation may yet arrive."
		}

		return diag.NewErrorDiagnostic("Cancellation is in doubt", detail+
			"\n\nUntil it is canceled the order can be paid. It is safe to cancel it again: the order is read first.")
	case act.DoingUnsubscription:
		detail += answer(doubt.Err)

		if doubt.LookErr != nil {
			detail += unsettled + answer(doubt.LookErr) + nextStep(doubt.LookErr)
		} else {
			detail += "\n\nThe resource shows no effect of it. It may yet come."
		}

		if len(doubt.Orders) > 0 {
			detail += fmt.Sprintf("\n\nOrders that may be of it: %s.", strings.Join(doubt.Orders, ", "))
		}

		return diag.NewAttributeErrorDiagnostic(path.Root("resource_id"), "Unsubscription is in doubt", detail+
			"\n\nIt is not sent again by this run. Apply again: the resource and its orders are read first, and it is unsubscribed only if that "+
			"was not done.")
	case act.DoingConversion:
		detail += answer(doubt.Err)

		if doubt.LookErr != nil {
			detail += unsettled + answer(doubt.LookErr) + nextStep(doubt.LookErr)
		} else {
			detail += "\n\nThe resource does not show as converted. It may yet come, or be under review."
		}

		if len(doubt.Orders) > 0 {
			detail += fmt.Sprintf("\n\nOrders that may be of it: %s.", strings.Join(doubt.Orders, ", "))
		}

		return diag.NewAttributeErrorDiagnostic(path.Root("resource_id"), "Conversion is in doubt", detail+
			"\n\nIt is not sent again by this run. Apply again: the resource and the orders of conversions are read first, and it is converted "+
			"only if that was not done, and nothing is under review that may be it.")
	case act.DoingTransfer:
		detail = fmt.Sprintf("%s Its answer leaves open whether it was made: %s", doubt.Note, answer(doubt.Err))

		if doubt.LookErr != nil {
			detail += "\n\nLooking at what both accounts hold did not settle it: " + answer(doubt.LookErr) + nextStep(doubt.LookErr)
		} else {
			detail += "\n\nWhat both accounts hold does not show it. It may yet come."
		}

		return diag.NewErrorDiagnostic(
			"Transfer is in doubt",
			detail+fmt.Sprintf("\n\nIt was sent under the id %s alone, which the API takes once. "+
				"Apply again: it is sent under the same id, so that money is not moved twice. Do not write a new transfer_key before that.",
				doubt.Subject.ID),
		)
	case act.DoingPayment:
		if doubt.Err == nil {
			return unconfirmedDiagnostic(doubt)
		}
	}

	detail += answer(doubt.Err)

	switch unpaid := bssapi.OrderStatuses.Word(bssapi.OrderStatusPendingPayment); {
	case doubt.LookErr != nil:
		detail += unsettled + answer(doubt.LookErr)
	case doubt.Shows != unpaid:
		detail += fmt.Sprintf("\n\nThe order shows as %s, which does not say whether it was paid. Look at it in the console.", doubt.Shows)
	default:
		detail += "\n\nThe order still shows as unpaid. The payment may yet arrive."
	}

	if doubt.Note != "" {
		detail += "\n\n" + doubt.Note
	}

	return diag.NewErrorDiagnostic("Payment is in doubt", detail+
		"\n\nIt is not sent again by this run. Apply again: the order is read first, adopted if it is paid by then, and paid only if it is not.")
}

// unconfirmedDiagnostic words that an accepted payment does not show.
func unconfirmedDiagnostic(doubt *act.Doubt) diag.Diagnostic {
	detail := fmt.Sprintf("The API accepted the payment of order %s, and the order shows no payment. ", doubt.Subject.ID)

	if doubt.LookErr != nil {
		detail += "The last look failed: " + answer(doubt.LookErr) + nextStep(doubt.LookErr) + " "
	}

	return diag.NewErrorDiagnostic("Payment does not show", detail+
		"It is not sent again from here.\n\nPay or cancel the order in the console, and apply again: what happened is recorded then. Do not "+
		"replace the resource (-replace), and do not invoke the action again, before that: it would pay again, with nothing but the lock of "+
		"the server against a second charge.")
}

// actWarnings are the warnings of an act, at their arguments.
func actWarnings(warnings []act.Warning) diag.Diagnostics {
	var diags diag.Diagnostics

	for _, warning := range warnings {
		warning.Detail = ended(warning.Detail)

		if warning.Field == act.FieldNone {
			diags.AddWarning(warning.Summary, warning.Detail)
		} else {
			diags.AddAttributeWarning(path.Root(string(warning.Field)), warning.Summary, warning.Detail)
		}
	}

	return diags
}

// ended is a text with a full stop, also where it ends with an error.
func ended(text string) string {
	if text == "" || strings.HasSuffix(text, ".") || strings.HasPrefix(text[strings.LastIndex(text, "\n")+1:], " ") {
		return text
	}

	return text + "."
}

// nameWarnings puts a subject into the summary of each warning that does not have it.
func nameWarnings(diags diag.Diagnostics, of subject, id string) diag.Diagnostics {
	if id == "" {
		return diags
	}

	var named diag.Diagnostics

	for _, one := range diags {
		if one.Severity() != diag.SeverityWarning || strings.Contains(one.Summary(), id) {
			named = append(named, one)

			continue
		}

		worded := diag.Diagnostic(diag.NewWarningDiagnostic(fmt.Sprintf("%s: %s %s", one.Summary(), of.noun(), id), one.Detail()))
		if at, ok := one.(diag.DiagnosticWithPath); ok {
			worded = diag.WithPath(at.Path(), worded)
		}

		named = append(named, worded)
	}

	return named
}

// spendingDiagnostics words that the provider's spending block does not allow
// something. They are empty where there is no error.
func spendingDiagnostics(doing string, at path.Path, err error) diag.Diagnostics {
	if err == nil {
		return nil
	}

	var refusal *spending.Refusal
	if !errors.As(err, &refusal) {
		return diag.Diagnostics{apiDiagnostic(doing, err)}
	}

	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, refusal.Summary, "Could not "+doing+". "+refusal.Detail)}
}

// sentence gives an error's text the capital and the full stop of a sentence. A
// name that it begins with, such as that of a variable, stays as it is.
func sentence(text string) string {
	if text == "" {
		return ""
	}

	if first, _, named := strings.Cut(text, ":"); named && !strings.Contains(first, " ") {
		return strings.TrimSuffix(text, ".") + "."
	}

	// The API may answer in Chinese.
	first, size := utf8.DecodeRuneInString(text)

	return string(unicode.ToUpper(first)) + strings.TrimSuffix(text[size:], ".") + "."
}

// atArgument is an error of an argument.
func atArgument(argument path.Path, worded diag.Diagnostic) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(argument, worded.Summary(), worded.Detail())
}

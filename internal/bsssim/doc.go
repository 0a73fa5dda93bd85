// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package bsssim simulates the customer side of Huawei Cloud BSS, so that
// billing can be developed, tested and shown without an account and without
// money. It shares no types with the client and the provider: it is built only
// from operations.json, the description of the API.
//
// It is strict: a request is checked against operations.json, and an unknown
// parameter, a wrong type, a value out of range or a bad signature is refused
// by name. It is stateful: orders are placed, paid, processed and expire, and
// the next call shows what a call changed. It is deterministic: ids count up,
// and nothing waits or fails unless told to.
//
// # What is simulated
//
//   - Orders: list_orders, get_order, list_order_coupons, list_order_discounts,
//     pay_order, pay_order_v1, cancel_order, get_refund_order.
//   - list_coupons, list_coupon_change_records, get_account_balances,
//     list_account_change_records, list_stored_value_cards,
//     get_expenditure_quota.
//   - The dictionaries: list_service_types, list_resource_types,
//     list_service_resources, list_usage_types, list_measure_units,
//     list_conversions, list_resource_specs.
//   - list_packages, list_package_usages, list_package_usage_records.
//   - list_resources, enable_auto_renew, disable_auto_renew,
//     set_to_on_demand_on_expiry, set_renew_config, renew_resources, unsubscribe_resources,
//     convert_to_on_demand_now, and
//     what becomes of resources as time goes on.
//   - get_on_demand_price, get_period_price, get_renewal_price.
//   - list_usage95_summary, list_usage95_details, list_invoices.
//   - get_monthly_sum_bill, list_resource_records, list_resource_fee_records,
//     list_fee_records, of the simulator's own orders, payments and usage;
//     list_costs, list_monthly_cost_breakdown, of the same.
//   - list_sub_customers, list_organizations, get_transferable_amount,
//     get_retrievable_amount, list_transferable_coupons,
//     list_retrievable_coupons, create_sub_customer, send_sub_customer_sms_code,
//     transfer_amount, retrieve_amount, transfer_coupon, retrieve_coupon.
//   - enable_enterprise_project.
//   - IAM, on the same host: GET /v3/auth/domains; keys of an agency, or of a token
//     (POST /v3.0/OS-CREDENTIAL/securitytokens); a token of an identity provider's
//     token (POST /v3.0/OS-AUTH/id-token/tokens), or of a user's password (POST
//     /v3/auth/tokens).
//
// These are all operations of operations.json. Changes of member accounts after
// their creation are not simulated, nor are permissions other than the right to see
// discounts, and taxes. Pay-per-use shows in bills, but no account is charged for
// it: it is owed.
//
// # Identity
//
// [Credentials] has keys, a user and an identity provider of the customer, and keys of
// the operator, another account, which BSS refuses with CBC.0151. The agency billing of
// the customer is delegated to the operator and to the customer itself, and the agency
// relay of the operator to the customer, so that each can be taken on, also one after
// the other. Keys of an agency are keys of the account that it is of. They live from
// 15 minutes to 24 hours of simulated time, 15 minutes if nothing says, and tokens 24
// hours. A token by an identity provider is good for keys alone. Refusals have the form
// of IAM, {"error":{"code","message","title"}}: 404 for an agency, an account or a
// provider that is not there, 403 for an agency that is not delegated to the caller or a
// scope of another account, 401 for a wrong password or token, 400 for a body that does
// not fit. Keys that have ended are refused with APIGW.0301, tokens with CBC.0154.
//
// # Clocks
//
// Quotas and the age of signatures use real time. Everything else (orders,
// deadlines, transitions by duration, lag, the Date header) uses simulated
// time, which runs on with real time and can be advanced.
//
// A transition by reads=N answers the old state to N reads of the object and
// the new state to the next one. Options.Processing is how long a paid order
// stays in status 3, the setting resource_ids_after how long after completion
// its resources appear, and Options.Lag how long reads of orders and resources
// miss a change. Mutations always act on the real state. A read of a resource
// is a query by its id, or one whose page it is on.
//
// # Resources
//
// list_resources answers resources in the order in which they came into being,
// which never changes; attached ones are rows of their own. Filters see what
// the read shows: while a change of status lags, a filter finds the old status.
//
// A primary resource and what is attached to it (a server with its disks and
// its address, a shared bandwidth with its addresses, an address with its
// dedicated bandwidth) share their settings: automatic renewal is turned on and
// off for all of them, whichever is named; the change to pay-per-use at expiry
// is set for a primary resource and covers the rest. expire_policy shows 3
// while automatic renewal is on, else 1 while the change to pay-per-use is set,
// else the default policy of the resource. auto_renew_times, if not given,
// stays as last set, and counts anew if the renewal was off; if given, it
// counts anew. period_type, if not given, stays too; if never given, it is that
// of the resource's last order.
//
// As simulated time advances, each event happens at its own time, even if the
// clock jumps over it:
//
//   - An automatic renewal is deducted at 03:00 (UTC+8) seven days before the
//     day of the expiry, or what set_renew_config says, or as soon as it is
//     enabled, or the day set, later than that, and tried again every day at 03:00 until the resource is closed. It fails without a
//     trace while the balance and credit are short, or (with server_locks) an
//     unpaid or processing order is about the resource. It makes one completed
//     order of type 2 with a line for each resource, a payment by system, and
//     moves the expiry of each on by a calendar month or year from the old one.
//     When auto_renew_times are used up, it is off.
//   - At its expiry a resource in use goes by its policy: 0, 3 and unknown
//     codes: expired for 15 days (the grace period), frozen for 15 more (the
//     retention period), closed. 1 (it is pay-per-use now) and 2: closed at
//     once. 4: frozen for 30 days, closed. 5: frozen for 15 days, closed.
//   - A renewal brings an expired or frozen resource back into use if its new
//     expiry is to come, but not one that the vendor froze.
//
// A month costs monthly_price, else 60.00 for a server, 10.00 for a disk, 15.00
// for an address or a bandwidth, 120.00 for a database, 40.00 for a cache, and
// 20.00 for anything else; a year twelve times that.
//
// Refusals of the settings, all without effect: an id that does not exist, is
// closed, or is not known to billing yet, CBC.99003012; enabling what is
// expired or frozen, CBC.99003602; disabling what is off, CBC.99003605. A call
// of set_to_on_demand_on_expiry is refused as a whole for such an id, and with
// CBC.30010036 for an attached one; error_details, beside others that succeed,
// has what is expired or frozen (CBC.99003610) and a CANCEL of what is not set
// (CBC.0101). The act refuse makes any other code appear.
//
// # Renewals
//
// renew_resources places an order of type 2 for each resource that it names,
// for the renewal price, with a line for it and each attached one; no answer
// says which resource an order or a line is about. The lines show the period
// from the expiry that each had when the order was placed. Once the order is
// paid and processed, each gets the period from the expiry that it has then, and
// the lines show that. Months and years are those of the calendar of UTC+8;
// 31 January and a month is the end of February.
//
// The order offers the discounts of prices: the commercial one as type 2, the
// distributor's as type 3, neither contained in its amount. With is_auto_pay,
// all orders are paid at once, each with its best discount and without coupons,
// or, while balance and credit are short for all of them together, none, and
// the call is refused with CBC.30050006.
//
// Failures of single resources: unknown, closed, or not known yet,
// CBC.99003016; attached, CBC.30010036; and, with server_locks, in an unpaid
// order or one to be approved, CBC.99003100, in one that is processed,
// CBC.99003144. The setting renew_failures says whether they stand in
// fail_resource_infos; the act refuse makes any other code appear. An id that is
// given twice is a bad parameter. What is expired or frozen can be renewed.
//
// # Conversions
//
// convert_to_on_demand_now places an order of type 10, of no amount, for each
// resource that it names, with a line for it and each attached one. For
// Options.Processing the order is in status 3 and the resources are as they were;
// then it is completed, and the resources are pay-per-use: their rows show what the
// setting converted_resources says, and their use is billed by the hour, at a 720th
// of the monthly price. With reads=N, reads of the resource count as those of the
// order. The rest of the term is not refunded: no source says what becomes of it.
// With conversion_review the result is AUDIT, and the order waits until somebody
// decides. What is closed meanwhile is not converted, and its order is canceled.
//
// No source has the codes of this call. Failures of single resources are those of
// set_to_on_demand_on_expiry: unknown, closed, converted, or not known yet,
// CBC.99003012; attached, CBC.30010036; frozen by the vendor, CBC.99003624; expired
// or frozen, CBC.99003610; and, with server_locks, in an unpaid order, CBC.99003100,
// in one that is processed, CBC.99003623. convert_failures says whether they are
// results; the act refuse makes any other code appear.
//
// # Unsubscriptions
//
// unsubscribe_resources places an order of type 4 for each resource that it
// names, with a line for it and each attached one that is refunded in part or
// whole. No answer says which resource an order, a line or a refund is about.
// For Options.Processing the order is in status 3 and the resources are in use;
// then it is completed, its amount is on the balance, and the resources are
// closed. With reads=N, reads of the resource count as those of the order. With
// type 2, only the periods that renewals added and that have not started are
// given back; the resource stays, and ends where they began.
//
// Such a period is refunded with what was paid for it, without coupons. So is
// one that started less than five days ago; of an older one, used days are not
// refunded, and a fee of 10 percent is kept from the rest. The first period
// counts as paid with a thirtieth of the monthly price a day. A period that is
// over is worth nothing.
//
// The amounts of the order and its lines are negative, less the fee;
// commission_amount is the fee, consumed_amount what is used up. In
// get_refund_order each period is a negative amount of its own with the order
// that sold it as base_order_id, and each fee a positive one. Anything but an
// unsubscription is refused there with CBC.99005026.
//
// Failures of single resources: unknown, closed, or not known yet, the setting
// gone_code; attached, CBC.99003185; frozen by the vendor, CBC.99003656; for
// type 2, without a renewed period that has not started, CBC.99003128; and, with
// server_locks, in an unpaid order or one to be approved, CBC.99003100, in one
// that is processed, another unsubscription included, CBC.99003651. The setting
// unsubscribe_failures says whether they stand in fail_resource_infos; the act
// refuse makes any other code appear. An id that is given twice is a bad
// parameter. What is expired, or frozen because of that, can be unsubscribed.
//
// # Prices
//
// The price list is invented and small: servers (s6.small.1, s6.large.2,
// s6.xlarge.2, c7.large.2, c7.xlarge.4, each .linux and .win), disks (SATA, SAS,
// GPSSD, SSD, ESSD, by GB), addresses (5_bgp, 5_sbgp), bandwidth (19_bgp,
// 19_sbgp, 19_share, by Mbit/s; 12_bgp, 12_sbgp, by traffic), one database, one
// cache and one document database, and, on china, one product with installments
// (hws.service.type.ies, hws.resource.type.ies.rack, cloudpond.compute.1).
// Usage is by the factor Duration in hours, or upflow in GB. It is sold in
// cn-north-4, cn-east-3, cn-south-1, ap-southeast-1, ap-southeast-3, af-south-1
// and eu-west-101 on every site, in its currency, for months and for years, of
// which each costs ten months. What the list does not have, days and hours
// included, is refused with CBC.99006006 alone. Amounts for a period have 2
// decimals, each product being rounded; those of usage 6, or 10 when asked.
//
// The customer has a commercial discount (605) of 10 and a distributor's (606)
// of 5 percent on everything. On demand, the better one is contained in the
// amount, and discount_rating_results says what it took off; for a period and
// for a renewal, each is offered. Without the permission there are none, also
// in the amount.
//
// The renewal of a resource costs its monthly price, as under Resources, and
// that of what is attached to it; renew_resources and the act renew place
// orders for that amount.
// With include_relative_resources, resources that are associated_with it have
// rows of their own. Failures in fail_resource_infos: unknown, closed, or not
// known yet, CBC.30050009; attached, CBC.30050007; pay-per-use by now,
// CBC.30050013; in an unpaid order, or one to be approved, CBC.30050010, and in
// a processing one CBC.30050011, whatever server_locks says. The act refuse
// makes any other appear.
//
// # Bills
//
// Every payment of an order makes lines in the month and on the day (UTC+8) of
// the payment: its amounts are divided in cents among the lines of the order,
// and those among their resources. An order placed as paid or completed counts
// as paid in cash. An unsubscription makes negative lines once it is completed.
// An order of a billion or more makes none.
//
// What add_usage adds, and a resource that became pay-per-use at its expiry (at
// a 720th of its monthly price an hour), make a line of type 5 when a settlement
// ends: each full hour, or each day of UTC+8. The amount is cut to 8 decimals.
//
// Lines have 8 decimals. list_resource_records and list_resource_fee_records
// show them, or add them up by resource, charge mode, type and period (and
// day); get_monthly_sum_bill adds them up by service, resource type, charge
// mode, coarse type and account, and list_fee_records by order, or resource and
// day of usage. The latter two cut each kind of money to cents; what they cut
// off is truncated_amount and erase_amount, so that for every bill the amounts
// and what was cut off add up to the lines, exactly. There is no
// bonus money. Rows that add lines up have the text of the first of them.
//
// [Server.Ledger], and ledger in the world, give the exact totals of all lines,
// by other code than the answers of calls.
//
// # Costs
//
// Costs are the lines of bills. The original cost of a line is that of its day.
// The amortized cost of a yearly/monthly term is spread evenly over its seconds,
// from its first to its last, and cut to 8 decimals so that adjoining days and
// months add up to the line, to the last digit. What is left of a term that is
// given back is a cost of that day, as its refund is; all other lines are costs of
// their own day. Amounts to be paid are what is consumed; amounts paid are that
// without coupons.
//
// list_costs answers a row for each combination of what it is grouped by, in the
// order of the values, with those days or months (of UTC+8, first and last
// included) in which it has a line. It takes one or two groups, not two tags and
// not two cost units, and 100 filters. A period must have begun.
// list_monthly_cost_breakdown answers the charges that were made in a month, or
// that are a cost in it, of the last 18 months; usage is added up by resource.
// What is owed or written off is in amortized_cash_amount. There is one cost unit,
// environment, which is production for what has the tag env=prod, and nothing for
// anything else.
//
// # Dictionaries
//
// What list_resource_specs answers is what the price list sells in that charge
// mode, and everything in the demo world and in generated ones is of it. Names
// are English, or Chinese with zh_CN and on china. The marketplace is in no
// dictionary. Filters by name are parts of names, without regard to case.
//
// # Packages
//
// Usage in the bills of add_usage, and of what became pay-per-use, is deducted
// from packages of hours of its type of resource, region and enterprise project,
// from what expires first, when the usage is settled. What is covered costs
// nothing: lines of bills show it as free_resource_usage. Packages with a
// quota_reuse_cycle are filled up at the start of each cycle; amounts are those
// of the current one. What is in another unit than hours is never used. Packages
// that expired more than 18 months ago are not answered. Lines of bill_lines are
// not deducted.
//
// # Changes, cards and quotas
//
// Every payment, refund, set_balance, and every issue, use and expiry of a cash
// coupon is entered in the books that list_account_change_records and
// list_coupon_change_records answer, the newest first. Without days it is the
// last year until today (UTC+8); a filter that is empty fits nothing. A discount
// coupon holds no money, and holding a coupon for an order is no change. What
// happened before the simulation began has no entry.
//
// Stored-value cards and the expenditure quota stand as the console has set them:
// no payment uses them.
//
// # Bandwidth and invoices
//
// What measure_bandwidth names has a data point every five minutes, which follows
// from its mbit: from a fifth of it at midnight (UTC+8) to all of it at noon, and
// twice as much in one point of a hundred. What is billed is the highest point but
// for the highest twentieth; it shows from the second of the next month, 20:00
// (UTC+8). It is in no bill.
//
// For each month there is an invoice of the cash, credit and debt of its monthly
// bill of the account itself, coupons aside, asked for on the fifth of the next
// month at 10:00 (UTC+8) and completed a day later; negative, if more came back than
// was spent; none of 0.00. add_invoice adds others.
//
// # Enterprise
//
// The customer is the master of an enterprise: organizations as a tree below a
// root, and members, each in one of them or in the root. A member has accounts and
// coupons of its own. Orders of the world whose customer is a member are the
// member's: list_orders has them with method sub_customer alone, what they provide
// is not among the customer's resources, and bills have them under the member's id
// and name.
//
// What can be transferred is what the customer's accounts hold: one row of cash,
// and a row for each credit, which ends at its time. What can be retrieved is what
// the member's accounts hold; a closed member's hold nothing. Payments take from
// all credits. Of coupons, those count that are cash coupons of the vendor (kind
// activity, business or test), available, not frozen, not held by an order, inside
// their time and not empty; of a member's, those alone that came from the
// customer, which have a sub_coupon_id. Transfers move exactly that, at once and one
// by one; reads show them after a lag of a duration. A trans_id is taken once; one
// that is left out protects nothing. Credit is named by its expiry, and keeps it at
// the member. A coupon that is used up by its first use is given away as a whole; a
// part that is retrieved goes back to its coupon. Names are compared letter by letter; a part
// of a name is enough with fuzzy_query.
//
// create_sub_customer makes a member in the status new_member_status, which is
// normal once Options.Processing is over; reads count where its name is among what
// is asked for. A name that a member has, closed ones included, is refused with
// CBC.7004 and HTTP 500 (with server_locks off there are two then), one with spaces
// or slashes with CBC.99000031, and an organization that does not exist as a bad
// parameter. A phone of its own takes the code of the newest message to it, once:
// another is refused with CBC.99000026, one whose time is over with CBC.99000027.
// No password, phone number or code is in the journal, the world or its file; the
// act read_code answers what the phone shows.
//
// send_sub_customer_sms_code sends a code that lives for timeout minutes: 10 if it is
// missing or 0, 5 if it is above 60. More than ten a day for a phone are refused with
// CBC.99000082. enable_enterprise_project opens enterprise projects, once and for all.
//
// # Generated worlds
//
// Options.Generate, or -generate resources=N, makes N primary resources in use,
// res-000001 to res-N with six digits, and attached=M adds M disks to each,
// res-000001-1 to res-000001-M. They expire in 1 to 360 days in turn. Their
// services take turns among six, their regions among three. Every fourth is in
// an enterprise project other than the default one. Of ten, three are renewed
// automatically (the 2nd, 5th and 9th), one becomes pay-per-use (the 7th), and
// six have policy 0. The balance is 0 unless the seed or the console sets it.
//
// bill_lines=N makes N lines of bills over the current month and the two before
// it, a third in each, of resources used-000001 and so on with about ten lines a
// month: six services, three regions, two enterprise projects and none, charge
// modes 1, 3 and 10, types 1, 2, 4, 5, 8 and 9. Usage has all 8 decimals, orders
// have whole cents. Resources have the tags team and, every other one, env; one of
// seven has none. Of fifty lines, one costs nothing; of sixty resources, three
// are of members, who take turns. They belong to no order of list_orders. The world
// file keeps their number, not the lines.
//
// members=N makes N members member-000001 and so on, who take turns among the root
// and seven organizations (Engineering with Platform and Data, Sales with North and
// South, Research); those that the seed has are not made again. Each holds cash,
// every third one credit that ends, every other one a part of a coupon, and each
// has one or two completed orders of the last 80 days. bill_lines without members
// makes one member, who holds nothing.
//
// packages=N makes N packages PKG0000001 and so on of servers and addresses, in
// three regions, and metered-000001 and so on, which were used for the last thirty
// days: one for every two packages. Of ten, one is filled up again, one was a
// gift, one is not yet in effect, one expired, and one was unsubscribed.
//
// # Demo
//
// The seed demo is a customer with a balance of 1000.00, a credit of 500.00,
// two cash coupons (CP2611220000001: 10.00; CP2611220000002: 50.00, reusable,
// not with a commercial discount), a discount coupon (CP2611220000003), a
// stored-value card of 200.00 that ends in 20 days and one that is used up, an
// expenditure quota of 2000.00 with 500.00 used, an enterprise (the
// organizations ou-engineering with ou-platform and ou-data, ou-sales; the
// members team-a, who holds 120.00, a credit of 50.00 and 20.00 of
// CP2611220000002, team-b, who holds nothing, and old-team, who is closed),
// twelve resources
// b5500000-51a0-4000-8000-000000000001 to ...00c (servers ...001, with two
// disks, and ...004, with one, which is renewed automatically; a database
// ...006 that ends in 5 days; a cache ...007 that becomes pay-per-use; an
// address ...008 with its bandwidth, renewed automatically; ...00a expired,
// ...00b frozen, ...00c closed), an invoice of the balance of 1000.00,
// bandwidth of cdn.example.com and office-line (enhanced) for the last two
// months, and of trial-line for two hours of the last month, a pay-per-use address ...0f1, whose use is covered by packages
// (PK2611220000001: addresses and bandwidth, filled up each month; ...002: used
// up), packages of other services (...003: a gift; ...004: not yet in effect;
// ...005: expired; ...006: unsubscribed; ...007: too old to be answered), and
// these orders, in the currency of the site:
//
//	CS2611220000001  unpaid, new, 136.80, two lines
//	CS2611220000002  unpaid, new, 58.20
//	CS2611220000003  unpaid, renewal of ...001 for 3 months, 410.40
//	CS2611220000004  completed, new, 24.90, with its resource
//	CS2611220000005  canceled, 99.00
//	CS2611220000006  pending approval, 1200.00
//	CS2611220000007  processing, 75.00; it stays so until set_status
//	CS2611220000008  unpaid, combined, 100.00 of CS2611220000009 and CS2611220000010
//	CS2611220000011  unpaid, 320.00, to be paid by the master account
//	CS2611220000012  unpaid, 180.00 of 200.00: a commercial discount DC0000000001
//	                 (20.00, contained in the amount), a promotion DC0000000002
//	                 (30.00), a partner's discount DC0000000003 (10.00)
//
// # Settings
//
// Settings switch what no source settles. The first value is the default.
//
//	account_site                (none), china, international, europe: where the
//	                            account lives; elsewhere every call is refused
//	change_amounts              unsigned, signed: whether what is taken out has a
//	                            negative amount in lists of changes
//	conversion_order_ids        on, off: whether convert_to_on_demand_now names the
//	                            orders
//	conversion_review           off, on: whether conversions are put under review,
//	                            until the act approve_order or refuse_order
//	convert_failures            inside, partial, whole: as renew_failures
//	converted_resources         closed, gone, in_use: what list_resources shows of a
//	                            resource that was converted: a closed row, none, or
//	                            the row as it was
//	code_success                204, 200, 200_code, 200_empty: how the success of
//	                            send_sub_customer_sms_code looks: HTTP 204, or 200
//	                            with {}, with CBC.0000, or with nothing
//	cost_center                 on, off: off refuses all queries of costs with
//	                            CBC.18000014
//	cost_rows                   group, period: whether a row of list_costs has all
//	                            periods of a group, or one
//	cost_tag_form               value, colon, equals, opaque: how list_costs writes
//	                            the value of a tag or cost unit, in answers and
//	                            filters: alone, as key:value or key=value, or some
//	                            of them with the key and some without
//	cost_tag_key                dimension, own: whether the key of such a value in
//	                            an answer is RESOURCE_TAG or COST_UNIT, or the key of
//	                            the tag or cost unit itself
//	cost_untagged               empty, null, absent, text: how list_costs writes that
//	                            there is no value; text is the word null
//	costs_before_billing        shown, absent: whether costs of the previous month
//	                            show before it is billed, on the 4th at 12:00 (UTC+8)
//	coupon_exclusion            by_type, any_discount: what a coupon's limits on
//	                            simultaneous use exclude
//	custody                     off, on: a master account pays; paying leaves the
//	                            order in status 6 and marks it
//	deadline_after_payment      keep, drop
//	deadline_cancels            on, off: whether an order shows as canceled as
//	                            soon as its payment deadline has passed
//	deduction_days_before       7; 2 to 7: how many days before its expiry the
//	                            renewal of a resource is first deducted
//	discount_changes_amount     on, off: whether the order's amount shows what
//	                            was charged
//	discount_permission         on, off: without it discounts are not listed
//	enable_twice                ok, error: enabling automatic renewal again without
//	                            changing anything is refused with CBC.0101
//	enterprise_master           on, CBC.0151, CBC.0155: whether the customer is the
//	                            master of an enterprise; else how calls that only a
//	                            master may make are refused
//	fail_check_items            texts, id, item, nested, object, text, without: how
//	                            refusals name the checks that failed: texts; objects
//	                            with id and name, with fail_check_item and desc, or
//	                            with more inside; one object; one text; or not at all
//	failed_auto_pay_leaves_order
//	                            off, on: whether renewals that could not be paid at
//	                            once remain as unpaid orders
//	gone_code                   CBC.30000067, CBC.99003012: the refusal to unsubscribe
//	                            what is closed, or what billing does not know (yet)
//	member_organization         itself, below: whether org_id of list_sub_customers
//	                            finds members of organizations below it, too
//	member_shows_after          reads=0; reads=N or duration=D: until then no list has
//	                            a member that was created
//	monthly_settlement          off, on: payments need no balance
//	new_member_status           2, 101, 102: of a member that was created, until it is
//	                            normal
//	no_discount_charges         after, official: what a payment without a
//	                            discount charges when the amount contains one that
//	                            can be selected
//	numbers                     numbers, texts: how answers write them
//	order_coupons_on_europe     off, on
//	order_query_finds_conversions
//	                            off, on: whether list_resources by the id of a
//	                            conversion finds what it converts
//	order_query_finds_renewals  off, on: whether list_resources by the id of an
//	                            unpaid renewal finds what it renews, and what is
//	                            attached to that
//	package_usage_ids           0; the most ids that list_package_usages takes; 0: any
//	                            number
//	page_most                   0; any number: how many rows a page has at most,
//	                            whatever limit says; 0 is as many as limit says
//	page_offset                 kept, ignored: ignored, every page is the first
//	page_total                  all, page: what the total of a page counts: all rows,
//	                            or those of the page alone. With page_most below
//	                            limit too, the first page cannot be told from a
//	                            whole list by anybody
//	page_shift                  off, overlap, miss, on: pages of list_resources
//	                            after the first repeat the last row of the page
//	                            before (total_count is one more), or leave out the
//	                            row after it (one less), as if the list had changed
//	                            in front of them; on: the second page overlaps, the
//	                            third misses, and so on
//	pay_v1_on_europe            off, on
//	price_discounts             both, commercial, partner, none: the discounts that
//	                            prices offer
//	project_authority           grants, NOT_OPEN_PROJECT_GROUP,
//	                            NOT_OPEN_MULTI_PROJECT,
//	                            SELF_OPEN_ONLY_FOR_ENT_AND_INTR_CUST: the check that
//	                            enable_enterprise_project is refused for, with
//	                            CBC.99007004
//	project_authority_success   204, 200, 200_code, 200_empty: as code_success
//	projects_open_again         ok, NOT_OPEN_ENTERPRISE_PROJECT,
//	                            ENTERPRISE_PROJECT_ALREADY_OPENED, NOT_OPEN_EP: what
//	                            opening again ends in: a success, or CBC.99007004 for
//	                            this check
//	refusals_echo               off, on: whether refusals of verification codes say
//	                            again the phone and the password
//	refund_amounts              negative, positive: the sign of the amounts of
//	                            unsubscriptions and their lines, but of
//	                            get_refund_order
//	renew_failures              inside, partial, whole: whether failures of resources
//	                            stand inside HTTP 200; partial: only beside others
//	                            that succeed, else the first is the answer, with
//	                            HTTP 400; whole: the first is the answer always
//	repeat_while_processing     CBC.99003106, CBC.99000088: the refusal of a
//	                            payment while the order is processed
//	resettable_used_up          in_effect, used_up: the status of a package that is
//	                            used up in this cycle and will be filled up
//	resource_ids_after          reads=0; reads=N or duration=D
//	resource_tag_form           equals, colons, json, json_list, opaque: how bills
//	                            write tags: k=v;l=w or k:v,l:w, as an object or a list
//	                            of key and value, or in a form that nobody can read
//	retrieve_amount_status      204, 200: the success of retrieve_amount, which has no
//	                            body
//	review_shows                approval, processing, nothing: the status of a
//	                            conversion under review: 1, 3, or no order at all
//	server_locks                on, off: off charges an order again that is paid,
//	                            and places another renewal or unsubscription of a
//	                            resource that an open order is about
//	set_up_twice                ok, error: SET_UP of what is set up already fails
//	                            for its id with CBC.0101
//	setup_replaces_autorenew    on, off: whether automatic renewal and the change to
//	                            pay-per-use replace each other; off: both are kept,
//	                            and the latter shows once the former is disabled
//	spec_markers                move, stay, repeat: where the markers of
//	                            list_resource_specs lead after the first page; stay:
//	                            to the page itself; repeat: to one before
//	spec_page_size              0; the most rows that a page of list_resource_specs
//	                            has, whatever was asked for; 0: as many as asked for
//	sub_orders                  by_id, listed, hidden: how list_orders shows parts
//	                            of a combined order beside sub_order_infos
//	total_count_lies            0; any whole number: what list_resources adds to
//	                            total_count
//	trans_id_burnt_by_refusal   off, on: whether a trans_id that was refused counts as
//	                            used
//	trans_id_kept_for           forever; or a duration: for how long a used trans_id
//	                            is remembered
//	transfer_records            own_id, trans_id, none: the trade id of a transfer
//	                            in the records of changes; none: they show no
//	                            transfers
//	unallocated_project         text, json: whether the null of lines that belong to
//	                            no enterprise project is a text, or JSON's null
//	unified_day_in_price        on, off: whether the price of a renewal covers the
//	                            days up to the unified day, as its order does
//	unified_expiry_day          0, 1 to 28, or -1 for the last of the month: the day
//	                            (UTC+8) on which renewals are to end. Each is
//	                            lengthened to the next one, at a thirtieth of the
//	                            monthly price a day
//	unknown_member              error, empty: the answer about what a member holds
//	                            that does not exist: CBC.0100, or nothing
//	unknown_order               empty, error: get_order's answer for an order that
//	                            does not exist: total_count 0, or CBC.0101
//	unpaid_line_times           on, off: whether lines of a renewal that is not paid
//	                            carry the times of the renewed period
//	unsubscribe_failures        partial, inside, whole: as renew_failures
//	unsubscription_status       3, 2: of an unsubscription that is processed
//	v1_error_status             documented, 200: HTTP status of errors of the old
//	                            payment call
//	wrong_site_code             CBC.0156, CBC.0150
//
// # Console
//
// [Server.Console], or POST /_sim/console with {"<act>":{…}}, does what a
// person at the console would do. Amounts are text or numbers; times are
// RFC 3339, or a duration from now such as "48h" or "-1h".
//
//	place_order        amount (required unless sub_orders; of an unsubscription with
//	                   or without its sign), official_amount,
//	                   order_id, order_type (1), status (6), currency,
//	                   service_type_code, lines (a number, or a list of
//	                   {service_type_code, product_id, product_spec_desc,
//	                   period_type, period_num, subscription_num, amount,
//	                   official_amount}), period_type (2), period_num (1),
//	                   create_time, deadline (seven days on), discounts [{id, type,
//	                   amount, ratio, mode, priced_in}], coupons [as add_coupon],
//	                   coupon_max, agent_pay, sub_orders [amounts], customer_id
//	                   (a member's, for one of its orders),
//	                   resources (how many it provides: 1), resource_ids (what a
//	                   renewal renews), enterprise_project_id, quota_short,
//	                   project_funds_short. Answers order_id, sub_order_ids,
//	                   coupon_ids, discount_ids, resource_ids.
//	pay_order          order_id, coupon_ids, discount_id, by (console, system)
//	cancel_order       order_id
//	approve_order      order_id: from pending approval to unpaid; a conversion under
//	                   review is carried out
//	refuse_order       order_id: of a conversion under review, which is canceled
//	reprice_order      order_id, amount
//	set_status         order_id, status: any code, which then stays
//	expire_order       order_id: its payment deadline is now
//	add_agency         name, domain_id and domain_name (the customer's), trusts (ids
//	                   of accounts)
//	set_password       user_name, password
//	set_id_token       id (of the identity provider), id_token, expires_at (never)
//	end_keys           all keys and tokens that IAM has given end now
//	add_coupon         id, type (1), face_value (of a discount coupon: the share
//	                   that is left to pay), version (1), balance, group, status
//	                   (2), name, expire_time, use_limits [{limit_key, value1,
//	                   value2}], frozen, order_id, kind (activity; business, test
//	                   or partner), member_id (whose it is, if not the
//	                   customer's), sub_coupon_id (of what came from the customer)
//	add_credit         amount, expire_time (a year on), member_id: credit beside
//	                   what is there
//	add_member         name, id, display_name, status (1), organization_id (the
//	                   root), amount, credit. Answers member_id.
//	add_organization   name, id, parent_id (the root). Answers organization_id.
//	read_code          mobile_phone. Answers verification_code, that of the newest
//	                   message to it.
//	set_member         member_id, status (any code), display_name, organization_id
//	transfer           member_id, amount, retrieved (else transferred), coupon_id (a
//	                   part of it, in the place of cash). Answers sub_coupon_id.
//	hold_transfer      for: another transfer runs for so long, as 30s
//	add_card           id, name, face_value, balance (face_value), effective_time
//	                   (now), expire_time (a year on)
//	add_invoice        apply_time (now), fields {as the answer has them, in camel case}:
//	                   beside those of the months
//	measure_bandwidth  resource_id, mbit (both required), service_type_code (CDN),
//	                   resource_type_code (the one of the service), usage_type
//	                   (95Peak), guaranteed, since (now), until
//	lock_coupon        coupon_id, order_id (empty unlocks)
//	expire_coupon      coupon_id
//	set_balance        amount, credit, member_id (the customer's, if unset)
//	set_quota          amount, used: the expenditure quota
//	add_resource       resource_id, name, region_code, service_type_code,
//	                   resource_type_code, parent_resource_id, status (2),
//	                   expire_time (a month on), expire_policy (default_policy),
//	                   default_policy (0), period_type of its last order (2),
//	                   monthly_price, spec_size, enterprise_project_id, tags
//	                   {key: value}, order_id,
//	                   known_after (reads=N or duration=D: until then queries do not
//	                   find it and settings refuse it), associated_with (a
//	                   primary resource). With policy 3, today's deduction counts
//	                   as tried.
//	add_package        amount (required unless free_resources), product_id,
//	                   product_name, order_id, enterprise_project_id,
//	                   effective_time (now), expire_time (a year on),
//	                   service_type_code (addresses), region_code (any), gift,
//	                   quota_reuse_cycle (0: never; 1 hour to 5 year),
//	                   quota_reuse_cycle_type (1), free_resources [{original_amount,
//	                   resource_type_code, usage_type_code, measure_id (4)}].
//	                   Answers order_instance_id, free_resource_ids.
//	unsubscribe_package
//	                   order_instance_id
//	add_usage          hourly_price (required), settlement (hour; or day), since
//	                   (now), until, resource_id, name, region_code,
//	                   service_type_code, resource_type_code, spec_size,
//	                   enterprise_project_id, tags: something that is paid by use
//	end_usage          resource_id
//	renew              resource_id, period_type, period_num, amount (the renewal
//	                   price), unpaid: as renew_resources, but nothing locks it
//	unsubscribe        resource_id, refund (what it is worth), renewals_only: as
//	                   unsubscribe_resources, but nothing locks it
//	convert            resource_id: as convert_to_on_demand_now, but nothing locks or
//	                   reviews it
//	expire             resource_id: its expiry is now, also if it was renewed
//	freeze             resource_id: by the vendor, so that no renewal unfreezes it
//	unfreeze           resource_id
//	close_resource     resource_id
//	set_expire_policy  resource_id, policy: 3 turns automatic renewal on, 1 sets the
//	                   change to pay-per-use, any other number, known or not, turns
//	                   both off and becomes the default
//	refuse             resource_id, operation (one of the three settings,
//	                   get_renewal_price, renew_resources,
//	                   unsubscribe_resources or convert_to_on_demand_now), code (none: no longer), whole (true
//	                   for the settings, but for CBC.99003610; for
//	                   set_to_on_demand_on_expiry false puts it in error_details,
//	                   for the latter three true refuses the whole call)
//
// The acts on a resource cover what is attached to it.
//
// # Choices
//
// If the documentation leaves the answer open and no setting exists, the
// simulator decides as follows. An order-price adjustment (609) that is not
// used, and a discount that the order does not offer, are refused with
// CBC.99003108. A coupon that is locked, frozen, expired or for another order
// is refused as used (CBC.99003112); one that does not exist, or has another
// type, as a bad parameter. A repeated payment of an order that waits for the
// master account answers 204 and changes nothing. Cancelling an unknown order
// is refused with CBC.30000010. A future billing month, one more than 36 months
// ago, and dates of another month are bad parameters; one date of a range
// without the other has no effect. With installments, official_website_amount
// is what is due at the start. A parameter for partners is refused by name.
// X-Domain-Id, and the domain of a path, must be the customer's.
package bsssim

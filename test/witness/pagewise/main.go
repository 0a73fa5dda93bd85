// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Command pagewise reads orders, or lines of bills, page after page with the
// vendor's Go SDK, as its examples do: what the benchmarks compare the provider
// with.
//
//	pagewise orders SINCE
//	pagewise [-keep] lines MONTH...
//
// SINCE is an RFC 3339 instant, MONTH is YYYY-MM. BSS_ENDPOINT, HW_ACCESS_KEY,
// HW_SECRET_KEY and HW_DOMAIN_ID lead to the account. It prints a line of JSON.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/global"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/invoker"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/invoker/retry"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"
	bss "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/bss/v2"
	bssmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/bss/v2/model"
	bssintl "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/bssintl/v2"
	bssintlmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/bssintl/v2/model"
	"github.com/shopspring/decimal"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

const (
	orderPage = 100
	linePage  = 1000
	// mostRetries is how often a call is repeated that came too fast.
	mostRetries = 10
)

// result is what was read.
type result struct {
	// Calls counts pages, repeats of one apart.
	Calls int `json:"calls"`
	Rows  int `json:"rows"`
	// Sum is that of what there was to pay.
	Sum     decimal.Decimal `json:"sum"`
	Seconds float64         `json:"seconds"`
	// Memory is the most that was resident, in bytes; 0 where the system does
	// not keep it as Linux does.
	Memory int64 `json:"memory"`
}

func main() {
	if err := run(os.Args[1:], os.Getenv, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "pagewise:", err)
		os.Exit(1)
	}
}

func run(arguments []string, getenv func(string) string, stdout io.Writer) error {
	flags := flag.NewFlagSet("pagewise", flag.ContinueOnError)
	keep := flags.Bool("keep", false, "keep all lines in memory")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	client, err := connect(getenv)
	if err != nil {
		return err
	}
	clock := bssapi.SystemClock()
	start := clock.Now()
	var read result
	switch {
	case flags.Arg(0) == "orders" && flags.NArg() == 2:
		read, err = orders(client, flags.Arg(1))
	case flags.Arg(0) == "lines" && flags.NArg() > 1:
		read, err = lines(client, flags.Args()[1:], *keep)
	default:
		err = errors.New("the arguments are orders SINCE, or lines and months")
	}
	if err != nil {
		return err
	}
	read.Seconds = clock.Now().Sub(start).Seconds()
	if read.Memory, err = peakMemory(); err != nil {
		return err
	}

	return json.NewEncoder(stdout).Encode(read)
}

func connect(getenv func(string) string) (*core.HcHttpClient, error) {
	credentials, err := global.NewCredentialsBuilder().
		WithAk(getenv("HW_ACCESS_KEY")).WithSk(getenv("HW_SECRET_KEY")).WithDomainId(getenv("HW_DOMAIN_ID")).SafeBuild()
	if err != nil {
		return nil, err
	}

	return bss.BssClientBuilder().WithEndpoint(getenv("BSS_ENDPOINT")).WithCredential(credentials).SafeBuild()
}

// orders reads the orders of an account of the international site.
func orders(client *core.HcHttpClient, since string) (result, error) {
	var (
		read  result
		limit = int32(orderPage)
	)
	for offset := int32(0); ; offset += limit {
		ask := bssintl.NewBssintlClient(client).ListCustomerOrdersInvoker(&bssintlmodel.ListCustomerOrdersRequest{
			CreateTimeBegin: &since, Offset: &offset, Limit: &limit,
		})
		patient(ask.BaseInvoker)
		page, err := ask.Invoke()
		if err != nil {
			return read, err
		}
		if page.OrderInfos == nil || page.TotalCount == nil {
			return read, errors.New("a page names no orders, or no total")
		}
		read.Calls++
		for _, order := range *page.OrderInfos {
			read.Rows++
			if order.AmountAfterDiscount != nil {
				read.Sum = read.Sum.Add(decimal.NewFromFloat(*order.AmountAfterDiscount))
			}
		}
		if offset+limit >= *page.TotalCount {
			return read, nil
		}
	}
}

// lines reads the lines of bills of an account of the China site.
func lines(client *core.HcHttpClient, months []string, keep bool) (result, error) {
	var (
		read      result
		kept      []bssmodel.MonthlyBillRes
		limit     = int32(linePage)
		statistic = int32(bssapi.StatisticTypeDetail)
		zero      = true
	)
	for _, month := range months {
		for offset := int32(0); ; offset += limit {
			ask := bss.NewBssClient(client).ListCustomerselfResourceRecordDetailsInvoker(&bssmodel.ListCustomerselfResourceRecordDetailsRequest{
				Body: &bssmodel.QueryResRecordsDetailReq{
					Cycle: month, StatisticType: &statistic, IncludeZeroRecord: &zero, Offset: &offset, Limit: &limit,
				},
			})
			patient(ask.BaseInvoker)
			page, err := ask.Invoke()
			if err != nil {
				return read, err
			}
			if page.MonthlyRecords == nil || page.TotalCount == nil {
				return read, errors.New("a page names no lines, or no total")
			}
			read.Calls++
			for _, line := range *page.MonthlyRecords {
				read.Rows++
				if line.ConsumeAmount != nil {
					read.Sum = read.Sum.Add(*line.ConsumeAmount)
				}
			}
			if keep {
				kept = append(kept, *page.MonthlyRecords...)
			}
			if offset+limit >= *page.TotalCount {
				break
			}
		}
	}
	if keep && len(kept) != read.Rows {
		return read, errors.New("lines were not kept")
	}

	return read, nil
}

// patient repeats a call that came too fast, in the way of the SDK.
func patient(call *invoker.BaseInvoker) {
	call.WithRetry(mostRetries, func(_ interface{}, err error) bool {
		var refusal *sdkerr.ServiceResponseError

		return errors.As(err, &refusal) && refusal.StatusCode == http.StatusTooManyRequests
	}, retry.NewEqualJitter())
}

// peakMemory is the most memory, in bytes, that this process has had resident.
func peakMemory() (int64, error) {
	status, err := os.ReadFile("/proc/self/status")
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if text, found := strings.CutPrefix(line, "VmHWM:"); found {
			kilobytes, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "kB")), 10, 64)

			return kilobytes << 10, err
		}
	}

	return 0, errors.New("the system does not tell the peak of memory")
}

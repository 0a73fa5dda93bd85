// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// costValues are the values of what was asked for, as the API writes them; empty is
// none. What belongs to a period has it last.
type costValues [bssapi.MostCostGroups + 1]string

// costSum adds up costs.
type costSum struct{ amount, official costPart }

// costPart adds up amounts. One that is not known makes the sum unknown, which is
// null.
type costPart struct {
	sum     bssapi.Sum
	unknown bool
}

// Add adds an amount.
func (p *costPart) Add(amount bssapi.Decimal) {
	p.unknown = p.unknown || amount.IsNull()
	p.sum.Add(amount)
}

// Value is the sum up to now; null of nothing, too.
func (p *costPart) Value() bssapi.Decimal {
	if p.unknown {
		return bssapi.Decimal{}
	}

	return p.sum.Value()
}

func (s *costSum) add(amount, official bssapi.Decimal) {
	s.amount.Add(amount)
	s.official.Add(official)
}

// costSums adds up the rows of an answer. Its memory grows with the groups, and with
// groups and periods if there are to be rows.
type costSums struct {
	question *costQuestion
	// all are sums by group, and cells by group and period. Where rows are unwanted,
	// cells leave out what only rows show.
	all, cells map[costValues]*costSum
	rows       bool
	// count is how many costs came.
	count  int64
	labels [bssapi.MostCostGroups]*costLabels
}

func newCostSums(question *costQuestion, rows bool) *costSums {
	sums := &costSums{question: question, rows: rows, all: map[costValues]*costSum{}, cells: map[costValues]*costSum{}}

	for i, group := range question.groups {
		if isLabel(group) {
			sums.labels[i] = newCostLabels(group.Key)
		}
	}

	return sums
}

// valuesOf are the values of a row.
func (s *costSums) valuesOf(row bssapi.CostRow) costValues {
	var values costValues

	for i, group := range s.question.groups {
		values[i] = valueOf(row, group)

		if s.labels[i] != nil {
			s.labels[i].see(values[i])
		}
	}

	return values
}

// valueOf is the value of a row for a group. That of a tag or cost unit has a name
// for all of them, or its own key; at most one tag and one cost unit are asked for.
// Of several values, nothing tells which counts.
func valueOf(row bssapi.CostRow, group bssapi.CostGroup) string {
	keys := []bssapi.CostDimension{bssapi.CostDimension(group.Key)}

	switch group.Type {
	case bssapi.CostGroupTag:
		keys = []bssapi.CostDimension{bssapi.CostTag, keys[0]}
	case bssapi.CostGroupUnit:
		keys = []bssapi.CostDimension{bssapi.CostUnit, keys[0]}
	}

	for _, key := range keys {
		found := ""

		for _, value := range row.Dimensions {
			switch {
			case value.Key != key || value.Value == nil || *value.Value == "" || *value.Value == found:
			case found == "":
				found = *value.Value
			case isLabel(group):
				return severalLabels
			default:
				return ""
			}
		}

		if found != "" {
			return found
		}
	}

	return ""
}

func (s *costSums) add(row bssapi.CostRow) {
	values := s.valuesOf(row)

	for _, cost := range row.Costs {
		s.count++

		sumAt(s.all, values).add(cost.Amount, cost.OfficialAmount)

		cell := values

		if !s.rows {
			for i := range s.question.groups {
				if s.labels[i] == nil {
					cell[i] = ""
				}
			}
		}

		cell[bssapi.MostCostGroups] = cost.TimeDimensionValue
		sumAt(s.cells, cell).add(cost.Amount, cost.OfficialAmount)
	}
}

func sumAt(sums map[costValues]*costSum, at costValues) *costSum {
	if sums[at] == nil {
		sums[at] = &costSum{}
	}

	return sums[at]
}

// costCombination is a combination of values that results show.
type costCombination struct {
	values costValues
	// untagged: it does not have a tag or cost unit that it is grouped by. unreadable:
	// the value of one cannot be read.
	untagged, unreadable bool
}

var errUnreadableLabel = errors.New("unreadable label")

// combine folds sums into what results show: without values that do not pass the
// filters of tags and cost units, and without what was only asked for to filter.
func (s *costSums) combine(sums map[costValues]*costSum) (map[costCombination]*costSum, error) {
	combined := map[costCombination]*costSum{}

	for values, sum := range sums {
		combination, passes, err := s.read(values)
		if err != nil {
			return nil, err
		}

		if !passes {
			continue
		}

		if combined[combination] == nil {
			combined[combination] = &costSum{}
		}

		combined[combination].add(sum.amount.Value(), sum.official.Value())
	}

	return combined, nil
}

func (s *costSums) read(values costValues) (costCombination, bool, error) {
	shown := costCombination{}
	shown.values[bssapi.MostCostGroups] = values[bssapi.MostCostGroups]

	for i, group := range s.question.groups {
		word := costWord(bssapi.CostDimension(group.Key), values[i])

		if s.labels[i] != nil {
			label := s.labels[i].read(values[i])

			passes, err := s.question.passes(group, label)
			if err != nil || !passes {
				return shown, false, err
			}

			word = label.value

			if i < len(s.question.words) {
				shown.untagged = shown.untagged || label.absent
				shown.unreadable = shown.unreadable || label.unreadable
			}
		}

		if i < len(s.question.words) {
			shown.values[i] = word
		}
	}

	return shown, true, nil
}

// passes applies the filters of a tag or cost unit to a value. Whether one that
// cannot be read passes is not known.
func (q *costQuestion) passes(group bssapi.CostGroup, label costLabel) (bool, error) {
	for _, filter := range q.labelFilters {
		if filter.group != group {
			continue
		}

		if label.unreadable {
			return false, fmt.Errorf("%w of %s", errUnreadableLabel, group.Key)
		}

		if has := !label.absent && slices.Contains(filter.values, label.value); has == filter.exclude {
			return false, nil
		}
	}

	return true, nil
}

// dimensions are the values of a combination, by the words of group_by.
func (q *costQuestion) dimensions(of costCombination) map[string]*string {
	dimensions := map[string]*string{}

	for i, word := range q.words {
		dimensions[word] = textPtr(of.values[i])
	}

	return dimensions
}

func compareCosts(a, b costCombination) int {
	return cmp.Or(
		slices.Compare(a.values[:], b.values[:]),
		cmp.Compare(fmt.Sprint(a.untagged, a.unreadable), fmt.Sprint(b.untagged, b.unreadable)),
	)
}

// unreadable counts the combinations with a value that cannot be read, of those that
// pass the filters.
func (s *costSums) unreadable() int64 {
	count := int64(0)

	for values := range s.all {
		if shown, passes, err := s.read(values); err == nil && passes && shown.unreadable {
			count++
		}
	}

	return count
}

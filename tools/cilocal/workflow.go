// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// workflow is what a file says of its jobs.
type workflow struct {
	Env      map[string]string `yaml:"env"`
	Defaults defaults          `yaml:"defaults"`
	// Jobs keeps the order of the file.
	Jobs yaml.Node `yaml:"jobs"`
}

type defaults struct {
	Run struct {
		Shell string `yaml:"shell"`
	} `yaml:"run"`
}

type job struct {
	RunsOn   string            `yaml:"runs-on"`
	If       string            `yaml:"if"`
	Timeout  int               `yaml:"timeout-minutes"`
	Env      map[string]string `yaml:"env"`
	Defaults defaults          `yaml:"defaults"`
	Strategy struct {
		Matrix yaml.Node `yaml:"matrix"`
	} `yaml:"strategy"`
	Steps []step `yaml:"steps"`

	// id is its name in the file, with the values of the matrix.
	id string
	// values are those of the matrix, by their names.
	values map[string]string
}

type step struct {
	Name      string            `yaml:"name"`
	If        string            `yaml:"if"`
	Uses      string            `yaml:"uses"`
	With      map[string]string `yaml:"with"`
	Run       string            `yaml:"run"`
	Shell     string            `yaml:"shell"`
	Directory string            `yaml:"working-directory"`
	Env       map[string]string `yaml:"env"`
}

// jobs are those of a workflow, one for each combination of its matrix, as the file
// orders them. Each has the environment and the shell of the workflow where it has none.
func jobs(text []byte) ([]job, error) {
	var file workflow
	if err := yaml.Unmarshal(text, &file); err != nil {
		return nil, err
	}

	var all []job

	for i := 0; i+1 < len(file.Jobs.Content); i += 2 {
		id, node := file.Jobs.Content[i].Value, file.Jobs.Content[i+1]

		var one job
		if err := node.Decode(&one); err != nil {
			return nil, fmt.Errorf("job %s: %w", id, err)
		}

		env := maps.Clone(file.Env)
		if env == nil {
			env = map[string]string{}
		}

		maps.Copy(env, one.Env)
		one.Env = env

		if one.Defaults.Run.Shell == "" {
			one.Defaults.Run.Shell = file.Defaults.Run.Shell
		}

		combinations, err := expand(&one.Strategy.Matrix)
		if err != nil {
			return nil, fmt.Errorf("job %s: %w", id, err)
		}

		for _, values := range combinations {
			one.values, one.id = values, id
			for _, name := range slices.Sorted(maps.Keys(values)) {
				one.id += ", " + name + " " + values[name]
			}

			all = append(all, one)
		}
	}

	return all, nil
}

// expand makes the combinations of a matrix; one without values if there is none.
func expand(matrix *yaml.Node) ([]map[string]string, error) {
	all := []map[string]string{{}}

	for i := 0; i+1 < len(matrix.Content); i += 2 {
		name := matrix.Content[i].Value
		if name == "include" || name == "exclude" {
			return nil, fmt.Errorf("%s of a matrix is not known here", name)
		}

		var values []string
		if err := matrix.Content[i+1].Decode(&values); err != nil {
			return nil, fmt.Errorf("the matrix: %w", err)
		}

		var next []map[string]string

		for _, earlier := range all {
			for _, value := range values {
				one := maps.Clone(earlier)
				one[name] = value
				next = append(next, one)
			}
		}

		all = next
	}

	return all, nil
}

var expression = regexp.MustCompile(`\$\{\{\s*(.*?)\s*\}\}`)

// fill puts the values of the matrix in. It returns the first expression whose value
// is not known here, or nothing.
func (j *job) fill(text string) (filled, unknown string) {
	filled = expression.ReplaceAllStringFunc(text, func(found string) string {
		asked := expression.FindStringSubmatch(found)[1]

		name, is := strings.CutPrefix(asked, "matrix.")
		if value, known := j.values[name]; is && known {
			return value
		}

		if unknown == "" {
			unknown = asked
		}

		return found
	})

	return filled, unknown
}

terraform {
  required_providers {
    bss = {
      source  = "bss-community/bss"
      version = "~> 0.0"
    }
  }
}

# Credentials come from the environment, such as HW_ACCESS_KEY and HW_SECRET_KEY.
provider "bss" {}

data "bss_measure_conversions" "time" {
  measure_type = "duration"
}

# 4 is the unit of hours, 6 that of seconds.
output "seconds_of_a_day" {
  value = 24 * data.bss_measure_conversions.time.ratios["4:6"]
}

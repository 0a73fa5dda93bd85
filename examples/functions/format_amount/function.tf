terraform {
  required_version = ">= 1.8"

  required_providers {
    bss = {
      source  = "bss-community/bss"
      version = "~> 0.0"
    }
  }
}

# 289,529.17. Terraform itself prints 289529.1699999…, with 150 nines.
output "left" {
  value = provider::bss::format_amount(500000 - 210470.83)
}

# 0.0125
output "price_of_an_hour" {
  value = provider::bss::format_amount(0.0125, 4)
}

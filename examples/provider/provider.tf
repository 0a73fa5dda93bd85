terraform {
  required_providers {
    bss = {
      source = "bss-community/bss"
    }
  }
}

# The keys come from HW_ACCESS_KEY and HW_SECRET_KEY.
provider "bss" {
  site = "international"
}

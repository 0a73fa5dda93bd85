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

# Renews by the month, six times at most.
resource "bss_autorenew" "server" {
  resource_id = "b5500000-51a0-4000-8000-000000000001"
  enabled     = true
  times       = 6
  period_unit = "month"
}

# Renews every cache. Destroying this turns that off again.
data "bss_resources" "caches" {
  service_type_code = "hws.service.type.dcs"
  primary_only      = true
  status            = ["in_use"]
}

resource "bss_autorenew" "caches" {
  for_each = toset(data.bss_resources.caches.ids)

  resource_id = each.value
  enabled     = true
  on_destroy  = "disable"
}

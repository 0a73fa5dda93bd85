# By hand: terraform apply -invoke=action.bss_resource_convert.cache
action "bss_resource_convert" "cache" {
  config {
    resource_id = "b5500000-51a0-4000-8000-000000000007"
  }
}

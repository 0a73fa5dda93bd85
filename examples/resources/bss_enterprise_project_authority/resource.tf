# Opens enterprise projects for the account, for good. There is nothing to set.
resource "bss_enterprise_project_authority" "account" {}

output "enterprise_projects_of" {
  value = bss_enterprise_project_authority.account.domain_id
}

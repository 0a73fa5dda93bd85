import {
  to = bss_enterprise_member.team_a
  id = "team-a"
}

resource "bss_enterprise_member" "team_a" {
  name            = "team-a"
  organization_id = "ou-platform"
}

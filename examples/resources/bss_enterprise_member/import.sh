# Importing sends nothing. The name is the one to log in with.
terraform import bss_enterprise_member.team_a team-a

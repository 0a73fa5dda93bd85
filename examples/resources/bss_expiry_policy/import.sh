# Importing changes no setting. The id is that of the cloud service.
terraform import bss_expiry_policy.cache b5500000-51a0-4000-8000-000000000007

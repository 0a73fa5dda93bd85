# Importing turns nothing on or off. The id is that of the cloud service.
terraform import bss_autorenew.server b5500000-51a0-4000-8000-000000000004

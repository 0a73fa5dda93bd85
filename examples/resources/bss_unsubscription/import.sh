# Importing never unsubscribes: the resource has to be closed already. The id is
# that of the cloud service.
terraform import bss_unsubscription.old_server b5500000-51a0-4000-8000-00000000000c

# Importing buys nothing, nor does the apply after it, which records the day.
# The plan after that one states the price.
terraform import bss_renewal.database b5500000-51a0-4000-8000-000000000006

# A canceled order can be imported by its id. Importing never cancels.
terraform import bss_order_cancellation.server CS2611220000005

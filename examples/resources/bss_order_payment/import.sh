# A paid order can be imported by its id. Importing never pays.
terraform import bss_order_payment.cache CS2611220000004

MANAGE_FACILITY = "facilities.manage_facility"

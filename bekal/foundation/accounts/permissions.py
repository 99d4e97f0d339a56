MANAGE_POSTINGS = "accounts.manage_postings"
RESET_ACCESS = "accounts.reset_access"

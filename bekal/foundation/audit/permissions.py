VIEW_TRAIL = "audit.view_trail"

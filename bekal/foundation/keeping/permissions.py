VIEW_HEALTH = "keeping.view_health"

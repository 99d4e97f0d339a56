VIEW_WINDOWS = "windows.view_windows"

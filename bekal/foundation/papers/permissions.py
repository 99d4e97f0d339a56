VIEW_ARCHIVE = "papers.view_archive"

"""Files that came are made ready behind the page: played, shown page by page, their words read for signs of harm."""

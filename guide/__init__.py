"""The public site around the portal: pages from content files, the help centre, the tour, the class room."""

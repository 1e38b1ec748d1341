"""How the windows look (облик): colours, type, icons and signs."""

"""How each kind of chart is drawn; for the process that draws alone."""

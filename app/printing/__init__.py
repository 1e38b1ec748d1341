"""Papers (хартии): the citizen's slip and the receipt, drawn by one code for paper, PDF and screen."""

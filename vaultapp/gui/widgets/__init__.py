"""Parts that windows and pages are made of. Painted ones read the theme when they paint."""

"""Results in the forms that learning platforms read: one module for each platform."""

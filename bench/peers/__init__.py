"""What recover gives beside other programs on the same pages."""

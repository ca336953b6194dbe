"""What terms cost and how well they are found."""

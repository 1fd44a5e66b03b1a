"""What is wrong with the archive as a whole."""

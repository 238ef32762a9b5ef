"""Small parts that forms share."""

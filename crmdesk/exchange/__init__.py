"""Files in and out: CSV, Excel, 1C. Reads what real offices have and says of each row what it understood."""

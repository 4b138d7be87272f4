"""What stands in deploy/, compared with the product and with the instructions."""

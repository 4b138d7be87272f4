"""The documentation, compared with the product: every command, every message of the doctor, every link."""

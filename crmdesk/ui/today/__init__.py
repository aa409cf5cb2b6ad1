"""What a manager does today."""

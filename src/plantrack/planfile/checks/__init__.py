"""What is looked for in a plan file once it is read."""

"""What the commands that write share: their facts collected and written in one transaction, what is refused and remarked."""

"""Questions about tasks: what is asked of them, in one text of SQL for today and for any day."""

"""What people type: days, periods, and the Vietnamese names of all that has an English one."""

"""How a plan is written: YAML into a plan and its problems; the only home of yaml and pydantic."""

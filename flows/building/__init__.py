"""What `build` does with each shard, and with all of them: the steps behind the flow."""

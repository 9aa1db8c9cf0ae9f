"""Which shards this process serves: taken by lease, shared out among the processes that live."""

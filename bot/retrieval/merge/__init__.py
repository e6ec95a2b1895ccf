"""An index put together from that of an earlier edition and from new articles."""

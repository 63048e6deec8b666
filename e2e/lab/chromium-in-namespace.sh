#!/bin/sh
# The browser of one person, on that person's network. The pipes over which it is driven come along.
exec ip netns exec "$NETWORK_NAMESPACE" "$NAMESPACE_CHROMIUM" "$@"

"""The golden-record engine: model, mapping, identity, golden, publish, store, flow, cli."""

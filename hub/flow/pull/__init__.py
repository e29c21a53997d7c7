"""From a system to admitted records: landed, mapped, judged, observed; what vanished, what is tried again."""

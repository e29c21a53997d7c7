"""What programs and browsers are shown: a face on the views and the verbs, holding no rule of its own."""

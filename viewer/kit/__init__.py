"""What every pane is made of: colours, words, widgets, rendering, commands."""

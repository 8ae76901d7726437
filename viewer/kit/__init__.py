"""What every pane is made of: colours, language, words, widgets, rendering."""

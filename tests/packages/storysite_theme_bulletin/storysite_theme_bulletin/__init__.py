"""The theme bulletin for storysite; its templates and theme.yaml lie beside this file."""

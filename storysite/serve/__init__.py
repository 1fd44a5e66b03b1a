"""The preview: a server on this computer that shows the site as it is written, and the browser's part of it."""

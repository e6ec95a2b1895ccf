"""Articles written into a folder as Markdown files, and the download of single pages."""

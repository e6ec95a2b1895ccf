"""Made-up pages as content management systems lay them out, with the paragraphs of their articles marked."""

"""The shipped workspace as its readers get it: real PDFs by the real engine, real pages in a real browser."""

"""A page that shows how missions came to stand as they do: complete in itself, drawn by the browser that opens it."""

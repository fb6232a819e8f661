"""The service over HTTP and its page, and the tools for assistants: thin doors to the same functions as the library."""

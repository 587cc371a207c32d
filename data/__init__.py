"""The store and the door: where projects are kept, and how lists come in and go out."""

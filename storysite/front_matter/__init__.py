"""Front matter: the lines above a post, in every form that site generators know, as typed values."""

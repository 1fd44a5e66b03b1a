"""What a site is: posts, their order and groups, addresses and links. Pure values and functions."""

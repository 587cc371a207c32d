"""Monte Carlo over correlated outcomes: how well and how badly a mix may end."""

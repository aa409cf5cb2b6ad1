"""The supervisor's sheet on the screen: choose it, read it, ask what a figure is made of, print and save it."""

"""Short/long pairs in a folder of photos: found by what the cameras wrote, explained in words, never guessed silently.

`folder.find_pairs` is the door.  Files are read up to their headers only; pixels are looked at where the headers leave
a doubt.  A list beside the photos (`listing`) overrides all of it.
"""

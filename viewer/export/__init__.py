"""What leaves the program: pictures of panes, values of pixels, a reading, paper."""

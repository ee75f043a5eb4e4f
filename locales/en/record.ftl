# What records say, told anew: they keep English words.

# Why something did not count
reason-degrees = { $count ->
    [one] 1 degree short
   *[other] { $count } degrees short
}
reason-trunks = { $n } trunk lengths short
reason-percent = { $n } % short
reason-held-of = held { $held } of { $target } s
reason-too-quick = too quick for a repetition
reason-out-of-sight = out of sight
reason-another = another movement
reason-other-side = other side

# Why nothing counted, and what was not measured
because-nobody = nobody was seen: the whole body has to be in the picture
because-rejected = { $count ->
    [one] 1 movement, none of which counts; the farthest: { $why }
   *[other] { $count } movements, none of which counts; the farthest: { $why }
}
because-still = no movement of this exercise was seen, or it was too small to see from here
because-posture = never in position: { $advice }
because-view = seen from the wrong side: { $advice }
because-hidden = a part that is needed was hidden: { $advice }
because-hidden-parts = Move so that the camera sees your { $parts }
because-start = never in the starting position: { $advice }
because-hold-still = the starting position was left too soon: { $advice }
not-measured-timed = { $count ->
    [one] it cannot be seen from here; 1 repetition timed by yourself
   *[other] it cannot be seen from here; { $count } repetitions timed by yourself
}

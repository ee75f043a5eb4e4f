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

# Measuring the own range
measure-still = Stay still at the start position
measure-back-and-still = Go back to the start position and stay still
measure-come-back = That is enough, come back
measure-one = Now one repetition, as far as is comfortable
measure-one-short = Now one short one, as far as is comfortable, without holding
measure-one-more = And one more
measure-known = Your range today: { $range }
measure-known-said = Your range is measured
measure-none-seen = No repetition was seen
measure-one-open = One was seen that did not come back
measure-two-alike = I need two that are alike
measure-again = Try again: two, as far as is comfortable
measure-again-short = Try again: two short ones, without holding
measure-unseen = This movement cannot be seen from here
measure-unseen-what = Move the camera, or it goes by ear
measure-degrees = { $n } degrees
measure-trunks = { $n } trunk lengths
measure-percent = { $n } %

# Where the camera stands
place-nobody = nobody was seen: stand where you will exercise, the whole body in the picture
place-not-standing = nobody stood there facing the camera: stand upright, face the camera, for a few seconds
place-small = you are too small in the picture: come nearer
place-cramped = lying down you would not fit into the picture: move the camera away
place-from-above = the camera looks down on you: put it lower, at half a metre for the floor, at chest height for a chair
place-where = The camera stands about { $away } m away and { $high } m over the floor, within half a metre.

# What a set waited for, and how it ended
waited-picture = waited { $time } for a picture
waited-away = waited { $time } until the person was back
waited-person = waited { $time } as the person asked
ended-pain = ended because it hurt
ended-person = ended by the person
ended-still = ended because nothing moved
ended-pause = ended in a pause
stopped-pain = it hurt
stopped-tired = tired
stopped-no-time = no more time
stopped-other = another reason

# Figures over the sessions
trend-range = range
trend-hold = hold
trend-active = active
trend-consistency = consistency
trend-form = form score
trend-faulty = repetitions with a fault

# In a film with what was seen drawn into it
overlay-not-counted = Not counted: { $why }

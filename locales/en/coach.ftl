# What the coach says. Numbers come as words ($n) and, where the plural depends on them, as numbers ($count) as well.
# A sentence is one or more of these, with a short pause between them; each is recorded as it stands.

# Announcing an exercise
say-first = First:
say-next = Next:
say-last-exercise = Last exercise:
say-again = Once more:
say-set-of = Set { $n } of { $m }.
say-times = { $count ->
    [one] Once.
   *[other] { $n } times.
}
say-hold-each = { $count ->
    [one] Hold one second.
   *[other] Hold { $n } seconds.
}
say-each-side = On each side.
say-only-left = Left side only.
say-only-right = Right side only.
say-seconds = { $count ->
    [one] One second.
   *[other] { $n } seconds.
}
say-minutes = { $count ->
    [one] One minute.
   *[other] { $n } minutes.
}
say-minutes-and-a-half = { $count ->
   *[other] { $n } and a half minutes.
}

# How to place oneself
say-posture-standing = Stand.
say-posture-seated = Sit down.
say-posture-upright = Stand or sit upright.
say-posture-hinged = Stand and lean forward.
say-posture-on-feet = Stand on your feet.
say-posture-off-floor = Stand or sit.
say-posture-all-fours = Go on hands and knees.
say-posture-plank = Get into the plank position.
say-posture-prone = Lie face down.
say-posture-supine = Lie on your back.
say-view-front = Face the camera.
say-view-side = Your side to the camera.
say-view-oblique = Turn half to the camera.
say-near-left = Your left side to the camera.
say-near-right = Your right side to the camera.

# Set-up
say-come-into-picture = Come into the picture.
say-show-all = Move so that the camera sees all of you.
say-starting-position = Take the starting position.
say-hold-still = Hold still in the starting position.
say-take-your-time = Take your time.
say-by-ear = I cannot see this from here. Do it by yourself, I keep the time.
say-go = Go.

# In a set
say-left-count = Left, { $n }.
say-right-count = Right, { $n }.
say-last-one = Last one.
say-hold = Hold.
say-and-release = And release.
say-now-left = Now the left side.
say-now-right = Now the right side.
say-half = Half the time.
say-a-little-more = A little farther.
say-hold-longer = Hold a little longer.
say-more-slowly = A little more slowly.
say-not-seen = I could not see that one.
say-other-side = The other side, please.
say-leave-it = We leave it there.

# Pauses
say-paused-left = Paused, I wait.
say-paused-hand = Paused. Raise one hand to go on.
say-paused-key = Paused.
say-picture-gone = The picture is gone. I wait.
say-picture-black = The picture is black. I wait.
say-picture-still = The picture stands still. I wait.
say-picture-back = The picture is back.
say-welcome-back = Welcome back.
say-done-so-far = { $n } done.
say-none-so-far = Not counted yet.
say-one-in-front = I follow the one in front.

# The end of a set
say-well-done = Well done.
say-noted = Noted.
say-stopped = Stopped. Noted.
say-skipped = We leave this one out.

# Rest
say-rest = Rest.
say-ten-seconds = Ten seconds.

# Another exercise
say-looks-like = That looks like another exercise:
say-shall-i = Shall I count it? Raise one hand.
say-shall-i-button = Shall I count it?

# The end
say-all-done = That was all.
say-exercises-done = { $count ->
    [one] One exercise done.
   *[other] { $n } exercises done.
}
say-went-well = This went well:
say-to-work-on = To work on:
say-nothing-done = Nothing was counted today.

# Before and after
say-can-you-hear = Can you hear me from the mat? Raise one hand.
say-i-see-your-hand = Good, I see your hand.
say-warm-up = First a gentle warm-up: roll your shoulders, and move your arms and neck as far as is easy.
say-cool-down = Take a moment: breathe calmly, and let your shoulders go.
say-water = Have a drink of water.

# The machine
say-slow-machine = This computer is slow. I use the quicker model.
say-sound-works = This is my voice.

# On the screen in set-up: at most two lines of sixteen letters, to be read from the mat
show-come-into-picture = Come into the picture
show-part = I cannot see your { $part }
show-all = I cannot see all of you
show-starting-position = Take the start position
show-hold-still = Hold still
show-view-front = Face the camera
show-view-side = Side to the camera
show-view-oblique = Turn half to the camera
show-near-left = Left side to the camera
show-near-right = Right side to the camera
show-posture-standing = Stand up
show-posture-seated = Sit down
show-posture-upright = Stand or sit upright
show-posture-hinged = Lean forward from the hips
show-posture-on-feet = Stand on your feet
show-posture-off-floor = Stand or sit
show-posture-all-fours = Go on hands and knees
show-posture-plank = Take the plank position
show-posture-prone = Lie face down
show-posture-supine = Lie on your back

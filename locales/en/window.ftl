# What the window shows. What must be read from the mat is short: sixteen characters a line.

window-title = formcheck

# Home
home-routines = Routines
home-single = One exercise
home-exercises = { $count ->
    [one] 1 exercise
   *[other] { $count } exercises
}
home-minutes = about { $count } min
home-leave-out = Take out what you leave out today
home-warm-up = Warm up first
home-pain = Pain now, 0 none to 10
home-pain-not-said = not said
home-stop-rule = Soreness is fine. Stop at pain that is sharp, spreading or numb.
home-water = Have water beside you.
home-lay-out = Lay out:
home-start = Start
home-start-exercise = Start
home-camera = Camera
home-no-camera = No camera found
home-pick-camera = Pick a camera
home-mirror = Mirror picture
home-measure = Measure my range
home-stop-measuring = Stop
home-sound-on = Voice: { $device }
home-sound-clips = Voice: { $device }; names of your own are not spoken, espeak-ng is missing
home-sound-off = Voice is muted
home-sound-none = No sound: { $why }
home-sound-starting = Voice is starting
home-sound-tones = No recorded voice was found: tones only
home-continue = Continue session
home-end = End session
home-unfinished = Unfinished session, { $day }
home-unfinished-sets = { $count ->
    [one] Unfinished session, { $day } (1 set)
   *[other] Unfinished session, { $day } ({ $count } sets)
}
home-not-kept = Not kept: { $why }
home-keys = Enter: start, M: mute
home-needs-chair = chair
home-needs-mat = mat
home-needs-band = exercise band
home-needs-roller = foam roller
home-needs-wall = a free wall

# The picture
picture-none = No picture
picture-seen = I see you
picture-nobody = Nobody in the picture
picture-demo = Demo clip, no camera found
picture-starting = Opening the camera and the pose model
picture-waiting = Waiting for the picture
picture-failed = This did not work: { $why }
picture-slow = Slow: { $fps } frames/s
picture-slow-dropped = Slow: { $fps } frames/s, { $percent } % dropped

# In a session
session-pause = Pause
session-go-on = Go on
session-hurts = It hurts
session-mute = Mute
session-unmute = Sound on
session-end-set = End set
session-end = End
session-skip = Skip
session-take-offer = Count it
session-looks-like = { $title }? Raise a hand
session-stalled = Computer is busy, I wait
session-go-now = Go now
session-longer = +30 s
session-done = Done
session-progress = { $title }, { $step } of { $steps }, { $minutes } min left
session-keys-rest = A: the last set again
session-progress-one = { $title }
session-how-it-goes = How it goes: { $title }
session-in-position = In position
session-hold = Hold
session-hold-left = Hold, left
session-hold-right = Hold, right
session-release = And release
session-next = Next: { $title }
session-warm-up = Move gently
session-after-pain = Noted. Rest. Go on only if you want to.
session-all-done = That was all
session-hand = Hand is up
session-of = of { $target }
session-count = of { $target }
session-left-count = Left, of { $target }
session-right-count = Right, of { $target }
session-label-count = Count { $n } of { $target }
session-label-count-open = Count { $n }
session-label-held = Held { $held } of { $target } s
session-label-active = Active { $held } of { $target } s
session-label-seconds = { $n } seconds left
session-set-of = Set { $n } of { $of }
session-not-counted = Not counted: { $why }
session-waits-left = Paused, I wait
session-waits-hand = Paused. Raise a hand
session-waits-key = Paused
session-waits-picture = Picture is gone, I wait
session-waits-black = Picture is black, I wait
session-waits-still = Picture stands still, I wait
session-outcome-done = { $n } of { $target }
session-outcome-seconds = { $n } of { $target } s
session-outcome-pain = { $n } of { $target }, stopped
session-outcome-skipped = left out
session-outcome-early = { $n } of { $target }, noted
session-outcome-rejected = { $text }, { $count } not counted
session-sound-lost = No sound: { $why }

# A command that was not taken yet
waiting-command = One moment ...

# Settings
settings-title = Settings
settings-close = Close
settings-person = Whose sessions
settings-theme = Colours
settings-theme-dark = Dark
settings-theme-light = Light
settings-theme-contrast = High contrast
settings-still = Nothing moves that need not
settings-how-much = What is said
settings-how-much-all = Everything
settings-how-much-counts = No corrections
settings-how-much-transitions = No counts
settings-how-much-tones = Tones only
settings-counts = Counts
settings-counts-every = Every one
settings-counts-last = The last three
settings-counts-tones = Tones
settings-volume = Volume
settings-bluetooth = Bluetooth speaker (a longer sound before the first word)
settings-gesture = One raised hand pauses
settings-folder = Everything is kept on this computer only. No picture is kept.
settings-not-kept = These choices could not be kept: { $why }
settings-language = Language

# History
history-title = What was done
history-back = Back
history-session = Session
history-exercise = Exercise
history-empty = Nothing is kept yet. It begins with your first set.
history-none-chosen = Choose a session.
history-nothing-done = Nothing was counted in it.
history-today = Today
history-line = { $day }, { $time }: { $count } counted
history-day = { $day }: { $count } counted
history-day-rest = { $day }
history-set = { $n } of { $target }
history-set-corrected = { $n } of { $target }, corrected from { $measured }
history-set-seconds = { $n } of { $target } s
history-then = then { $what }
history-not-counted = { $count } not counted
history-longest = longest hold { $s } s
history-form = form { $score } of 100
history-stopped = Stopped because: { $why }
history-compare = Compare with
history-compare-none = nothing
history-note = Note
history-pain-before = Pain before
history-pain-after = Pain after
history-one-less = One less: { $title }
history-one-more = One more: { $title }
history-report = Report
history-table = Table (CSV)
history-json = All data (JSON)
history-written = Written: { $files }
history-delete = Delete
history-delete-sure = Delete this session for good?
history-delete-yes = Yes, delete it
history-keep = Keep
history-delete-all = Delete everything
history-delete-all-sure = Delete all sessions of everybody for good?
history-delete-all-yes = Yes, delete everything
history-which-exercise = Exercise
history-no-sets = No set of it is kept yet.
history-too-few = Too few sets yet to tell a change.
history-trend-sets = sets
history-trend-seconds = Seconds
history-trend-range = Range, { $unit }
history-trend-left = Left, { $unit }
history-trend-right = Right, { $unit }
history-trend-label = { $title }: { $count ->
    [one] one set
   *[other] { $count } sets
}
history-change = { $figure }: { $before } before, { $lately } lately ({ $count } sets each)
history-unit-degrees = degrees
history-unit-trunks = trunk lengths
history-unit-share = share

# What the window shows. What must be read from the mat is short: sixteen characters a line.

# Home
home-routines = Routines
home-single = One exercise
home-exercises = { $count ->
    [one] 1 exercise
   *[other] { $count } exercises
}
home-minutes = about { $count } min
home-leave-out = Untick what you leave out today
home-warm-up = Warm up first
home-pain = Pain now, 0 none to 10
home-pain-not-said = not said
home-stop-rule = Soreness is fine. Stop at pain that is sharp, spreading or numb.
home-water = Have water beside you.
home-last = Last time: { $session }
home-start = Start
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
session-progress-one = { $title }
session-how-it-goes = How it goes: { $title }
session-in-position = In position
session-hold = Hold
session-hold-left = Hold, left
session-hold-right = Hold, right
session-release = And release
session-next-left = Next: { $title }, left
session-next-right = Next: { $title }, right
session-looks-like-button = { $title }?
session-camera-place = Camera: { $place }
session-progress-paused = { $title }, ends in { $time }
session-next = Next: { $title }
session-warm-up = Move gently
session-after-pain = Noted. Rest. Go on only if you want to.
session-one-in-front = I follow the one in front
session-all-done = That was all
session-hand = Hand is up
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
session-waits-up = Up from the floor, I wait
session-waits-left = Out of the picture, I wait
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
session-outcome-rejected-why = { $text }, { $count } not counted ({ $why })
session-outcome-rejected = { $text }, { $count } not counted
session-sound-lost = No sound: { $why }

# Settings
settings-title = Settings
settings-close = Close
settings-person = Person
settings-theme = Colours
settings-theme-dark = Dark
settings-theme-light = Light
settings-theme-contrast = High contrast
settings-still = Reduce motion
settings-how-much = What is said
settings-how-much-all = Everything
settings-how-much-counts = No corrections
settings-how-much-transitions = No counts
settings-how-much-tones = Tones only
settings-counts = Counts
settings-counts-every = Every one
settings-counts-last = The last three
settings-counts-tones = Tones
settings-voice = Voice
settings-voice-recorded = Recorded
settings-voice-espeak = espeak-ng
settings-voice-tones = Tones only
settings-pace = Pace of the voice
settings-flash = The screen lights up where a rest ends
settings-model = Pose model, from the next start
settings-model-auto = By the speed of this computer
settings-model-full = Exact
settings-model-lite = Quicker, less exact
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

# Before a routine
home-change = Change this routine
before-on-the-floor = On the floor: { $titles }.
before-sound-off = Sound is off, and you will not see the screen
before-begin-unheard = Begin without a voice
before-gentle = Gentle start: about half of everything
before-camera = Camera: { $name }. { $state }
home-me = I
home-week-done = { $day }: done
home-week-planned = { $day }: planned

# The first start
first-what = What formcheck does
first-what-does = It follows you with the camera of this computer while you do exercises that you have chosen or been shown. It counts, times holds, and says what to do better.
first-what-not = It is no doctor and no therapist, and it does not know your back. Its counts and corrections may be wrong.
first-what-cannot = A camera cannot see everything: pressure, breathing, or pain. What it cannot see, it says.
first-ready = Before you exercise
first-ready-ask = Ask a doctor or physiotherapist first if your pain is new, constant, follows an accident, spreads into an arm, a leg or around the chest, or comes with numbness or weakness; with fever, weight loss, osteoporosis, cancer in your history, pregnancy, or after an operation.
first-ready-urgent = Chest pain, numbness or weakness in both legs, or loss of control of bladder or bowels is an emergency.
first-ready-after = If it is worse for more than a quarter of an hour afterwards, leave that exercise out and ask somebody. A large button says “It hurts”: it ends the set, and nothing asks you to go on.
first-camera = Your camera
first-camera-place = Two to four metres away, your whole body in the picture, nobody else in front of you. Close-fitting clothes help.
first-camera-private = No picture leaves this computer, and none is kept. No microphone is opened, and no network is used.
first-voice = Can you hear it?
first-voice-test = You will often not see the screen, so the voice carries you. Test it, and go to your mat.
first-voice-hand = One hand held up for two seconds, the one nearer to the camera, is the only sign it takes: it answers here, and pauses in a set.
first-test-voice = Test the voice
first-raise-a-hand = Raise one hand, on the mat
first-hand-seen = I see your hand
first-next = Next
first-begin = To the exercises
first-again = The first pages again

# Changing a routine
edit-title = Title
edit-keep = Save
edit-keep-new = Save as new
edit-cancel = Cancel
edit-delete = Delete
edit-delete-sure = Delete this routine of yours?
edit-delete-yes = Yes, delete it
edit-add = Add
edit-pick = an exercise
edit-variant = Variant
edit-sets = Sets
edit-reps = Times
edit-reps-side = Times a side
edit-hold = Hold
edit-sides = Sides
edit-sides-both = both
edit-sides-left = left
edit-sides-right = right
edit-rest = Rest between sets
edit-rest-after = Rest after
edit-numbered = { $number }. { $title }
edit-up = Up: { $title }
edit-down = Down: { $title }
edit-out = Remove: { $title }
edit-up-button = Up
edit-down-button = Down
edit-out-button = Remove

# After a set and after a session
after-last-set = { $title }: { $what }
after-pain = Pain now, 0 none to 10
after-closing = { $n } of { $of } exercises, { $minutes } min
after-went-well = This went well: { $what }
after-to-work-on = To work on: { $what }
after-marks = { $title }: { $n } of { $of } counted, { $faults } with a remark
after-longest-hold = longest hold { $s } s
after-with-fault = { $count ->
    [one] 1 with a remark on its form
   *[other] { $count } with a remark on their form
}
after-ask-somebody = When it keeps hurting, ask a professional before you go on.
after-discard = Do not keep this session
after-discard-sure = All of it is deleted.
after-discard-yes = Delete it
after-why = Why did you stop?
after-because-pain = It hurt
after-because-tired = Tired
after-because-no-time = No time
after-because-other = Another reason

# What is to be reached
home-step = { $title }: { $what }
target-reps = { $count ->
    [one] 1 repetition
   *[other] { $count } repetitions
}
target-holds = { $count ->
    [one] 1 hold of { $s } s
   *[other] { $count } holds of { $s } s
}
target-seconds = { $s } s
target-each-side = per side
target-left = on the left
target-right = on the right
target-on-side = { $what } { $side }
target-sets = { $n } sets of { $what }
target-unit-deg = deg
target-unit-trunk = T
target-unit-share = share
target-range-from = range at least { $least } { $unit }
target-range-to = range at most { $most } { $unit }
target-range = range { $least } to { $most } { $unit }

# Why something did not count
reason-short = too short
reason-held = held too short
reason-quick = too quick
reason-hidden = not seen
reason-side = other side
session-way = { $percent } % of the way
session-may-sleep = This computer may go to sleep by itself

# A film
film-recognise = to be recognised
film-analyse = Analyse
film-stop = Stop
film-nothing = No exercise was recognised in it.
film-keep = Keep it with the sessions
film-kept = It is kept.
film-counted = { $title }: { $count } counted, { $rejected } not counted
film-active = { $title }: { $s } s
film-rep = { $n }: { $from } to { $to } s
film-rep-not = { $n }: { $from } to { $to } s, not counted: { $why }
film-drop = A film dropped here is analysed.

# A little more next time
propose-reps = { $title } went well three times running. If it felt easy: { $n } times from now on?
propose-seconds = { $title } went well three times running. If it felt easy: { $s } s from now on?
propose-yes = Yes, a little more
propose-no = No, as it is

# Days and times
date-weekday = { $n ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}
date-weekday-long = { $n ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
date-month = { $n ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
date-day = { $day } { $month }
date-day-of-week = { $weekday } { $day }
date-in-full = { $weekday }, { $day } { $year }, { $time }
home-next-today = Today at { $time }
home-next-tomorrow = Next time: tomorrow at { $time }
home-next = Next time: { $weekday } at { $time }
settings-letters = Letters of the pages
settings-letters-usual = As usual
settings-letters-large = Large
settings-letters-largest = Very large
settings-days = My days
settings-days-at = at
settings-days-calendar = Write them for my calendar
settings-days-written = Open this file with your calendar: { $path }
settings-days-not-written = The file for the calendar could not be written: { $why }

# Why something that was asked for was not done
refused-no-camera = No camera was found: plug one in, and try again
refused-session-runs = A session is running: end it first
refused-no-session = No session is running
refused-no-picture = There is no picture yet
refused-nothing-left = Nothing is left to do: take at least one exercise
refused-no-range = This exercise is counted by time, it has no range to measure
refused-no-offer = There is no unfinished session
film-title = A film
film-path = Path of the film, or drop it on the window
picture-rests = The picture rests: move the mouse

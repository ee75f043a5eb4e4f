# The report of sessions

report-last-of = Set by set: the last { $n } of { $all } sessions.
report-none = No sessions
report-session-of = Session of { $at }
report-sessions = { $n } sessions, { $from } to { $to }
report-person = Person:
report-glance = At a glance
report-pain = Pain, 0 to 10, before and after:
report-stopped = Stopped before the end:
report-nothing-done = Nothing was done in it.
report-set-by-set = Set by set
report-exercise = Exercise
report-done = Done
report-corrected = Corrected to
report-not-counted = Not counted
report-hold = Hold, median
report-range = Range, median
report-left-right = Left / right
report-form = Form, median
report-seen = Seen
report-set-stopped = (stopped)
report-key-bars = Bars: one repetition each, filled where it counts.
report-key-fault = form fault
report-key-left = Left
report-key-and = and
report-key-right = right
report-key-own = are the person’s own, also in the figures, which show the farthest point.
report-score = { $n } of 100
report-corrected-to = corrected by the person to { $n }
report-form-colon = Form:
report-fault-in = { $fault } in { $n } of { $of }
report-not-counted-colon = Not counted:
report-at-least = at least
report-at-most = at most
report-routine = Routine { $id }
report-limits = range { $limits }
report-left = left
report-right = right
report-l = L
report-r = R
report-number = no. { $n }
report-nothing-counted = Nothing counted
report-range-of-passes = Range of each pass, { $unit }
report-range-of-reps = Range of each repetition, { $unit }
report-target = target { $s }
report-time-held = Time held, seconds
report-over-time = Over time
report-range-of-set = Range, median of the set
report-range-over-time = Range over time
report-hold-of-set = Hold, median of the set
report-hold-over-time = Holds over time
report-active = Time active
report-active-over-time = Activity over time
report-faulty = Repetitions with a form fault
report-faulty-over-time = Faults over time
report-older = { $count ->
    [one] 1 older set is left out: another exercise file measured differently.
   *[other] { $count } older sets are left out: another exercise file measured differently.
}
report-too-few = Too few sets yet to tell a change.
report-changes = Last { $sets } sets against the { $sets } before: { $told }.
report-newest = Newest set: { $faults }.
report-fault-share = { $fault } in { $share }
report-not-measured = Not measured
report-by = formcheck { $version }, pose model { $model }
report-measured-by = Counted, timed and measured from one camera by { $by }. Ranges are the movement as the picture shows it; compare them with the same person’s, from the same place. Corrected counts are the person’s own and stand beside the measured ones.
report-made = Made { $at }. No pictures were kept; the figures are drawn from joint positions.
report-degrees = degrees
report-trunks = trunk lengths (T)
report-share = share
report-done-of = { $done } of { $target }
report-overview = Sessions
report-day = Day
report-exercises = Exercises
report-sets = Sets
report-counted = Counted
report-holds = Holds
report-pain-short = Pain before, after
report-star = * with counts as the person corrected them; the measured ones stand set by set.
report-month = { $month }, { $n } sessions
date-report-full = { $weekday } { $day } { $month } { $year }, { $time }
date-report-day = { $day } { $month } { $year }
date-report-month = { $month } { $year }
date-month-long = { $n ->
   *[1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
    [12] December
}

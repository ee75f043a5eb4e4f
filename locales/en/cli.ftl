# What the command line prints. Columns and the blanks before a line are the program's; a label is at most nine letters long.

# Of every command
cli-error = error: { $text }
cli-warning = warning: { $text }
cli-note = note: { $note }
cli-no-output = could not write to the standard output
cli-unwritten = could not write { $what } to { $path }
cli-trace = the trace
cli-report = the report
cli-cue-log = the cue log
cli-exercise-file = the exercise file
cli-plot = the plot
cli-calendar = the calendar
cli-export = the export
cli-progress = { $pos } of { $len } frames, { $speed }, { $eta } left
cli-speed = { $n } frames/s
cli-counting-without-store = { $trouble }; counting goes on, nothing is kept
cli-for-the-window = { $option } is for the window, which opens without a command; leave out one of them
cli-no-window = could not open the window: this build has none; see `formcheck --help` for the commands
cli-not-started = could not start the analysis: { $why }

# exercises
cli-unreadable-file = could not read the file: { $path }
cli-files = { $count ->
    [one] 1 file
   *[other] { $count } files
}
cli-no-mistakes = { $files }, no mistakes
cli-mistakes = { $count ->
    [one] 1 mistake in { $wrong } of { $files }
   *[other] { $count } mistakes in { $wrong } of { $files }
}
cli-label-target = target
cli-label-start = start
cli-start = { $posture }, seen from { $view } (up to { $degrees } degrees beside)
cli-view-front = the front
cli-view-oblique = half the side
cli-view-side = the side
cli-label-set-up = set up
cli-label-counts = counts
cli-counts = { $signals }: at least { $least }, in at { $enter } %, out at { $exit } % of the own range
cli-and = and
cli-label-advice = advice
cli-label-fault = fault
cli-label-one-side = one side
cli-one-side = can be followed on one side only
cli-label-not-seen = not seen

# exercises learn
cli-no-exercise-file-name = could not write the exercise file: its name must end in .toml; give another with --out: { $path }
cli-exercise-file-exists = could not write the exercise file: there is one already; give another name, or --force to overwrite it: { $path }
cli-label-written = written
cli-label-try-it = try it
cli-try-it = formcheck analyze ANOTHER.mp4 --exercise { $path }

# exercises show --plot
cli-no-plot-file-name = could not write the plot: it is an SVG file; give --out a name that ends in .svg: { $path }

# routines
cli-exercises = { $count } exercises
cli-between-sets = { $s } s between sets
cli-rest-after = then { $s } s rest

# analyze and watch: the plan of a set
cli-range-is-learned = { $trouble }; the own range is learned from this set

# analyze
cli-nothing-to-recognise = could not recognise an exercise: there are no exercise files
cli-one-input-only = could not write the { $option }: there are { $inputs } inputs; give one input with --{ $option }
cli-needs-exercise = could not use --{ $option } while the exercise is not known; name it with --exercise
cli-no-film = could not draw the overlay: this is no film; give a video file: { $path }
cli-analysis-without-store = { $trouble }; analysis goes on, nothing is kept
cli-nothing-to-report = could not write the report: nothing was analysed that could stand in it: { $path }
cli-report-written = report written: { $path }

# analyze: the summary
cli-not-recognised = No exercise recognised ({ $near }); name one with --exercise
cli-nothing-near = nothing came near
cli-nearest = nearest: { $exercises }
cli-recognised = recognised as { $id } ({ $percent } % sure)
cli-label-counted = counted
cli-counted-of = { $n } of { $target }, not counted { $rejected }
cli-counted-active = { $s } of { $target }, { $count ->
    [one] 1 pass
   *[other] { $count } passes
}
cli-counted-sides = { $left } left, { $right } right
cli-counted-unknown = { $n } unknown
cli-counted-sides-of = { $sides }, of { $target }; not counted { $rejected }
cli-label-because = because
cli-looks-like = (it looks like { $title })
cli-label-held = held
cli-held = { $all } s in all, longest { $longest } s
cli-held-apart = { $counted } s in holds that counted; { $all } s in all, longest { $longest } s
cli-to = to
cli-side-left = left
cli-side-right = right
cli-side-unknown = side unknown
cli-held-for = held { $s } s
cli-counted = counted
cli-not-counted = not counted: { $why }
cli-not-measured = not measured: { $what } ({ $why })
cli-seen = { $frames } frames, { $s } s, person seen in { $percent } %


# watch
cli-written-again = repetitions are written again
cli-not-written = { $trouble }; counting goes on, repetitions are tried again
cli-left-open = session { $id } was left open: `formcheck sessions close { $id }` closes it, --resume { $id } goes on in it
cli-kept = session { $id } kept; `formcheck sessions show { $id }` shows it

# sessions list, show and edit
cli-several-people = could not write the report: it is about one person, and these sessions are of { $names }; name one with --person
cli-no-sessions = no sessions in { $folder }; the window keeps them, and so do `formcheck watch --save` and `formcheck analyze --save`
cli-so-many-counted = { $n } counted
cli-no-sets = no sets
cli-not-ended = (not ended)
cli-session-open = not ended; `formcheck sessions close { $id }` closes it
cli-pain-before = pain before: { $pain } of 10
cli-pain-after = pain after: { $pain } of 10
cli-stopped-because = stopped because: { $why }
cli-set = { $title }: { $counted } counted, { $rejected } not counted
cli-corrected = corrected to { $n }
cli-set-held = held { $all } s, longest { $longest } s
cli-set-active = { $s } s active
cli-set-not-finished = not finished
cli-no-set = there is no set { $number } in the session { $id }: it has { $sets }
cli-no-count = could not take the count "{ $count }": give one number, "left,right", or "measured"
cli-no-sides = could not take the count "{ $count }": { $title } has no sides; give one number

# sessions trend
cli-no-trend = there is no set of "{ $exercise }" by { $person }; `formcheck sessions list` shows what there is
cli-sets = { $count ->
    [one] 1 set
   *[other] { $count } sets
}
cli-column-day = day
cli-column-counted = counted
cli-column-range = range
cli-column-hold = hold
cli-column-consistent = consistent
cli-column-score = score
cli-column-faults = faults
cli-other-file = (another exercise file)
cli-change = { $figure }: { $lately } in the last { $sets } sets, { $before } in the { $sets } before
cli-too-few-sets = too few sets yet to tell a change

# sessions export and import
cli-named-already = could not choose the session: it is named already; leave out --person, --from and --to
cli-unreadable-sessions = could not read the sessions, is the path right: { $path }
cli-imported = { $count ->
    [one] imported 1 session
   *[other] imported { $count } sessions
}
cli-there-already = { $count ->
    [one] could not import 1 session that are there already; delete them first to replace them: { $ids }
   *[other] could not import { $count } sessions that are there already; delete them first to replace them: { $ids }
}

# sessions close and delete
cli-closed = closed { $id }
cli-deleted = deleted { $id }
cli-deleted-everything = deleted everything: sessions, people, ranges, backups
cli-overwritten-later = another copy of formcheck is reading: what was deleted is overwritten in the file when that has ended
cli-copy-may-hold-it = this copy, made before, may still hold it; `formcheck sessions delete --all` removes copies, too: { $path }

# sessions ranges
cli-no-ranges = no ranges; "Measure my range" in the window learns one
cli-no-range = there is no range of { $person } in "{ $exercise }"; `formcheck sessions ranges` lists all
cli-forgotten = forgotten: the range of { $person } in { $exercise }

# doctor --view. A mark is at most seven letters long.
cli-stand-there = Stand where you will exercise, face the camera, and stay for { $seconds } seconds ...
cli-no-room-above = There is little room over your head: raised hands leave the picture. Tilt the camera up a little.
cli-no-place = could not tell where the camera stands: { $trouble }
cli-too-few-frames = Only { $fps } pictures a second were followed; 8 are needed. More light, or --model lite, may help.
cli-mark-ok = ok
cli-mark-not-yet = not yet
cli-countable = From here { $counted } of { $of } exercises can be counted.

# doctor
cli-mark-missing = MISSING
cli-mark-none = none
cli-models = models
cli-runtime = ONNX Runtime
cli-exercise-files = exercises
cli-routine-files = routines
cli-camera = camera
cli-model = model { $id }
cli-no-model = this build has no pose model
cli-model-found = { $file }, { $licence }, from { $source }
cli-model-to-make = it is not part of the repository, `{ $command }` makes it
cli-runtime-missing = { $trouble } (pinned: { $pinned })
cli-tool-missing = could not run { $tool }: { $trouble }; on Debian: apt-get install ffmpeg
cli-files-found = { $count } files in { $folder }
cli-no-exercise-files = no exercise files in { $folder }
cli-no-routine-files = no routine files in { $folder }
cli-sound = sound: { $name }
cli-no-sound = no sound: { $why }; the window works without
cli-voice = voice: { $count } recorded phrases
cli-no-voice = no recorded voice: { $why }
cli-espeak = espeak-ng speaks what was not recorded
cli-no-espeak = no espeak-ng: what was not recorded (names, own exercises) is not spoken, tones stand in for it
cli-no-camera-found = no camera was found
cli-no-camera-built = this build has no camera
cli-no-format = no format
cli-uses-format = uses { $format }

# bench
cli-bench-wait = wait for the decoder
cli-bench-detect = detect (after a loss)
cli-bench-crop = crop
cli-bench-infer = inference
cli-bench-decode = decode tensors, outline
cli-bench-engine = engine step
cli-bench-own = outside model and decoder
cli-bench-median = median
cli-bench-times = { $count } times
cli-frames-in = { $frames } frames in { $s } s, { $fps } frames/s
cli-no-bench-of-trace = could not measure: the input is a trace; give a video: { $path }
cli-left-out = warning: the session { $id } is left out: { $why }
cli-not-ours = could not write the table of sets: there is another file of that name; give --out another name: { $path }
cli-overlay = the overlay

# What did not work: what was tried, what happened, what to do. A path comes last.

# Sources of pictures
source-no-tool = could not run { $tool }: { $cause }; install it (on Debian: apt-get install { $package })
source-unreadable = could not read { $what }: { $cause }; { $remedy }: { $path }
source-camera = could not open a camera: { $cause }; { $remedy }
camera-none = no camera was found
camera-none-do = plug one in, or give a video with --input FILE
camera-unknown = there is no camera { $name }
camera-unknown-do = name one of these: { $names }
camera-busy = another program is using { $name }
camera-busy-do = close it (a video call, a browser tab, another formcheck) and try again
camera-gone = { $name } went away
camera-gone-do = plug it in again and retry
camera-forbidden = the system does not let this user open { $name }
camera-forbidden-do = add the user to the group video and log in again
camera-bandwidth = the USB bus cannot carry the pictures of { $name }
camera-bandwidth-do = plug it into another USB port, not a hub
camera-format = { $name } offers no format that can be read here
camera-format-do = use a camera with YUYV, MJPEG or NV12 pictures
camera-no-answer = { $name } sent no picture within { $seconds } s
camera-silent = { $name } stopped sending pictures
camera-retry-do = unplug it, plug it in again and retry
camera-damaged = { $name } sends only damaged pictures
camera-damaged-do = try another cable or USB port
camera-failed = { $name } failed: { $cause }
camera-waits-gone = the camera was unplugged; waiting for it to come back
camera-waits-busy = another program took the camera; waiting for it to be free
camera-waits-forbidden = the system no longer lets this user open the camera; trying again
camera-waits-bandwidth = the USB bus cannot carry the camera's pictures; trying again
camera-waits-format = the camera came back without a format that can be read; trying again
camera-waits-answer = the camera does not answer; trying again
camera-waits-silent = the camera stopped sending pictures; opening it again
camera-waits-damaged = the camera sends only damaged pictures; opening it again
camera-waits-failed = the camera failed ({ $cause }); opening it again

# Sessions that are kept
store-folder = could not open the session store: { $cause }; check the folder or name another with --data-dir: { $path }
store-no-folder = could not find a folder for the session store: this account has no home; name one with --data-dir
store-newer = could not open the session store: a newer formcheck has written it; update this one, nothing was changed: { $path }
store-foreign = could not open the session store: it is a database of something else; name another folder with --data-dir: { $path }
store-altered = could not open the session store: it is not as formcheck leaves it ({ $cause }); nothing was changed; put a copy of it back, or name another folder with --data-dir: { $path }
store-read-only = could not change the session store: it can only be read; copy the folder to one of your own: { $path }
store-too-many = could not take the count { $n }: it is at most { $most }
store-unknown = there is no session "{ $id }"; `formcheck sessions list` shows all
store-exists = could not import the session { $id }: it is there already; delete it first to bring it back from the file
store-running = the session { $id } is under way in another copy of formcheck; end it there first
store-in-use = could not delete everything: a session is under way in another copy of formcheck; end it there first
store-unwritten = not all of the session { $session } could be kept: { $trouble }
store-senseless = could not import the session { $id }: { $what }; nothing was imported
store-senseless-range = could not import the range of "{ $exercise }": { $what }; nothing was imported
store-database = could not use the session store: { $error }{ $hint }
store-content = could not read the session store: { $said }; please report it
store-hint-busy = another program holds it for long, close that or try again; or its file system has no locks, then name another folder with --data-dir
store-hint-damaged = the file is damaged: the next `formcheck watch --save` moves it aside and begins a new one
store-hint-constraint = what was to be written does not go with what is there
store-hint-full = make room on the disk
store-hint-refused = is the disk full, or the folder read-only?

# Files
output-input = that is the input; give another name
output-twice = something else of the same run is written there; give another name
output-kept = that is where sessions and settings are kept; write it into another folder
output-no-file = there is a folder or a device of that name; give the name of a file
output-refused = { $cause }; is there such a folder, may it be written, is there room?
file-folder = it is a folder
file-odd = it is no ordinary file
file-too-large = it is larger than { $limit }, which none of its kind is
file-no-text = it is no text (UTF-8)

# Exercises, routines, the sound
exercise-unknown = there is no exercise "{ $id }"{ $hint }; `formcheck exercises list` shows all, or give the path of a .toml file
exercise-no-sides = could not follow one side of { $id }: it is done with both at once; omit --side
exercise-unreadable = could not read the exercise file: { $cause }; check the path: { $path }
routine-unknown = there is no routine "{ $id }"{ $hint }; `formcheck routines list` shows all, or give the path of a .toml or .json file
routine-without = could not follow { $exercise } as the routine { $routine } asks: it has no step for it; leave the routine out
routine-unreadable = could not read the routine file: { $cause }; check the path: { $path }
sound-lost = the sound is lost, it is tried again every two seconds
sound-no-card = there is no sound server and no sound card
sound-not-built = this build has no sound
sound-no-loudspeaker = it has no loudspeaker
sound-deaf = "{ $name }" makes no sound

# What the system says, where its own words are English
system-not-found = there is no such file or folder
system-denied = it is not allowed
system-full = there is no room left
system-read-only = it can only be read

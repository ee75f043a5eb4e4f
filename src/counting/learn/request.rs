//! What is asked of learning, and why nothing was learned.

/// What is known of the recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Good repetitions in it, at least two.
    pub reps: u32,
    /// Title of the exercise.
    pub name: String,
    /// Its id: lower-case letters, digits and underscores.
    pub id: String,
}

/// Why nothing was learned.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LearnError {
    /// The name has no letter or digit to make an id of.
    #[error("could not make an id from the name \"{0}\"; give a name with letters or digits")]
    NoId(String),
    /// Nobody, or hardly anybody, is seen.
    #[error(
        "could not learn from the recording: a person is seen in {seen} of {frames} frames; record again with the whole \
         body in the picture"
    )]
    Unseen {
        /// Frames with a person.
        seen: usize,
        /// All frames.
        frames: usize,
    },
    /// No posture is kept.
    #[error(
        "could not learn from the recording: no posture is kept for long enough to repeat a movement in it; record only \
         the repetitions, from one place"
    )]
    NoPosture,
    /// The camera sees the back.
    #[error(
        "could not learn from the recording: the camera looks at the person's back; record from the front or the side"
    )]
    FromBehind,
    /// No signal shows the repetitions.
    #[error(
        "could not learn {wanted} repetitions from the recording: {best}; check --reps, or record again with rest before \
         and after each repetition and nothing else"
    )]
    NotFound {
        /// Repetitions asked for.
        wanted: u32,
        /// The best signal and what it shows.
        best: String,
    },
}

//! What the live program is started with.

use crate::app::runtime::view::RoutineChoice;
use crate::app::settings::Settings;
use crate::exercise::ExerciseDef;
use crate::vision::infer::manifest::ModelChoice;
use std::path::PathBuf;
use std::sync::Arc;

/// Where live pictures come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiveInput {
    /// The named camera, or the first one; the demo clip when there is none at all.
    Camera(Option<String>),
    /// A recording at its own pace.
    Recording(PathBuf),
}

/// Settings of the live program.
#[derive(Clone, Debug)]
pub struct LiveOptions {
    /// Where pictures come from.
    pub input: LiveInput,
    /// Exercise to begin with.
    pub exercise: Arc<ExerciseDef>,
    /// Landmark model; `None`: the usual one, or on a machine that is too slow for it the quicker one.
    pub model: Option<ModelChoice>,
    /// Folder of the session store; nothing is kept without one, nor of the demo clip.
    pub keep_in: Option<PathBuf>,
    /// What the program remembers of its user.
    pub settings: Settings,
    /// Says nothing at all, whatever the settings are.
    pub is_silent: bool,
    /// Where what is said is logged.
    pub cue_log: Option<PathBuf>,
    /// Begins this at once, without anybody pressing anything.
    pub begin: Option<RoutineChoice>,
}

impl LiveOptions {
    /// The camera that was asked for, else the one that is remembered; `None`: the first one.
    pub fn camera(&self) -> Option<String> {
        let asked = if let LiveInput::Camera(name) = &self.input { name.clone() } else { None };
        asked.or_else(|| Some(self.settings.camera.clone()).filter(|name| !name.is_empty()))
    }
}

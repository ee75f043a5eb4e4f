//! ONNX Runtime behind [`Runner`]: one session, one thread that drives it.

use super::manifest::{Manifest, ModelChoice};
use super::{InferError, library};
use crate::disk::assets;
use crate::vision::pose::detector::Detector;
use crate::vision::pose::follower::PersonFollower;
use crate::vision::pose::landmarks::LandmarkModel;
use crate::vision::pose::{PoseError, Runner};
use ndarray::{ArrayViewD, IxDyn};
use ort::environment::Environment;
use ort::memory::Allocator;
use ort::session::builder::GraphOptimizationLevel;
use ort::session::{HasSelectedOutputs, OutputSelector, RunOptions, Session};
use ort::value::{Tensor, TensorRef};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Threads inside one inference. Two cores are the smallest machine this runs on; more gain little on models this small.
const INTRA_THREADS: usize = 2;

/// A pose tracker on ONNX Runtime.
pub type OnnxFollower = PersonFollower<OnnxRunner>;

/// The runtime of this process, once loaded: there can be only one, and it stays.
static RUNTIME: Mutex<Option<Runtime>> = Mutex::new(None);

#[derive(Clone)]
struct Runtime {
    environment: Environment,
    library: PathBuf,
    origin: library::Origin,
}

impl Runtime {
    fn load(manifest: &Manifest) -> Result<Self, InferError> {
        let (path, origin) = library::locate(manifest)?;
        let file = path.file_name().unwrap_or_default();
        let problem = |cause: String| InferError::Runtime {
            cause: cause.lines().next().unwrap_or_default().to_owned(),
            path: assets::expected("runtime").join(file),
        };
        let environment = without_panic(|| ort::init_from(&path))
            .map_err(problem)?
            .map_err(|e| problem(e.to_string()))?
            .with_name("formcheck")
            // Newer runtimes than ours, which a user may name, report to their maker over the network; see also `main`.
            .with_telemetry(false)
            .build()
            .map_err(|e| problem(e.to_string()))?;
        Ok(Self { environment, library: path, origin })
    }
}

/// Does what panics where a library is not what its name says: an error then, and nothing on the screen.
fn without_panic<T>(act: impl FnOnce() -> T) -> Result<T, String> {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(act));
    std::panic::set_hook(usual);
    done.map_err(|_panic| "it is no ONNX Runtime, or one of another version than this program knows".to_owned())
}

/// A loaded runtime and the models it can open.
pub struct Models {
    manifest: Manifest,
    environment: Environment,
    /// The library in use.
    pub library: PathBuf,
    /// Where it comes from.
    pub origin: library::Origin,
}

impl Models {
    /// Reads the manifest in the program's models folder and loads the runtime library.
    ///
    /// # Errors
    /// When the manifest or the library is missing or damaged.
    pub fn open() -> Result<Self, InferError> {
        Self::open_in(&assets::find("models"))
    }

    /// As [`Models::open`], with the manifest in `folder`.
    ///
    /// # Errors
    /// When the manifest or the library is missing or damaged.
    pub fn open_in(folder: &Path) -> Result<Self, InferError> {
        let manifest = Manifest::read(folder)?;
        let mut loaded = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
        let runtime = match &*loaded {
            Some(runtime) => runtime.clone(),
            None => loaded.insert(Runtime::load(&manifest)?).clone(),
        };
        Ok(Self { manifest, environment: runtime.environment, library: runtime.library, origin: runtime.origin })
    }

    /// A tracker with the detector and the chosen landmark model.
    ///
    /// # Errors
    /// When a model is missing, damaged or of another shape.
    pub fn follower(&self, choice: ModelChoice) -> Result<OnnxFollower, InferError> {
        let detector = Detector::new(self.runner("detector")?)?;
        let landmarks = LandmarkModel::new(self.runner(choice.id())?)?;
        Ok(PersonFollower::new(detector, landmarks))
    }

    fn runner(&self, id: &str) -> Result<OnnxRunner, InferError> {
        let bytes = self.manifest.load(id)?;
        let runner = OnnxRunner::new(&self.environment, &bytes)
            .map_err(|cause| InferError::Session { id: id.to_owned(), cause })?;
        let wanted = &self.manifest.entry(id)?.input.shape;
        if runner.input_shape != *wanted {
            let found = vec![runner.input_shape];
            return Err(PoseError::Shape { what: "input", found, wanted: wanted.clone() }.into());
        }
        Ok(runner)
    }
}

/// One ONNX session.
pub struct OnnxRunner {
    session: Session,
    /// Where its outputs are written, run after run. Outputs that the session makes itself cost 1.8 kB each run for good: ort
    /// 2.0.0-rc.14 asks for their type and never gives it back (`Value::from_session_output_ptr`).
    outputs: RunOptions<HasSelectedOutputs>,
    input_shape: Vec<usize>,
    output_shapes: Vec<Vec<usize>>,
}

impl OnnxRunner {
    fn new(environment: &Environment, bytes: &[u8]) -> Result<Self, String> {
        let text = |e: ort::Error| e.to_string();
        let session = Session::builder(environment)
            .map_err(text)?
            .with_optimization_level(GraphOptimizationLevel::All)
            .map_err(|e| e.to_string())?
            .with_intra_threads(INTRA_THREADS)
            .map_err(|e| e.to_string())?
            // Threads wait for each other actively during an inference (a fifth of its time), and not after it, when video
            // decoding and the window need the cores.
            .with_intra_op_spinning(true)
            .map_err(|e| e.to_string())?
            .with_config_entry("session.force_spinning_stop", "1")
            .map_err(|e| e.to_string())?
            // Denormal numbers mean nothing to the model and cost a tenth of its time on some processors.
            .with_flush_to_zero()
            .map_err(|e| e.to_string())?
            .commit_from_memory(bytes)
            .map_err(text)?;
        let shape = |outlet: &ort::value::Outlet| -> Vec<usize> {
            let dims = outlet.dtype().tensor_shape();
            dims.map_or_else(Vec::new, |s| s.iter().map(|d| usize::try_from(*d).unwrap_or(1)).collect())
        };
        let input_shape = session.inputs().first().map(shape).ok_or("the model has no input")?;
        let output_shapes: Vec<Vec<usize>> = session.outputs().iter().map(shape).collect();
        let mut places = OutputSelector::default();
        for (outlet, shape) in session.outputs().iter().zip(&output_shapes) {
            let place = Tensor::<f32>::new(&Allocator::default(), shape.clone()).map_err(text)?;
            places = places.preallocate(outlet.name(), place);
        }
        let outputs = RunOptions::new().map_err(text)?.with_outputs(places);
        Ok(Self { session, outputs, input_shape, output_shapes })
    }
}

impl Runner for OnnxRunner {
    fn input_shape(&self) -> &[usize] {
        &self.input_shape
    }

    fn output_shapes(&self) -> &[Vec<usize>] {
        &self.output_shapes
    }

    fn run(&mut self, input: &[f32], outputs: &mut [Vec<f32>]) -> Result<(), PoseError> {
        let failed = |e: ort::Error| PoseError::Run(e.to_string());
        let view =
            ArrayViewD::from_shape(IxDyn(&self.input_shape), input).map_err(|e| PoseError::Run(e.to_string()))?;
        let tensor = TensorRef::from_array_view(view).map_err(failed)?;
        let results = self.session.run_with_options(ort::inputs![tensor], &self.outputs).map_err(failed)?;
        for ((value, out), shape) in results.values().zip(outputs).zip(&self.output_shapes) {
            let (_, data) = value.try_extract_tensor::<f32>().map_err(failed)?;
            if data.len() != shape.iter().product::<usize>() {
                return Err(PoseError::Run(format!("an output has {} values, expected shape {shape:?}", data.len())));
            }
            out.clear();
            out.extend_from_slice(data);
        }
        Ok(())
    }
}

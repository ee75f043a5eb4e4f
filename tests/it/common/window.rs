//! The window before a program that says what it is told to and remembers what it was asked.

use eframe::egui::{self, Key, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use formcheck::app::runtime::archive::Archive;
use formcheck::app::runtime::view::{Command, DrawnPoint, ExerciseCard, LiveControl, LiveStatus, LiveView};
use formcheck::app::settings::Settings;
use formcheck::app::ui::App;
use formcheck::base::geom::Point;
use formcheck::base::skeleton::LANDMARK_COUNT;
use formcheck::base::time::Timestamp;
use formcheck::exercise::ExerciseDef;
use formcheck::exercise::library::Library;
use formcheck::sound::speaker::SoundState;
use formcheck::vision::frame::{Frame, Size};
use std::sync::{Arc, Mutex};

/// A program that says what it is told to and remembers what it was asked.
pub struct Fake {
    pub view: Mutex<Arc<LiveView>>,
    pub taken: Mutex<Vec<Command>>,
    pub refusals: Mutex<u32>,
    pub folder: tempfile::TempDir,
    pub library: Library,
    pub settings: Settings,
    pub kept: Mutex<Vec<Settings>>,
    pub keeps: Mutex<bool>,
    pub shows_pictures: Mutex<bool>,
}

impl LiveControl for Fake {
    fn view(&self) -> Arc<LiveView> {
        Arc::clone(&self.view.lock().unwrap())
    }

    fn send(&self, command: Command) -> bool {
        let mut refusals = self.refusals.lock().unwrap();
        if *refusals > 0 {
            *refusals -= 1;
            return false;
        }
        self.taken.lock().unwrap().push(command);
        true
    }

    fn settings(&self) -> Settings {
        self.settings.clone()
    }

    fn keep(&self, settings: &Settings) -> Result<(), String> {
        self.kept.lock().unwrap().push(settings.clone());
        if *self.keeps.lock().unwrap() { Ok(()) } else { Err("the disk is full".to_owned()) }
    }

    fn library(&self) -> &Library {
        &self.library
    }

    fn archive(&self) -> Option<Archive> {
        Some(Archive::at(self.folder.path()))
    }

    fn show_pictures(&self, shows: bool) {
        *self.shows_pictures.lock().unwrap() = shows;
    }

    fn cameras(&self) -> Vec<String> {
        vec!["Front camera".to_owned(), "Desk camera".to_owned()]
    }
}

pub struct Window {
    pub fake: Arc<Fake>,
    pub harness: Harness<'static, App>,
}

impl Window {
    pub fn on(view: LiveView) -> Self {
        Self::sized(view, Vec2::new(1280.0, 800.0))
    }

    pub fn sized(view: LiveView, size: Vec2) -> Self {
        let settings = Settings { introduced: true, ..Settings::default() };
        Self::of(view, size, settings, tempfile::tempdir().unwrap())
    }

    /// A window of somebody with these settings and a data folder.
    pub fn of(view: LiveView, size: Vec2, settings: Settings, folder: tempfile::TempDir) -> Self {
        let fake = Arc::new(Fake {
            view: Mutex::new(Arc::new(view)),
            taken: Mutex::default(),
            refusals: Mutex::default(),
            library: Library::of(Some(folder.path())),
            folder,
            settings,
            kept: Mutex::default(),
            keeps: Mutex::new(true),
            shows_pictures: Mutex::new(true),
        });
        let app = App::new(Arc::clone(&fake) as Arc<dyn LiveControl + Send + Sync>);
        let harness = Harness::builder().with_size(size).with_max_steps(8).build_ui_state(
            |ui, app: &mut App| {
                app.poll(ui.ctx());
                app.draw(ui);
            },
            app,
        );
        let mut window = Self { fake, harness };
        window.step();
        window
    }

    /// A few frames: a figure never stops moving, so there is no last one.
    pub fn step(&mut self) {
        self.harness.run_steps(4);
    }

    pub fn show(&mut self, view: LiveView) {
        *self.fake.view.lock().unwrap() = Arc::new(view);
        self.step();
    }

    #[track_caller]
    pub fn click(&mut self, label: &str) {
        assert!(self.has(label), "there is no {label}");
        self.harness.get_by_label(label).click();
        self.step();
    }

    pub fn press(&mut self, key: Key) {
        self.harness.key_press(key);
        self.step();
    }

    pub fn has(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }

    pub fn is_disabled(&self, label: &str) -> bool {
        self.harness.get_by_label(label).accesskit_node().is_disabled()
    }

    /// What was asked for, apart from the use of other settings.
    pub fn taken(&self) -> Vec<Command> {
        let taken = self.fake.taken.lock().unwrap();
        taken.iter().filter(|command| !matches!(command, Command::Use(_))).cloned().collect()
    }

    /// Labels of `wanted` that are missing.
    pub fn missing<'a>(&self, wanted: &[&'a str]) -> Vec<&'a str> {
        wanted.iter().copied().filter(|label| !self.has(label)).collect()
    }

    /// Everything that has a name or is written, each once.
    pub fn labels(&self) -> Vec<String> {
        let mut all: Vec<String> = self.texts().into_iter().map(|(text, _)| text).collect();
        let named = self.harness.query_all(egui_kittest::kittest::By::new().predicate(|_| true));
        all.extend(named.filter_map(|node| node.accesskit_node().label()));
        all.sort();
        all.dedup();
        all
    }

    /// Every text on the screen with the height of its capitals, or of its ink where it is a number, pixels.
    pub fn texts(&self) -> Vec<(String, f32)> {
        fn of(shape: &egui::Shape, found: &mut Vec<(String, f32)>) {
            match shape {
                egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| of(shape, found)),
                egui::Shape::Text(text) => {
                    let galley = &text.galley;
                    let size = galley.job.sections.first().map_or(0.0, |section| section.format.font_id.size);
                    let is_number = galley.text().chars().all(|c| c.is_ascii_digit());
                    // Stretched letters are larger than their font; their lines say how much.
                    let section = galley.job.sections.first();
                    let line = section.and_then(|section| section.format.line_height);
                    let row = galley.rows.first().map_or(0.0, |row| row.row.size.y);
                    let stretch = line.map_or(1.0, |line| row / line);
                    let height = if is_number { galley.mesh_bounds.height() } else { size * stretch * CAPITALS };
                    found.push((galley.text().to_owned(), height));
                }
                _ => (),
            }
        }
        let mut found = Vec::new();
        self.harness.output().shapes.iter().for_each(|clipped| of(&clipped.shape, &mut found));
        found
    }

    /// Height of a text, minutes of arc, where the window fills a 14-inch screen three metres away.
    pub fn arcmin(&self, text: &str) -> Option<f64> {
        let size = self.harness.ctx.content_rect().size();
        let diagonal_px = f64::from(size.length());
        let px = self.texts().into_iter().find(|(found, _)| found == text).map(|(_, px)| f64::from(px))?;
        let mm = px / diagonal_px * 14.0 * 25.4;
        Some((mm / 3000.0).atan().to_degrees() * 60.0)
    }
}

/// Height of a capital over the size of its letters, in Atkinson Hyperlegible.
const CAPITALS: f32 = 0.668;

pub fn picture(seq: u64) -> Arc<Frame> {
    let size = Size::new(64, 48);
    Arc::new(Frame { seq, at: Timestamp(seq), size, rgb: vec![90; size.rgb_len()] })
}

pub fn card(id: &str) -> ExerciseCard {
    ExerciseCard::of(&ExerciseDef::load(id).unwrap())
}

/// Home with a camera, and nothing begun.
pub fn home() -> LiveView {
    let mut view = LiveView::starting(&ExerciseDef::load("bird_dog").unwrap());
    let points = std::array::from_fn(|i| {
        Some(DrawnPoint { at: Point::new(i as f64, 10.0), trusted: i % 2 == 0 }).filter(|_| i < LANDMARK_COUNT - 1)
    });
    view.status = LiveStatus::Idle;
    "Front camera".clone_into(&mut view.source_name);
    view.frame = Some(picture(100));
    view.points = Some(points);
    view.analysed_fps = 24.0;
    view.keeping.is_on = true;
    view.sound = SoundState { device: Some("Speakers".to_owned()), clips: 500, ..SoundState::default() };
    view
}

pub fn at(change: impl FnOnce(&mut LiveView)) -> LiveView {
    let mut view = home();
    change(&mut view);
    view
}

//! The first start: what the program does and does not do, when to ask somebody first, the camera, and whether the voice is
//! heard. One thing a page; all of it can be opened again from the settings.

use super::buttons::{self, Kind, Wish};
use super::hear::hear;
use super::keys::take;
use super::layout::{cut_bottom, within};
use super::look::Look;
use super::picture::Picture;
use super::{page_words, words};
use crate::app::runtime::view::{Command, LiveView};
use eframe::egui;
use egui::{Key, Rect, RichText, ScrollArea, Ui};

/// The pages, in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum First {
    /// What it does.
    #[default]
    What,
    /// When to ask a professional first, and when to stop.
    Ready,
    /// The camera.
    Camera,
    /// The voice.
    Voice,
}

/// What was pressed.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// The next page; after the last one, home.
    Next,
    /// The page before.
    Back,
    /// Of the program.
    Send(Command),
}

impl First {
    /// The next page; `None` after the last one.
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::What => Some(Self::Ready),
            Self::Ready => Some(Self::Camera),
            Self::Camera => Some(Self::Voice),
            Self::Voice => None,
        }
    }

    /// The page before; the first one again before the first.
    pub const fn before(self) -> Self {
        match self {
            Self::What | Self::Ready => Self::What,
            Self::Camera => Self::Ready,
            Self::Voice => Self::Camera,
        }
    }

    /// Draws the page over `room`.
    pub fn draw(self, ui: &mut Ui, room: Rect, view: &LiveView, picture: &Picture, look: Look) -> Option<Step> {
        let mut rest = room.shrink(look.px(16.0));
        let height = rest.height() * 0.15;
        let row = cut_bottom(&mut rest, height, look.px(12.0));
        let mut asked = None;
        if self == Self::Camera {
            let (above, below) = rest.split_top_bottom_at_fraction(0.62);
            picture.draw(ui, above.with_max_y(above.bottom() - look.px(10.0)), view, true, look);
            rest = below;
        }
        within(ui, rest, |ui| {
            let (title, lines) = page_words::first_pages()[self as usize].clone();
            ui.label(RichText::new(title).heading().size(look.px(52.0)));
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                for line in lines {
                    ui.label(RichText::new(line).size(look.px(29.0)));
                    ui.add_space(look.px(10.0));
                }
                if self == Self::Voice {
                    asked = hear(ui, view, look).map(Step::Send);
                }
            });
        });
        let mut wishes = vec![Wish {
            text: if self.next().is_some() { page_words::next_page() } else { page_words::begin_using() },
            key: words::KEY_GO.to_owned(),
            kind: Kind::Main,
            asks: Step::Next,
        }];
        if self != Self::What {
            wishes.push(Wish { text: words::back(), key: String::new(), kind: Kind::Plain, asks: Step::Back });
        }
        let pressed = buttons::row(ui, row, &wishes, look);
        let has_entered =
            ui.memory(|memory| memory.focused().is_none()) && ui.input_mut(|input| take(input, Key::Enter));
        asked.or(pressed).or(has_entered.then_some(Step::Next))
    }
}

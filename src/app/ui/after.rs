//! What is over: the last set, whose count may be corrected, and the whole session, about which the person may say something.

use super::buttons::one_less_one_more;
use super::layout::{cut_bottom, cut_top, within};
use super::look::Look;
use super::proposal::{Answer, Proposal};
use super::text::{self, Weight};
use super::{page_words, pain, words};
use crate::app::runtime::view::{CoachView, Command, LiveView, OutcomeView};
use crate::coach::Order;
use crate::coach::outcome::Mark;
use crate::history::session::StoppedBecause;
use crate::history::store::Remarks;
use eframe::egui;
use egui::{Rect, RichText, ScrollArea, Sense, TextEdit, TextStyle, Ui, Vec2, vec2};

/// Height of the line about the last set, share of its place.
const LAST: f32 = 0.17;
/// Pain from here on is much (0 to 10; severe from 7 on in the usual division of the scale).
const MUCH_PAIN: u8 = 7;
/// Longest note, characters.
pub const LONGEST_NOTE: usize = 500;

/// What the page of a session that is over is filled with, and what comes of it.
pub struct AfterPage<'a> {
    /// What the person says of it.
    pub said: &'a mut Remarks,
    /// Whether it is asked if all of it is to be thrown away.
    pub is_discarding: &'a mut bool,
    /// Something was written to the note and not sent.
    pub has_unsent_note: &'a mut bool,
    /// A little more next time.
    pub proposal: Option<&'a Proposal>,
    /// What was answered to it.
    pub answer: &'a mut Option<Answer>,
}

fn on_panel<R>(ui: &mut Ui, room: Rect, look: Look, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.painter().rect_filled(room, look.corners(), look.palette.panel);
    within(ui, room.shrink(look.px(14.0)), add)
}

/// The last set in a line at the bottom of `room`, with buttons for one more and one less; what is left of the room above it.
pub fn last_set(ui: &mut Ui, room: Rect, coach: &CoachView, look: Look) -> (Option<Command>, Rect) {
    let Some(last) = coach.outcomes.last() else { return (None, room) };
    let mut above = room;
    let strip = cut_bottom(&mut above, room.height() * LAST, look.px(4.0));
    ui.painter().rect_filled(strip, look.corners(), look.palette.panel);
    let inner = strip.shrink2(vec2(look.px(10.0), look.px(4.0)));
    let (buttons, words) = inner.split_left_right_at_x(inner.left() + look.px(124.0));
    let asked = within(ui, buttons, |ui| {
        ui.horizontal_centered(|ui| {
            let may_be_wrong = last.active_s.is_none() && last.counted + last.not_counted > 0;
            let may_be_less = may_be_wrong && last.counted > 0;
            one_less_one_more(ui, &last.title, &TextStyle::Heading, may_be_less, may_be_wrong)
        })
        .inner
    });
    let text = page_words::last_set(last);
    text::big_text(ui, words, &text, &text, look.palette.text, look.px(40.0), Weight::Plain);
    (asked.map(|by| Command::Coach(Order::Correct(by))), above)
}

/// The page of a session that is over: what was done on the left, what the person says of it on the right.
pub fn after(
    ui: &mut Ui,
    room: Rect,
    view: &LiveView,
    coach: &CoachView,
    page: &mut AfterPage<'_>,
    look: Look,
) -> Option<Command> {
    let mut rest = room;
    let head = cut_top(&mut rest, room.height() * 0.17, look.px(6.0));
    ui.painter().rect_filled(head, look.corners(), look.palette.progress);
    let (mut title, line) = head.split_left_right_at_fraction(0.5);
    title = title.shrink(look.px(10.0));
    let ink = look.palette.on_progress;
    let done = words::all_done();
    text::big_text(ui, title, &done, &done, ink, title.height(), Weight::Bold);
    let what = page_words::closing(coach);
    text::big_text(ui, line.shrink(look.px(10.0)), &what, &what, ink, line.height() * 0.5, Weight::Plain);
    // Of a recording there is nothing to say: nothing of it is the person's own.
    let (left, right) = rest.split_left_right_at_fraction(if view.is_recording { 1.0 } else { 0.52 });
    let left = if view.is_recording { left } else { left.with_max_x(left.right() - look.px(6.0)) };
    on_panel(ui, left, look, |ui| {
        ScrollArea::vertical().id_salt(60).auto_shrink([false, false]).show(ui, |ui| {
            if let Some(closing) = &coach.closing {
                for line in page_words::well_and_work(closing) {
                    ui.label(RichText::new(line).strong());
                }
            }
            coach.outcomes.iter().for_each(|outcome| line_with_marks(ui, outcome, look));
        });
    });
    if view.is_recording {
        return None;
    }
    let before = page.said.clone();
    let discarded = on_panel(ui, right, look, |ui| {
        ScrollArea::vertical().id_salt(61).auto_shrink([false, false]).show(ui, |ui| says(ui, coach, page)).inner
    });
    let is_other = |a: &Remarks, b: &Remarks| (a.pain_after, a.stopped_because) != (b.pain_after, b.stopped_because);
    // A note is sent when it is written, not letter by letter.
    *page.has_unsent_note |= page.said.note != before.note;
    let is_typing = ui.memory(|memory| memory.focused().is_some());
    let is_finished = *page.has_unsent_note && !is_typing;
    if is_finished {
        *page.has_unsent_note = false;
    }
    let remark = (is_other(page.said, &before) || is_finished).then(|| Command::Remark(page.said.clone()));
    discarded.or(remark)
}

/// What the person says of it.
fn says(ui: &mut Ui, coach: &CoachView, page: &mut AfterPage<'_>) -> Option<Command> {
    ui.label(page_words::pain_after());
    ui.horizontal_wrapped(|ui| pain::numbers(ui, &mut page.said.pain_after));
    if coach.outcomes.iter().any(|outcome| !words::is_done(outcome)) {
        ui.label(page_words::why_stopped());
        ui.horizontal_wrapped(|ui| {
            for because in [StoppedBecause::Pain, StoppedBecause::Tired, StoppedBecause::NoTime, StoppedBecause::Other]
            {
                let text = page_words::stopped(because);
                ui.selectable_value(&mut page.said.stopped_because, Some(because), text);
            }
        });
    }
    let hurts = page.said.pain_after.is_some_and(|after| after >= MUCH_PAIN)
        || page.said.stopped_because == Some(StoppedBecause::Pain)
        || coach.outcomes.iter().filter(|outcome| words::is_pain(outcome)).count() > 1;
    if hurts {
        ui.label(RichText::new(page_words::ask_somebody()).strong());
    }
    let mut note = page.said.note.clone().unwrap_or_default();
    let label = ui.label(page_words::note());
    let edit = TextEdit::multiline(&mut note).desired_rows(2).desired_width(f32::INFINITY).char_limit(LONGEST_NOTE);
    if ui.add(edit).labelled_by(label.id).changed() {
        page.said.note = Some(note);
    }
    if let Some(proposal) = page.proposal {
        ui.separator();
        *page.answer = proposal.draw(ui);
    }
    ui.separator();
    discard(ui, page.is_discarding)
}

/// Throws the session away, after a question.
fn discard(ui: &mut Ui, is_asked: &mut bool) -> Option<Command> {
    if !*is_asked {
        *is_asked = ui.button(page_words::discard()).clicked();
        return None;
    }
    ui.label(page_words::discard_sure());
    ui.horizontal(|ui| {
        let yes = ui.button(page_words::discard_yes()).clicked();
        if ui.button(page_words::keep()).clicked() {
            *is_asked = false;
        }
        yes.then_some(Command::Discard)
    })
    .inner
}

/// What is over, exercise by exercise.
pub fn outcomes(ui: &mut Ui, room: Rect, coach: &CoachView, look: Look) {
    on_panel(ui, room, look, |ui| {
        ScrollArea::vertical().show(ui, |ui| coach.outcomes.iter().for_each(|outcome| line(ui, outcome, look)));
    });
}

fn line(ui: &mut Ui, outcome: &OutcomeView, look: Look) {
    let is_done = words::is_done(outcome);
    let color = if is_done { look.palette.progress } else { look.palette.text };
    ui.horizontal_wrapped(|ui| {
        ui.label(egui::RichText::new(&outcome.title).heading().color(color));
        ui.label(egui::RichText::new(words::outcome(outcome)).heading());
    });
}

/// The same with a strip of its repetitions: as high as they were far, full where they count, with a dot where the form was not
/// clean.
fn line_with_marks(ui: &mut Ui, outcome: &OutcomeView, look: Look) {
    line(ui, outcome, look);
    if outcome.marks.is_empty() {
        return;
    }
    let (width, height) = (look.px(12.0), look.px(26.0));
    let whole = vec2((width + look.px(4.0)) * outcome.marks.len() as f32, height + look.px(8.0));
    let (place, _) = ui.allocate_exact_size(whole.min(vec2(ui.available_width(), whole.y)), Sense::hover());
    for (i, mark) in outcome.marks.iter().enumerate() {
        let at = place.left_top() + vec2((width + look.px(4.0)) * i as f32, look.px(6.0));
        bar(ui, Rect::from_min_size(at, Vec2::new(width, height)), mark, look);
    }
    text::name(ui, place, &page_words::marks(outcome));
    if let Some(detail) = page_words::course(outcome) {
        ui.label(RichText::new(detail).small().color(look.palette.muted));
    }
}

fn bar(ui: &Ui, place: Rect, mark: &Mark, look: Look) {
    let p = look.palette;
    let filled = place.with_min_y(place.bottom() - place.height() * (mark.range as f32).max(0.1));
    if mark.is_counted {
        ui.painter().rect_filled(filled, 2.0, p.progress);
    } else {
        ui.painter().rect_stroke(filled, 2.0, egui::Stroke::new(look.px(2.0), p.muted), egui::StrokeKind::Inside);
    }
    if mark.has_fault {
        ui.painter().circle_filled(place.center_top() - vec2(0.0, look.px(1.0)), look.px(3.0), p.remark);
    }
}

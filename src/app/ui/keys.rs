//! The keys of a session.

use crate::app::runtime::view::{CoachStage, CoachView};
use crate::coach::Order;
use eframe::egui::Key;

/// What a key asks for in a stage of a session. The largest key is for pain: it is hit without looking. Keys beside it that
/// change to another window are not: nobody means pain by that.
pub fn order_of(key: Key, coach: &CoachView) -> Option<Order> {
    let is_under_way = !matches!(coach.stage, CoachStage::Summary);
    match (key, coach.stage) {
        (Key::Space, CoachStage::Set | CoachStage::SetUp | CoachStage::Ready(_) | CoachStage::Paused(..)) => {
            Some(Order::Hurts)
        }
        (Key::P, _) if is_under_way => Some(Order::PauseOrGoOn),
        (Key::E, CoachStage::Set | CoachStage::Paused(..)) => Some(Order::EndSet),
        (Key::S, _) if is_under_way && !matches!(coach.stage, CoachStage::Set) => Some(Order::Skip),
        (Key::A, CoachStage::Rest(_)) => Some(Order::Again),
        (Key::Enter, CoachStage::Rest(Some(_)) | CoachStage::WarmUp(_)) => Some(Order::GoNow),
        (Key::Enter, CoachStage::Rest(None) | CoachStage::Paused(..)) => Some(Order::PauseOrGoOn),
        (Key::Enter, CoachStage::Summary) => Some(Order::Close),
        _ => None,
    }
}

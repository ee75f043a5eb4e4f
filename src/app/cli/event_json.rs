//! Events as lines of JSON; `docs/events.md` describes them.

use crate::base::time::round_ms;
use crate::counting::engine::{Event, EventKind};
use serde_json::{Value, json};

/// An event as a line of JSON.
pub(super) fn as_json(event: &Event) -> Value {
    let mut line = match &event.kind {
        EventKind::Ready => json!({"event": "ready"}),
        EventKind::SetupHint(text) => json!({"event": "advice", "text": text}),
        EventKind::Phase(phase) => json!({"event": "phase", "phase": phase}),
        EventKind::RepCounted(rep) => {
            json!({"event": "rep_counted", "id": rep.id, "index": rep.index, "side": rep.side,
            "hold_s": rep.hold_s, "range": rep.range, "range_unit": rep.range_unit, "score": rep.score,
            "faults": rep.faults, "advice": rep.remarks})
        }
        EventKind::RepRejected(rep) => json!({"event": "rep_rejected", "id": rep.id, "index": rep.index,
            "side": rep.side, "hold_s": rep.hold_s, "range": rep.range, "range_unit": rep.range_unit,
            "reason": rep.reason}),
        EventKind::RepForm(rep) => json!({"event": "rep_form", "id": rep.id, "index": rep.index, "score": rep.score,
            "faults": rep.faults, "advice": rep.remarks}),
        EventKind::RepDropped { id } => json!({"event": "rep_dropped", "id": id}),
        EventKind::Pass(pass) => json!({"event": "pass", "id": pass.id, "index": pass.index, "range": pass.range,
            "range_unit": pass.range_unit, "faults": pass.faults, "advice": pass.remarks}),
        EventKind::Active { active_s, target_s } => {
            json!({"event": "active", "active_s": active_s, "target_s": target_s})
        }
        EventKind::Hold { held_s, target_s, side } => {
            json!({"event": "hold", "held_s": held_s, "target_s": target_s, "side": side})
        }
        EventKind::Fault(id) => json!({"event": "fault", "id": id}),
        EventKind::FaultCleared(id) => json!({"event": "fault_cleared", "id": id}),
        EventKind::Cue { text, fault } => json!({"event": "cue", "text": text, "fault": fault}),
        EventKind::Lost => json!({"event": "lost"}),
        EventKind::Found => json!({"event": "found"}),
        EventKind::Paused => json!({"event": "paused", "paused": true}),
        EventKind::Resumed => json!({"event": "paused", "paused": false}),
    };
    if let Value::Object(fields) = &mut line {
        fields.insert("at_s".to_owned(), json!(round_ms(event.at.secs())));
    }
    line
}

//! A source of one's own, here ten grey pictures: `cargo run --release --example custom_source`.
#![allow(clippy::print_stdout, reason = "an example prints")]

use formcheck::{
    Feed, Frame, FrameSource, Input, ModelChoice, Next, PoseEstimator, Size, SourceError, SourceInfo, Timestamp,
};
use std::error::Error;

const SIZE: Size = Size::new(320, 240);
const FRAMES: u64 = 10;

/// Ten pictures a second, each a little brighter.
struct Dawn {
    next: u64,
}

impl FrameSource for Dawn {
    fn info(&self) -> SourceInfo {
        SourceInfo {
            kind: "images",
            name: "dawn".to_owned(),
            size: Some(SIZE),
            frame_count_hint: Some(FRAMES),
            fps_hint: Some(10.0),
            recorded_at: None,
        }
    }

    fn next_frame(&mut self) -> Result<Next, SourceError> {
        if self.next == FRAMES {
            return Ok(Next::End);
        }
        let seq = self.next;
        self.next += 1;
        // Time is that of the capture, never that of a clock here.
        let at = Timestamp::from_secs(seq as f64 / 10.0);
        let rgb = vec![(seq * 25) as u8; SIZE.rgb_len()];
        Ok(Next::Frame(Frame { seq, at, size: SIZE, rgb }))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut estimator = PoseEstimator::default();
    estimator.open(ModelChoice::Full)?;
    let mut feed = Feed::new(Input::Pictures(Box::new(Dawn { next: 0 })));
    while let Some(seen) = feed.next_seen(&mut estimator)? {
        let person = if seen.pose.found { "somebody" } else { "nobody" };
        println!("{:.1} s: {person}", seen.pose.at.secs());
    }
    Ok(())
}

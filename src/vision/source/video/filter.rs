//! The filter graph every film goes through, whether it is looked at or drawn on.

use super::tools::{MAX_SIDE_PX, Tools};
use std::process::Command;

/// White of a standard picture in an HDR one, candela per square metre (ITU-R BT.2408).
const HDR_WHITE: u32 = 203;

/// Squares the pixels and shrinks the picture until its longer side fits; of HDR, makes a standard picture where ffmpeg can.
///
/// ffmpeg puts the rotation in front of it, so `iw`, `ih` and `sar` are those of the upright picture. One side is stretched to
/// square pixels, then both shrink.
pub(super) fn graph(tools: &Tools, is_hdr: bool) -> String {
    let (wide, high) = ("iw*max(1,sar)", "ih*max(1,1/sar)");
    let fit = format!("min(1,{MAX_SIDE_PX}/max({wide},{high}))");
    let scale = format!("scale=w='max(1,round({wide}*{fit}))':h='max(1,round({high}*{fit}))':flags=bilinear,setsar=1");
    if !is_hdr || !has_filter(tools, "zscale") {
        return scale;
    }
    let steps = [
        // Both curves belong to BT.2020 colours, also where the file does not say so.
        "setparams=color_primaries=bt2020:colorspace=bt2020nc",
        &format!("zscale=t=linear:npl={HDR_WHITE}"),
        "format=gbrpf32le",
        "zscale=p=bt709",
        // What is brighter than white is cut off: softer ways darken the person for the sake of the window behind.
        "tonemap=clip:desat=0",
        "zscale=t=bt709:m=bt709:r=tv",
    ];
    format!("{scale},{}", steps.join(","))
}

/// Whether this ffmpeg was built with a filter; when it cannot be asked, it was not.
fn has_filter(tools: &Tools, name: &str) -> bool {
    let asked = super::door::ask(Command::new(&tools.ffmpeg).args(["-hide_banner", "-filters"]));
    asked.is_ok_and(|out| String::from_utf8_lossy(&out.stdout).split_whitespace().any(|word| word == name))
}

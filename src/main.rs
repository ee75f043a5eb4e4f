use std::io::Read;
use formcheck::{frame::*, infer::{onnx::Models, manifest::ModelChoice}, source::trace::*, time::Timestamp};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let (w, h, fps): (u32, u32, f64) = (a[3].parse().unwrap(), a[4].parse().unwrap(), a[5].parse().unwrap());
    let models = Models::open().unwrap();
    let mut t = models.tracker(ModelChoice::Full).unwrap();
    let mut c = std::process::Command::new("ffmpeg").args(["-v","error","-i",&a[1],"-f","rawvideo","-pix_fmt","rgb24","-fps_mode","passthrough","-"]).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut o = c.stdout.take().unwrap();
    let size = Size::new(w, h);
    let mut wr = TraceWriter::create(std::path::Path::new(&a[2]), &TraceHeader::new("full")).unwrap();
    let (mut n, mut found) = (0u64, 0);
    let t0 = std::time::Instant::now();
    loop {
        let mut rgb = vec![0; size.rgb_len()];
        if o.read_exact(&mut rgb).is_err() { break; }
        let e = t.estimate(&Frame { seq: n, at: Timestamp::from_secs(n as f64 / fps), size, rgb }).unwrap();
        found += u32::from(e.pose.is_some());
        wr.write(&e).unwrap();
        n += 1;
    }
    wr.finish().unwrap();
    eprintln!("{} frames {n} found {found} fps {:.0}", a[1], n as f64 / t0.elapsed().as_secs_f64());
}

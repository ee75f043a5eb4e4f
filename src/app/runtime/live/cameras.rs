//! The cameras there are.

/// Their names.
#[cfg(feature = "camera")]
pub(super) fn camera_names() -> Vec<String> {
    let cameras = crate::vision::source::camera::list_cameras().unwrap_or_default();
    cameras.into_iter().map(|camera| camera.name).collect()
}

/// This build has no camera.
#[cfg(not(feature = "camera"))]
pub(super) fn camera_names() -> Vec<String> {
    Vec::new()
}

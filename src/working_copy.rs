//! The working copy of a scene: what its author typed and has not saved.

use serde::{Deserialize, Serialize};

use crate::{Millis, device::Device, rev::Rev, scene_texts::SceneTexts};

/// How long the history goes without a text while its author types and doesn't save, in milliseconds: ten minutes.
pub const NOTED_EVERY: i64 = 10 * 60 * 1_000;

/// Typed texts of a scene that are not saved. They go on from the scene's last revision: a save either takes them along
/// or joins them with itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingCopy {
    /// The texts.
    pub texts: SceneTexts,
    /// With what they were typed.
    pub device: Device,
    /// When they were kept.
    pub kept_at: Millis,
}

/// Typed texts that are to be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keep {
    /// The texts.
    pub texts: SceneTexts,
    /// The revision of the scene that they go on from.
    pub base: Rev,
    /// The revision of the working copy that they go on from, 0 if there never was one.
    #[serde(default)]
    pub kept: Rev,
}

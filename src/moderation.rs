//! Moderation: what people can report, and what those who look after the place can do about it.

mod barred;
mod reportable;

pub use self::{
    barred::Barred,
    reportable::{NotReportable, Reportable},
};
